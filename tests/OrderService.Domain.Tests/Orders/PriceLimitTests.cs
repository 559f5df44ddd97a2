using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;

namespace OrderService.Domain.Tests.Orders;

public sealed class PriceLimitTests
{
    [Theory]
    [InlineData(TradeSide.Sell, false, 1_000, 500_000, true)]   // 1,000 base of 3 decimals for 0.5 quote of 6: exactly 0.5
    [InlineData(TradeSide.Sell, false, 1_000, 499_999, false)]
    [InlineData(TradeSide.Sell, true, 1_000, 499_999, true)]
    [InlineData(TradeSide.Sell, true, 1_000, 500_001, false)]
    [InlineData(TradeSide.Buy, false, 500_000, 1_000, true)]
    [InlineData(TradeSide.Buy, false, 500_001, 1_000, false)]
    [InlineData(TradeSide.Buy, true, 500_001, 1_000, true)]
    [InlineData(TradeSide.Buy, true, 499_999, 1_000, false)]
    public void Compares_exactly(TradeSide side, bool isReverse, int amountIn, int amountOut, bool expected)
    {
        var (decimalsIn, decimalsOut) = side == TradeSide.Sell ? (3, 6) : (6, 3);
        var limit = new PriceLimit(Price.Parse("0.5"), side, isReverse);
        limit.Allows(new TokenAmount((UInt128)amountIn), decimalsIn, new TokenAmount((UInt128)amountOut), decimalsOut).ShouldBe(expected);
    }

    [Fact]
    public void The_least_out_is_inside_and_one_unit_less_is_not()
    {
        var random = new Random(9);
        for (var n = 0; n < 20_000; n++)
        {
            var limit = new PriceLimit(new Price((UInt128)random.NextInt64(1, long.MaxValue)), (TradeSide)random.Next(2), false);
            var (amountIn, decimalsIn, decimalsOut) = (new TokenAmount((UInt128)random.NextInt64(1, long.MaxValue)), random.Next(0, 9),
                random.Next(0, 9));
            if (limit.LeastOut(amountIn, decimalsIn, decimalsOut) is not { } least) continue;
            limit.Allows(amountIn, decimalsIn, least, decimalsOut).ShouldBeTrue();
            if (least > TokenAmount.Zero) limit.Allows(amountIn, decimalsIn, least - new TokenAmount(1), decimalsOut).ShouldBeFalse();
        }
    }
}
