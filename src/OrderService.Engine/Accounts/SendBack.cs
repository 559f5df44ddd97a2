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
/// Signs, by an operator's command, what no intent can move: a transfer of STX, or of a token that is of no subnet, from an account to its
/// owner. The account signs as the origin, whose nonce the chain takes once; the fee is a sponsor's, who is none of the service's accounts.
/// It pays nobody but the owner, whatever it is given.
/// </summary>
internal sealed class SendBack(IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    /// <summary>The account; throws <see cref="SendBackException"/> for an address that is none.</summary>
    public async Task<ManagedAccount> FindAsync(StacksAddress address, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Address == address, token)
            ?? throw new SendBackException($"{address} is no managed account of this service.");
    }

    /// <summary>
    /// The nonce that it takes, given the chain's next one: that of a transfer back that no block holds yet, so that of two the chain takes
    /// one; or the lowest on which nothing of the service's stands.
    /// </summary>
    public async Task<ulong> NonceAsync(StacksAddress account, ulong chainNext, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await NonceAsync(db, account, checked((long)chainNext), token);
    }

    /// <summary>Bytes that a node refused stand on no nonce, unless they were taken before.</summary>
    public async Task RefusedAsync(SignedTransaction signed, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await db.Database.ExecuteSqlAsync($"DELETE FROM transfers_back WHERE tx_id = {signed.TxId}", token);
    }

    /// <summary>
    /// The signed transfer, written down with its nonce and told to the owner before it is sent. Throws <see cref="SendBackException"/> for
    /// a transfer to anybody else, and where a key is not the right one.
    /// </summary>
    public async Task<SignedTransaction> SignAsync(
        Returned returned, UnsignedTransaction transfer, MasterKey master, PrivateKey payer, CancellationToken token)
    {
        var account = returned.Account;
        if (!IsOf(transfer, returned))
            throw new SendBackException($"That is no transfer of {returned.Amount} {returned.Token} to the owner of {account.Address}.");
        await using var db = await databases.CreateDbContextAsync(token);
        var paying = payer.PublicKey().ToAddress(transfer.Network).ToString();
        // Bytes that the service does not know of would take a nonce from under it.
        if (await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM solvers WHERE address = {paying}) AS \"Value\"")
            .SingleAsync(token))
        {
            throw new SendBackException($"{paying} pays for the service's own transactions: take a key of its own.");
        }
        var key = await db.Set<AccountKey>().AsNoTracking().SingleOrDefaultAsync(k => k.AccountId == account.Id, token);
        if (key?.Open(account, transfer.Network, master) is not { } opened)
            throw new SendBackException($"The key of {account.Address} does not open with this master key (id {master.Id}).");
        var (signed, now, from, nonce) = (transfer.Sign(opened, payer), time.GetUtcNow(), account.Address.ToString(),
            checked((long)transfer.Nonce));
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        // Two on one nonce: the chain takes either, and what the other was for is lost. Under the lock under which the service takes them.
        await db.Database.ExecuteSqlAsync($"INSERT INTO account_nonces (address, seen_nonce) VALUES ({from}, {nonce}) ON CONFLICT (address) DO UPDATE SET seen_nonce = account_nonces.seen_nonce", token);
        if (await NonceAsync(db, account.Address, nonce, token) != transfer.Nonce)
            throw new SendBackException($"Nonce {nonce} of {account.Address} was taken meanwhile: try again.");
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO transfers_back (origin, origin_nonce, tx_id, sent_at) VALUES ({from}, {nonce}, {signed.TxId}, {now}) ON CONFLICT (origin, origin_nonce) DO UPDATE SET tx_id = excluded.tx_id, sent_at = excluded.sent_at", token);
        db.Tell(new TokensSentBack(account.Id, returned.Token.ToString(), returned.Amount, signed.TxId), account.Owner, Actors.Operator,
            now);
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
        return signed;
    }

    private static async Task<ulong> NonceAsync(OrdersDb db, StacksAddress account, long least, CancellationToken token)
    {
        var from = account.ToString();
        var nonce = await db.Database.SqlQuery<long>(
            $"""
            SELECT coalesce((SELECT min(b.origin_nonce) FROM transfers_back b WHERE b.origin = {from} AND b.origin_nonce >= {least}),
                (SELECT min(n) FROM generate_series({least}, {least} + 1000) AS n WHERE NOT EXISTS (SELECT 1 FROM account_calls c WHERE c.origin = {from} AND c.origin_nonce = n))) AS "Value"
            """).SingleAsync(token);
        return checked((ulong)nonce);
    }

    // Exactly this, of the account's own, to its owner, and nothing else may move.
    private static bool IsOf(UnsignedTransaction transfer, Returned returned)
    {
        var (from, to) = (Principal.From(returned.Account.Address), Principal.From(returned.Account.Owner));
        return transfer.Payload switch
        {
            TransactionPayload.TokenTransfer stx =>
                returned.Token == TokenId.Stx && stx.Recipient == to && stx.Amount == returned.Amount.Units,
            TransactionPayload.ContractCall { Function: "transfer",
                Arguments: [ClarityValue.UInt(var amount), ClarityValue.PrincipalValue(var sender),
                    ClarityValue.PrincipalValue(var recipient), ClarityValue.None] } call =>
                        returned.Token == TokenId.Of(call.Contract) && amount == returned.Amount.Units && sender == from && recipient == to
                        && transfer is { Mode: PostConditionMode.Deny,
                            PostConditions: [PostCondition.Fungible { Sender: null, Condition: FungibleCondition.Equal } sent] }
                            && sent.Amount == amount,
            _ => false,
        };
    }
}
