using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>
/// Builds the transfers of <see cref="SendBack"/> as the chain is now: sponsored, in Deny mode, of exactly the amount. Throws
/// <see cref="SendBackException"/> for what cannot be one.
/// </summary>
internal sealed class ReturnTransfer(StacksChain chain, StacksNodes nodes, StacksOptions options)
{
    // What a transaction has beside its payload: the head with its sponsor, and one post-condition at its longest.
    private const int SizeBeside = 600;

    /// <summary>What an account holds of a token, as the chain has it now.</summary>
    public async Task<TokenAmount> HeldAsync(StacksAddress account, TokenId of, CancellationToken token)
    {
        if (of == TokenId.Stx) return (await nodes.AccountAsync(account, token)).Balance;
        if (!of.IsContract(out var contract)) throw new SendBackException($"{of} is no token that an account could hold.");
        return await nodes.CallAsync(contract.Value, "get-balance", StacksCalls.BalanceOf(account),
            token) is ClarityValue.Ok(ClarityValue.UInt(var units))
            ? new TokenAmount(units)
            : throw new SendBackException($"{contract} does not answer get-balance: it is no token.");
    }

    /// <summary>
    /// The transfer on the account's nonce that <paramref name="nonceOf"/> says from the chain's next one, paid by the sponsor on the
    /// sponsor's: the node's estimate within the bounds of the settings, unless a fee is given.
    /// </summary>
    public async Task<UnsignedTransaction> OfAsync(
        Returned returned, StacksAddress payer, ulong? fee, Func<ulong, Task<ulong>> nonceOf, CancellationToken token)
    {
        if (returned.Amount == TokenAmount.Zero || returned.Amount.Units > ulong.MaxValue)
            throw new SendBackException("A transfer is of 1 to 2^64-1 base units: a post-condition holds no more.");
        var to = Principal.From(returned.Account.Owner);
        TransactionPayload payload;
        PostCondition[] conditions = []; // an STX transfer moves what it says, and no post-condition is looked at
        if (returned.Token.IsContract(out var contract))
        {
            var asset = await AssetAsync(contract.Value, token);
            payload = new TransactionPayload.ContractCall(contract.Value, "transfer",
                [new ClarityValue.UInt(returned.Amount.Units), new ClarityValue.PrincipalValue(Principal.From(returned.Account.Address)),
                    new ClarityValue.PrincipalValue(to), new ClarityValue.None()]);
            conditions = [new PostCondition.Fungible(null, asset, FungibleCondition.Equal, (ulong)returned.Amount.Units)];
        }
        else
        {
            payload = new TransactionPayload.TokenTransfer(to, (ulong)returned.Amount.Units);
        }
        var paying = fee ?? await EstimateAsync(payload, token);
        var (origin, sponsor) = (await nodes.AccountAsync(returned.Account.Address, token), await nodes.AccountAsync(payer, token));
        if (sponsor.Balance.Units < paying)
            throw new SendBackException($"{payer} holds {sponsor.Balance} micro-STX, and the fee is {paying}.");
        return new UnsignedTransaction(chain.Network, await nonceOf(origin.Nonce), 0, payload, conditions,
            Sponsor: new Sponsorship(sponsor.Nonce, paying));
    }

    private async Task<ulong> EstimateAsync(TransactionPayload payload, CancellationToken token)
    {
        var bytes = payload.ToBytes();
        var estimate = await nodes.EstimateFeeAsync(bytes, bytes.Length + SizeBeside, token) ?? 0;
        return Math.Clamp(estimate, (ulong)options.FeeMin, (ulong)options.FeeMax);
    }

    private async Task<AssetId> AssetAsync(ContractId contract, CancellationToken token) => await nodes.AssetsAsync(contract, token) switch
    {
        [var name] => new AssetId(contract, name),
        [] => throw new SendBackException(
            $"{contract} is no fungible token of the chain: a subnet token is withdrawn, and STX is named .stx."),
        null => throw new SendBackException($"There is no contract {contract}."),
        _ => throw new SendBackException($"{contract} has more than one token."),
    };
}
