using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>Spreads prices from believed tokens over the vaults, the deepest way first.</summary>
internal static class VaultSpread
{
    /// <summary>
    /// A price for every token that some way of pools leads to; the anchors keep theirs. Counts are exact but for the floor of each
    /// division.
    /// </summary>
    public static Dictionary<TokenId, Price> From(VaultSnapshot snapshot, IReadOnlyDictionary<TokenId, Price> anchors)
    {
        var byToken = snapshot.Vaults.Where(vault => vault.CanEstimate)
            .SelectMany(vault => new[] { (Token: vault.TokenA, Vault: vault), (Token: vault.TokenB, Vault: vault) })
            .ToLookup(end => end.Token, end => end.Vault);
        var prices = new Dictionary<TokenId, Price>();
        // The queue gives the smallest first, so depths are counted down from the largest.
        var queue = new PriorityQueue<(TokenId Token, Price Usd, UInt128 Depth), UInt128>();
        foreach (var (token, usd) in anchors) queue.Enqueue((snapshot.Canonical(token), usd, UInt128.MaxValue), UInt128.MinValue);
        while (queue.TryDequeue(out var reached, out _))
        {
            if (!prices.TryAdd(reached.Token, reached.Usd)) continue;
            foreach (var vault in byToken[reached.Token])
            {
                var next = vault.TokenA == reached.Token ? vault.TokenB : vault.TokenA;
                if (prices.ContainsKey(next) || Across(snapshot, vault, reached.Token, next, reached.Usd) is not var (usd, depth)) continue;
                depth = UInt128.Min(depth, reached.Depth);
                queue.Enqueue((next, usd, depth), UInt128.MaxValue - depth);
            }
        }
        return prices;
    }

    // Both sides of a constant-product pool are worth the same, which is its depth.
    private static (Price Usd, UInt128 Depth)? Across(VaultSnapshot snapshot, StacksVault vault, TokenId from, TokenId to, Price usd)
    {
        if (vault.Kind == VaultKind.Sublink) return (usd, UInt128.MaxValue);
        var (x, y) = vault.TokenA == from ? (vault.ReserveA, vault.ReserveB) : (vault.ReserveB, vault.ReserveA);
        if (snapshot.FindToken(from) is not { } known || snapshot.FindToken(to) is not { } other) return null;
        if (Wide.MulDivFloor(x.Units, usd.Count, Whole(known)) is not { } value
            || Wide.MulDivFloor(value, Whole(other), y.Units) is not { } count)
        {
            return null;
        }
        return count == 0 || count > Price.MaxValue.Count ? null : (new Price(count), value);
    }

    private static UInt128 Whole(StacksToken token)
    {
        UInt128 whole = 1;
        for (var digit = 0; digit < token.Token.Decimals; digit++) whole *= 10;
        return whole;
    }
}
