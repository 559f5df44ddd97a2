using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

/// <summary>Vaults to search in, and every route through them by brute force and unbounded arithmetic.</summary>
internal static class VaultGraphs
{
    public static readonly StacksAddress Deployer = StacksAddress.Parse("SP000000000000000000002Q6VF78");

    public static TokenId Token(int number) => TokenId.Of(new ContractId(Deployer, $"token-{number}"));

    public static ContractId VaultId(int number) => new(Deployer, $"vault-{number}");

    public static StacksVault Pool(int number, int a, int b, UInt128 reserveA, UInt128 reserveB, int fee = 0, bool hasQuote = true) =>
        new(VaultId(number), VaultKind.Pool, Token(a), Token(b), fee, new TokenAmount(reserveA), new TokenAmount(reserveB), null, hasQuote);

    public static StacksVault Sublink(int number, int plain, int subnet, int fee = 0) =>
        new(VaultId(number), VaultKind.Sublink, Token(plain), Token(subnet), fee, default, default, null, true);

    /// <summary>
    /// The vaults and the amount out of every route of up to so many hops that visits no token twice and pays something, the best first.
    /// </summary>
    public static List<(IReadOnlyList<ContractId> Vaults, BigInteger AmountOut)> AllRoutes(
        IReadOnlyList<StacksVault> vaults, TokenId from, TokenId to, BigInteger amountIn, int hopsMax)
    {
        var found = new List<(IReadOnlyList<ContractId>, BigInteger)>();
        Extend([], [from], amountIn);
        return [.. found.OrderByDescending(route => route.Item2)];

        void Extend(List<ContractId> way, List<TokenId> visited, BigInteger amount)
        {
            foreach (var vault in vaults.Where(vault => vault.TokenA == visited[^1] || vault.TokenB == visited[^1]))
            {
                var sellsA = vault.TokenA == visited[^1];
                var next = sellsA ? vault.TokenB : vault.TokenA;
                if (visited.Contains(next) || AmountOut(vault, sellsA, amount) is not { } paid || paid == 0) continue;
                if (next == to) found.Add(([.. way, vault.Id], paid));
                else if (way.Count + 1 < hopsMax) Extend([.. way, vault.Id], [.. visited, next], paid);
            }
        }
    }

    public static BigInteger? AmountOut(StacksVault vault, bool sellsA, BigInteger amountIn)
    {
        var dx = amountIn * (VaultArithmetic.Million - vault.FeePpm) / VaultArithmetic.Million;
        if (vault.Kind == VaultKind.Sublink) return dx;
        var (x, y) = sellsA ? (vault.ReserveA.Units, vault.ReserveB.Units) : (vault.ReserveB.Units, vault.ReserveA.Units);
        return x == 0 || y == 0 ? null : dx * y / (x + dx);
    }
}
