using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

public sealed class VaultPricesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void A_pool_prices_one_token_by_the_other()
    {
        // 2,000,000 of token 1 (6 decimals) lie beside 50 of token 2 (8 decimals), which costs 100: a quarter of a hundredth each
        var prices = Spread([VaultGraphs.Pool(1, 1, 2, 2_000_000_000_000, 5_000_000_000)], [6, 6, 8], (2, "100"));
        prices[VaultGraphs.Token(1)].ToString().ShouldBe("0.0025");
        prices[VaultGraphs.Token(2)].ToString().ShouldBe("100");
        Spread([VaultGraphs.Pool(1, 1, 2, 2_000_000_000_000, 5_000_000_000)], [6, 6, 8], (1, "0.0025"))[VaultGraphs.Token(2)].ToString()
            .ShouldBe("100");
    }

    [Fact]
    public void The_deepest_way_decides_and_not_the_shortest()
    {
        StacksVault[] vaults =
        [
            VaultGraphs.Pool(1, 1, 2, 10, 1_000), // dust, directly, at a hundred
            VaultGraphs.Pool(2, 1, 3, 1_000_000, 2_000_000), VaultGraphs.Pool(3, 3, 2, 4_000_000, 2_000_000),
            VaultGraphs.Pool(4, 4, 1, 7, 7), VaultGraphs.Sublink(5, 4, 5), // what follows dust is priced too: it is the only way
        ];
        var prices = Spread(vaults, [0, 0, 0, 0, 0, 0], (2, "3"));
        prices[VaultGraphs.Token(1)].ToString().ShouldBe("3");
        prices[VaultGraphs.Token(3)].ToString().ShouldBe("1.5");
        prices[VaultGraphs.Token(5)].ShouldBe(prices[VaultGraphs.Token(4)]);
    }

    [Fact]
    public void Nothing_is_said_where_no_way_leads_or_no_number_fits()
    {
        StacksVault[] vaults = [VaultGraphs.Pool(1, 1, 2, UInt128.MaxValue, 1), VaultGraphs.Pool(2, 3, 4, 5, 5),
            VaultGraphs.Pool(3, 2, 5, 0, 0), VaultGraphs.Pool(4, 1, 6, 1, UInt128.MaxValue)];
        var prices = Spread(vaults, [0, 0, 0, 0, 0, 0, 0], (1, "99999999999999999999"));
        prices.Keys.ShouldBe([VaultGraphs.Token(1)]);
    }

    private static Dictionary<TokenId, Price> Spread(StacksVault[] vaults, int[] decimals, params (int Token, string Usd)[] anchors)
    {
        var tokens = decimals.Select((places, number) =>
            new StacksToken(new Token(VaultGraphs.Token(number), $"T{number}", $"T{number}", places, TokenType.Sip10), "t"));
        var snapshot =
            new VaultSnapshot(vaults, [.. tokens, StacksToken.Stx], new(VaultGraphs.Deployer, "wstx"), Now, default, new RouteOptions());
        return VaultSpread.From(snapshot,
            anchors.ToDictionary(anchor => VaultGraphs.Token(anchor.Token), anchor => Price.Parse(anchor.Usd)));
    }
}
