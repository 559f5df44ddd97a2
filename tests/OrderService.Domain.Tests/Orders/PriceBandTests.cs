using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Orders;

public sealed class PriceBandTests
{
    [Theory]
    [InlineData("1000000", 6, "0.05", 6, "0.8", 500, "59375")] // 1 CHA at 0.05 is 0.0625 STX at 0.8; 5 % below that
    [InlineData("1000000", 6, "0.05", 6, "0.8", 0, "62500")]
    [InlineData("100000000", 8, "100000", 6, "0.8", 500, "118750000000")] // 1 BTC of 8 decimals
    [InlineData("1", 6, "0.05", 6, "0.8", 500, "1")] // rounded up: protection never rounds down
    [InlineData("1", 0, "3", 0, "7", 0, "1")]
    [InlineData("1000000", 6, "0.05", 6, "0.8", 10000, "0")]
    public void The_least_out_is_the_believed_worth_less_the_width(
        string amountIn, int decimalsIn, string sell, int decimalsOut, string buy, int width, string least) =>
            new PriceBand(BasisPoints.Of(width)).LeastOut(TokenAmount.Parse(amountIn), decimalsIn, Price.Parse(sell), decimalsOut,
                Price.Parse(buy)).ShouldBe(TokenAmount.Parse(least));

    [Fact]
    public void The_least_out_is_exact_for_any_amount_price_and_decimals()
    {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            var (amount, sell, buy) = (Number(random, 128), Number(random, 126) % Price.MaxValue.Count,
                (Number(random, 126) % Price.MaxValue.Count) + 1);
            var (decimalsIn, decimalsOut, width) = (random.Next(39), random.Next(39), random.Next(10_001));
            var least = new PriceBand(BasisPoints.Of(width)).LeastOut(new TokenAmount(amount), decimalsIn, new Price(sell), decimalsOut,
                new Price(buy));
            // out/10^decimalsOut · buy ≥ in/10^decimalsIn · sell · (10000 - width)/10000 holds for it and not for one unit less
            var worth = (BigInteger)amount * (BigInteger)sell * (10_000 - width) * BigInteger.Pow(10, decimalsOut);
            BigInteger Paid(BigInteger units) => units * (BigInteger)buy * 10_000 * BigInteger.Pow(10, decimalsIn);
            if (least.Units < UInt128.MaxValue) (Paid(least.Units) >= worth).ShouldBeTrue();
            if (least.Units > 0) (Paid((BigInteger)least.Units - 1) < worth).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(null, null, null, null, 500, 500)] // the default
    [InlineData(null, null, 700, null, 500, 700)] // its slippage where that is wider
    [InlineData(null, null, 499, null, 500, 500)]
    [InlineData(300, null, 700, null, 500, 300)] // the client's own
    [InlineData(300, 1, null, "1", 500, 300)] // also beside a floor of its own
    [InlineData(null, 1, null, null, 500, null)] // a floor of its own replaces the default
    [InlineData(null, null, null, "0.5", 500, null)]
    [InlineData(null, 0, null, "0", 500, 500)] // zero is no floor
    [InlineData(null, null, null, null, null, null)]
    public void The_band_of_an_order_is_its_own_else_none_beside_a_floor_else_the_default_or_its_slippage(
        int? own, int? min, int? slippage, string? rateMin, int? usual, int? band)
    {
        var terms = Sample.Terms() with
        {
            MaxDeviationBps = own, MinAmountOut = min is { } units ? new TokenAmount((UInt128)units) : null, SlippageBps = slippage,
        };
        terms.PriceBandBps(new RateBounds(rateMin is null ? null : Price.Parse(rateMin), null), usual).ShouldBe(band);
        // an upper bound is no floor
        terms.PriceBandBps(new RateBounds(rateMin is null ? null : Price.Parse(rateMin), Price.Parse("9")), usual).ShouldBe(band);
    }

    private static UInt128 Number(Random random, int bitsMax) =>
        (((UInt128)(ulong)random.NextInt64() << 64) | (ulong)random.NextInt64()) >> (128 - random.Next(1, bitsMax + 1));
}
