using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Transactions;

namespace OrderService.Engine.Accounts;

/// <summary>What is sent back: so much of a token from an account to its owner.</summary>
internal sealed record Returned(ManagedAccount Account, TokenId Token, TokenAmount Amount);

/// <summary>
/// Signs, by an operator's command, what no intent can move: a transfer of STX, or of a token that is of no subnet, from an account to its owner. The account signs as the origin, whose nonce the chain
/// takes once; the fee is a sponsor's, who is none of the service's accounts. It pays nobody but the owner, whatever it is given.
/// </summary>
internal sealed class SendBack(IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    /// <summary>The account; throws <see cref="SendBackException"/> for an address that is none.</summary>
    public async Task<ManagedAccount> FindAsync(StacksAddress address, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Address == address, token) ?? throw new SendBackException($"{address} is no managed account of this service.");
    }

    /// <summary>The signed transfer, told to the owner before it is sent. Throws <see cref="SendBackException"/> for a transfer to anybody else, and where a key is not the right one.</summary>
    public async Task<SignedTransaction> SignAsync(Returned returned, UnsignedTransaction transfer, MasterKey master, PrivateKey payer, CancellationToken token)
    {
        var account = returned.Account;
        if (!IsOf(transfer, returned)) throw new SendBackException($"That is no transfer of {returned.Amount} {returned.Token} to the owner of {account.Address}.");
        await using var db = await databases.CreateDbContextAsync(token);
        var paying = payer.PublicKey().ToAddress(transfer.Network).ToString();
        // Bytes that the service does not know of would take a nonce from under it.
        if (await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM solvers WHERE address = {paying}) AS \"Value\"").SingleAsync(token))
            throw new SendBackException($"{paying} pays for the service's own transactions: take a key of its own.");
        var from = account.Address.ToString();
        // Two on one nonce: the chain takes either, and what the other was for is lost.
        if (await db.Database.SqlQuery<bool>(
            $"""
            SELECT EXISTS (SELECT 1 FROM attempts WHERE origin = {from} AND status IN ('prepared', 'sent'))
                OR EXISTS (SELECT 1 FROM withdrawal_transactions WHERE origin = {from} AND is_live AND NOT is_mined) AS "Value"
            """).SingleAsync(token))
        {
            throw new SendBackException($"A call of {account.Address} is under way: try again when the chain has it.");
        }
        var key = await db.Set<AccountKey>().AsNoTracking().SingleOrDefaultAsync(k => k.AccountId == account.Id, token);
        if (key?.Open(account, transfer.Network, master) is not { } opened) throw new SendBackException($"The key of {account.Address} does not open with this master key (id {master.Id}).");
        var signed = transfer.Sign(opened, payer);
        db.Tell(new TokensSentBack(account.Id, returned.Token.ToString(), returned.Amount, signed.TxId), account.Owner, Actors.Operator, time.GetUtcNow());
        await db.SaveChangesAsync(token);
        return signed;
    }

    // Exactly this, of the account's own, to its owner, and nothing else may move.
    private static bool IsOf(UnsignedTransaction transfer, Returned returned)
    {
        var (from, to) = (Principal.From(returned.Account.Address), Principal.From(returned.Account.Owner));
        return transfer.Payload switch
        {
            TransactionPayload.TokenTransfer stx => returned.Token == TokenId.Stx && stx.Recipient == to && stx.Amount == returned.Amount.Units,
            TransactionPayload.ContractCall { Function: "transfer", Arguments: [ClarityValue.UInt(var amount), ClarityValue.PrincipalValue(var sender), ClarityValue.PrincipalValue(var recipient), ClarityValue.None] } call =>
                returned.Token == TokenId.Of(call.Contract) && amount == returned.Amount.Units && sender == from && recipient == to
                && transfer is { Mode: PostConditionMode.Deny, PostConditions: [PostCondition.Fungible { Sender: null, Condition: FungibleCondition.Equal } sent] } && sent.Amount == amount,
            _ => false,
        };
    }
}
