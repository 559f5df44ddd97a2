using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;

namespace OrderService.Engine.Orders.Explain;

/// <summary>What would pay for an order, a wallet or an account, and whether it may and could.</summary>
internal sealed class PreviewFunds(SeenBalances balances, ReserveOrder reserve, SetAsideFunds setAside)
{
    /// <summary>What an account would refuse to pay for; nothing where a wallet pays.</summary>
    public IEnumerable<OrderError> Refusals(NewOrder wanted)
    {
        if (wanted.Funding is not OrderFunding.FromAccount { Account: var account }) yield break;
        if (reserve.Prove(wanted, account).IsRejected(out var unproven, out _)) yield return unproven;
        if (reserve.RecipientRefusal(account, wanted.Terms, isSignedByWallet: false) is { } elsewhere) yield return elsewhere;
    }

    /// <summary>What is there to be sold; null where the venue does not say.</summary>
    public async Task<TokenAmount?> OfAsync(NewOrder wanted, CancellationToken token)
    {
        var terms = wanted.Terms;
        if (wanted.Funding is OrderFunding.FromAccount { Account: var account })
            return (await setAside.SeenAsync(account, terms.SellToken, token)).IsRejected(out _, out var funds) ? null : funds.Available;
        return (await balances.OfAsync(new HoldKey(terms.Owner, terms.SellToken), terms.AmountIn, again: true, token)).IsRejected(out _,
            out var seen) ? null : seen.Balance;
    }

    /// <summary>Why the account cannot set aside what the legs of a group sell; null where it can, or the venue does not say.</summary>
    public async Task<OrderError?> RefusalAsync(
        GroupKind kind, bool sellsAll, ManagedAccount account, IReadOnlyList<OrderTerms> legs, CancellationToken token)
    {
        if (sellsAll && ReserveOrder.SellAllRefusal(account, legs[0], legs[^1]) is { } unfit) return unfit;
        if ((await setAside.SeenAsync(account, legs[0].SellToken, token)).IsRejected(out _, out var funds)) return null;
        return funds.Refusal(ReserveOrder.Aside(kind, legs.Select(leg => leg.AmountIn)));
    }
}
