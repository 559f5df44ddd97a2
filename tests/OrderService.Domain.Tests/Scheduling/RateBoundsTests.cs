using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Tests.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class RateBoundsTests
{
    private static RateBounds Of(string? min, string? max) =>
        new(min is null ? null : Price.Parse(min), max is null ? null : Price.Parse(max));

    // 2 whole tokens of 6 decimals for 1 whole token of 8: a rate of 2.
    [Theory]
    [InlineData("2", "2", true)]
    [InlineData("2", null, true)]
    [InlineData(null, "2", true)]
    [InlineData(null, null, true)]
    [InlineData("2.000000000000000001", null, false)]
    [InlineData(null, "1.999999999999999999", false)]
    [InlineData("1", "3", true)]
    [InlineData("0", "0.5", false)]
    public void Bounds_are_inclusive_and_in_whole_tokens(string? min, string? max, bool isInside) =>
        Of(min, max).Contains(new TokenAmount(100_000_000), 8, new TokenAmount(2_000_000), 6).ShouldBe(isInside);

    [Fact]
    public void One_unit_beside_a_bound_decides()
    {
        var third = Of("0.333333333333333333", "0.333333333333333334");
        third.Contains(new TokenAmount(3), 0, new TokenAmount(1), 0).ShouldBeTrue();
        third.Contains(new TokenAmount(3_000_000), 0, new TokenAmount(999_999), 0).ShouldBeFalse();
        third.Contains(new TokenAmount(3_000_000), 0, new TokenAmount(1_000_001), 0).ShouldBeFalse();
    }

    [Fact]
    public void The_extremes_are_compared_exactly()
    {
        var most = new TokenAmount(UInt128.MaxValue);
        new RateBounds(Price.MaxValue, null).Contains(most, 0, most, 38).ShouldBeFalse();
        new RateBounds(Price.MaxValue, null).Contains(new TokenAmount(1), 38, most, 0).ShouldBeTrue();
        new RateBounds(Price.One, Price.One).Contains(most, 38, most, 38).ShouldBeTrue();
        new RateBounds(Price.Zero, new Price(1)).Contains(most, 0, TokenAmount.Zero, 38).ShouldBeTrue();
    }

    [Fact]
    public void Random_rates_are_where_fractions_say()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var (amountIn, amountOut) = (ScheduleTests.Wide(random) >> random.Next(0, 127),
                ScheduleTests.Wide(random) >> random.Next(0, 127));
            if (amountIn == 0) continue;
            var (decimalsIn, decimalsOut) = (random.Next(0, 39), random.Next(0, 39));
            var bound = new Price(ScheduleTests.Wide(random) % Price.MaxValue.Count >> random.Next(0, 120));
            // rate − bound, over one positive denominator
            var difference = ((BigInteger)amountOut * BigInteger.Pow(10,
                decimalsIn) * (BigInteger)Price.Scale) - ((BigInteger)bound.Count * (BigInteger)amountIn * BigInteger.Pow(10, decimalsOut));
            new RateBounds(bound, null).Contains(new TokenAmount(amountIn), decimalsIn, new TokenAmount(amountOut), decimalsOut)
                .ShouldBe(difference >= 0);
            new RateBounds(null, bound).Contains(new TokenAmount(amountIn), decimalsIn, new TokenAmount(amountOut), decimalsOut)
                .ShouldBe(difference <= 0);
            if (new RateBounds(bound, null).LeastOut(new TokenAmount(amountIn), decimalsIn, decimalsOut) is not { } least) continue;
            new RateBounds(bound, null).Contains(new TokenAmount(amountIn), decimalsIn, least, decimalsOut).ShouldBeTrue();
            if (least.Units > 0)
            {
                new RateBounds(bound, null).Contains(new TokenAmount(amountIn), decimalsIn, new TokenAmount(least.Units - 1), decimalsOut)
                    .ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void The_shares_of_a_min_amount_out_are_rounded_up_so_their_sum_keeps_the_promise()
    {
        var terms = Sample.Terms() with { AmountIn = new TokenAmount(100), MinAmountOut = new TokenAmount(10), SlippageBps = 100 };
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(3)), terms);
        var floors = new List<AmountOutFloor>();
        for (var number = 1; number <= 3; number++)
        {
            floors.Add(AmountOutFloor.Of(order, order.Find(number), new TokenAmount(3), 0));
            Settlement.Apply(order, Sample.Send(order, AttemptKind.Swap, number),
                new TransactionStatus.Succeeded(new TokenAmount(4), 7, Sample.Start, IsFinal: true), Sample.Start, Sample.Start);
        }
        floors.Select(floor => (int)floor.AmountOutMin.Units).ShouldBe([4, 4, 4]);
        floors.ShouldAllBe(floor => floor.QuoteMin == floor.AmountOutMin);
    }

    [Fact]
    public void Slippage_from_the_quote_is_the_stricter_of_the_two()
    {
        var terms = Sample.Terms() with { AmountIn = new TokenAmount(1_000), MinAmountOut = new TokenAmount(500), SlippageBps = 100 };
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(1)), terms);
        AmountOutFloor.Of(order, order.Slices[0], new TokenAmount(1_001), 0).AmountOutMin.ShouldBe(new TokenAmount(991));
        AmountOutFloor.Of(order, order.Slices[0], new TokenAmount(502), 0).AmountOutMin.ShouldBe(new TokenAmount(500));
    }

    // One token for at least ten, at 0.1 %: the trigger is 10.01 and the floor stays 10.
    [Fact]
    public void Slippage_from_the_min_raises_the_trigger_and_never_lowers_the_floor()
    {
        var terms = Sample.Terms() with
        {
            AmountIn = new TokenAmount(1_000_000_000), MinAmountOut = new TokenAmount(10_000_000), SlippageBps = 10,
        };
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(1)) with { Slippage = SlippageFrom.Min }, terms);
        AmountOutFloor.Of(order, order.Slices[0], new TokenAmount(99_000_000), 0)
            .ShouldBe(new AmountOutFloor(new TokenAmount(10_010_000), new TokenAmount(10_000_000)));
    }
}
