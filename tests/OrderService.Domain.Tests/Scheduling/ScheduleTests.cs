using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Tests.Orders;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class ScheduleTests
{
    private static readonly ScheduleLimits Limits = new();
    private static readonly Interval Day = Interval.Of(1, IntervalUnit.Day);

    [Fact]
    public void The_delay_moves_the_anchor_and_months_of_delay_are_calendar_months()
    {
        var start = new DateTimeOffset(2024, 1, 31, 8, 0, 0, TimeSpan.Zero);
        new Schedule.Immediate(2).AnchorOf(start).ShouldBe(start);
        new Schedule.FixedInterval(2, Day, Interval.Of(1, IntervalUnit.Month)).AnchorOf(start).ShouldBe(start.AddDays(29));
    }

    [Theory]
    [InlineData(0, "invalid_field")]
    [InlineData(-1, "invalid_field")]
    [InlineData(1, null)]
    [InlineData(1_000, null)]
    [InlineData(1_001, "too_many_parts")]
    [InlineData(int.MaxValue, "too_many_parts")]
    public void The_number_of_parts_is_limited(int parts, string? code)
    {
        new Schedule.Immediate(parts).Refusal(Limits)?.Code.ShouldBe(code);
        new Schedule.FixedInterval(parts, Day).Refusal(Limits)?.Code.ShouldBe(code);
        (new Schedule.Immediate(parts).Refusal(Limits) is null).ShouldBe(code is null);
    }

    [Theory]
    [InlineData(1_000, 1, IntervalUnit.Month, true)]
    [InlineData(2, 36_600, IntervalUnit.Day, true)]
    [InlineData(2, 36_601, IntervalUnit.Day, false)]
    [InlineData(1, int.MaxValue, IntervalUnit.Month, true)]
    [InlineData(1_000, int.MaxValue, IntervalUnit.Month, false)]
    public void A_schedule_that_leaves_the_calendar_is_refused(int parts, int count, IntervalUnit unit, bool isFine) =>
        (new Schedule.FixedInterval(parts, Interval.Of(count, unit)).Refusal(Limits) is null).ShouldBe(isFine);

    [Fact]
    public void A_delay_that_leaves_the_calendar_is_refused() =>
        new Schedule.Immediate(1, Interval.Of(int.MaxValue, IntervalUnit.Week)).Refusal(Limits)!.Code.ShouldBe("schedule_too_long");

    [Fact]
    public void A_total_is_split_exactly_with_the_dust_in_the_last_part()
    {
        AmountSplit.OfTotal(new TokenAmount(100), 3).Value.ShouldBe([new TokenAmount(33), new TokenAmount(33), new TokenAmount(34)]);
        AmountSplit.OfTotal(new TokenAmount(7), 1).Value.ShouldBe([new TokenAmount(7)]);
        AmountSplit.OfTotal(new TokenAmount(2), 3).Error!.Code.ShouldBe("part_too_small");
        AmountSplit.OfTotal(TokenAmount.Zero, 1).Error!.Code.ShouldBe("part_too_small");
    }

    [Fact]
    public void Every_split_sums_to_its_total_up_to_the_largest()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var parts = random.Next(1, 1_001);
            var total = i == 0 ? UInt128.MaxValue : Wide(random) >> random.Next(0, 100);
            if (AmountSplit.OfTotal(new TokenAmount(total), parts).IsRejected(out _, out var amounts))
            {
                total.ShouldBeLessThan((UInt128)parts);
                continue;
            }
            amounts.Aggregate(TokenAmount.Zero, (sum, part) => sum + part).Units.ShouldBe(total);
            amounts.SkipLast(1).All(part => part == amounts[0]).ShouldBeTrue();
            (amounts[^1].Units - amounts[0].Units).ShouldBeLessThan((UInt128)parts);
        }
    }

    [Fact]
    public void Equal_parts_have_a_total_that_splits_into_them_again()
    {
        var total = AmountSplit.TotalOf(new TokenAmount(17), 5).Value;
        AmountSplit.OfTotal(total, 5).Value.ShouldAllBe(part => part == new TokenAmount(17));
        AmountSplit.TotalOf(new TokenAmount(UInt128.MaxValue), 2).Error!.Code.ShouldBe("amount_too_large");
    }

    [Fact]
    public void What_a_plan_may_not_be()
    {
        var terms = Sample.Terms();
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(3), Attempts = new AttemptsBudget(3) };
        plan.Refusal(terms, Limits).ShouldBeNull();
        (plan with { Rate = new RateBounds(new Price(2), new Price(1)) }).Refusal(terms, Limits)!.Code.ShouldBe("empty_rate_bounds");
        (plan with { Rate = new RateBounds(null, Price.Zero) }).Refusal(terms, Limits)!.Code.ShouldBe("empty_rate_bounds");
        (plan with { Attempts = new AttemptsBudget(0) }).Refusal(terms, Limits).ShouldNotBeNull();
        (plan with { Attempts = AttemptsBudget.Shared(2) }).Refusal(terms, Limits).ShouldNotBeNull();
        (plan with { Attempts = AttemptsBudget.Shared(3) }).Refusal(terms, Limits).ShouldBeNull();
        (plan with { Slippage = SlippageFrom.Min }).Refusal(terms, Limits).ShouldBeOfType<OrderError.Field>().Name.ShouldBe("minAmountOut");
    }

    internal static UInt128 Wide(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }
}
