using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class PriceWalkTests
{
    private static readonly PricedToken stx = new(TokenId.Stx, Price.Parse("0.8"), 500);
    private static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Equal_seeds_walk_alike_and_others_do_not()
    {
        new PriceWalk(1).At(stx, start).ShouldBe(new PriceWalk(1).At(stx, start));
        Enumerable.Range(0, 50)
            .ShouldContain(hour => new PriceWalk(1).At(stx, start.AddHours(hour)) != new PriceWalk(2).At(stx, start.AddHours(hour)));
    }

    [Fact]
    public void It_moves_stays_within_reach_and_never_jumps()
    {
        var walk = new PriceWalk(3);
        var prices = Enumerable.Range(0, 100_000).Select(second => walk.At(stx, start.AddSeconds(second))).ToList();
        prices.Distinct().Count().ShouldBeGreaterThan(1_000);
        prices.ShouldAllBe(price => price >= Price.Parse("0.76") && price <= Price.Parse("0.84"));
        for (var i = 1; i < prices.Count; i++)
        {
            var (low, high) = prices[i] < prices[i - 1] ? (prices[i], prices[i - 1]) : (prices[i - 1], prices[i]);
            (high.Count - low.Count).ShouldBeLessThan(stx.Usd.Count / 1_000);
        }
    }
}
