using System.Collections.Concurrent;
using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>One vault and what it is asked to do.</summary>
internal readonly record struct Step(Vault Vault, byte Opcode);

/// <summary>
/// The best way through the vaults. Which ways exist is known once, since vaults do not come and go; which is best depends on the reserves.
/// </summary>
internal sealed class RouteSearch(IReadOnlyCollection<Vault> vaults, int hopsMax)
{
    private readonly ILookup<TokenId, Vault> byToken = vaults
        .SelectMany(vault => new[] { (Token: vault.TokenA, vault), (Token: vault.TokenB, vault) })
        .ToLookup(end => end.Token, end => end.vault);

    private readonly ConcurrentDictionary<(TokenId, TokenId), Step[][]> known = new();

    /// <summary>The hops of the route that pays most, the shortest where several do; null where none pays anything.</summary>
    public IReadOnlyList<Hop>? Best(TokenId from, TokenId to, TokenAmount amountIn, IReadOnlyDictionary<ContractId, Reserves> reserves)
    {
        IReadOnlyList<Hop>? best = null;
        foreach (var route in RoutesOf(from, to))
        {
            if (Walk(route, amountIn, reserves) is not { } hops) continue;
            if (best is null || hops[^1].AmountOut > best[^1].AmountOut) best = hops;
        }
        return best;
    }

    /// <summary>What the best route pays for one whole token at no depth, fees taken off, rounded up; null where there is none.</summary>
    public Price? Rate(Token sell, Token buy, IReadOnlyDictionary<ContractId, Reserves> reserves)
    {
        Price? best = null;
        foreach (var route in RoutesOf(sell.Id, buy.Id))
        {
            var (paid, unit) = (BigInteger.Pow(10, sell.Decimals + Price.Decimals), BigInteger.Pow(10, buy.Decimals));
            foreach (var (vault, opcode) in route)
            {
                if (vault.Kind == VaultKind.Sublink) continue; // one to one
                var held = reserves.GetValueOrDefault(vault.Id);
                var (x, y) = opcode == 0 ? (held.A, held.B) : (held.B, held.A);
                (paid, unit) = (paid * y * (VaultArithmetic.Million - vault.FeePpm), unit * x * VaultArithmetic.Million);
            }
            if (unit.IsZero) continue;
            var rate = new Price((UInt128)BigInteger.Min((paid + unit - 1) / unit, (BigInteger)Price.MaxValue.Count));
            if (best is not { } known || rate > known) best = rate;
        }
        return best;
    }

    /// <summary>Every route that visits no token twice, the shortest first.</summary>
    public Step[][] RoutesOf(TokenId from, TokenId to)
    {
        if (!byToken.Contains(from) || !byToken.Contains(to)) return []; // strangers are not remembered, so nobody can fill the memory
        return known.GetOrAdd((from, to), Find);
    }

    private Step[][] Find((TokenId From, TokenId To) pair)
    {
        var found = new List<Step[]>();
        Extend([], [pair.From], pair.To, found);
        return [.. found.OrderBy(route => route.Length)];
    }

    private void Extend(List<Step> steps, List<TokenId> visited, TokenId target, List<Step[]> found)
    {
        foreach (var vault in byToken[visited[^1]])
        {
            var next = vault.TokenA == visited[^1] ? vault.TokenB : vault.TokenA;
            if (visited.Contains(next)) continue;
            List<Step> longer = [.. steps, new Step(vault, vault.OpcodeSelling(visited[^1]))];
            if (next == target) found.Add([.. longer]);
            else if (longer.Count < hopsMax) Extend(longer, [.. visited, next], target, found);
        }
    }

    private static List<Hop>? Walk(Step[] route, TokenAmount amountIn, IReadOnlyDictionary<ContractId, Reserves> reserves)
    {
        var hops = new List<Hop>(route.Length);
        var amount = amountIn;
        foreach (var (vault, opcode) in route)
        {
            if (vault.Kind == VaultKind.Pool && !reserves.ContainsKey(vault.Id)) return null;
            if (vault.Run(opcode, reserves.GetValueOrDefault(vault.Id), amount.Units) is not { } ran) return null;
            var (tokenIn, tokenOut) = vault.TokensOf(opcode)!.Value;
            hops.Add(new Hop(vault.Id, opcode, tokenIn, tokenOut, amount, new TokenAmount(ran.AmountOut)));
            amount = new TokenAmount(ran.AmountOut);
        }
        return hops;
    }
}
