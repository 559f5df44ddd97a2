using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

/// <summary>Pauses of orders that are planned slice by slice, in logical time.</summary>
public sealed class CurvePauseTests
{
    [Fact]
    public void One_try_that_a_pause_dropped_is_made_after_it()
    {
        var order = Create(new CurveTerms { Side = TradeSide.Sell, Target = new TokenAmount(1_000), Pace = CurvePace.Once,
            Duration = 60_000 }, Sample.Start);
        CurvePauses.Pause(order, null, Sample.Start).IsRejected(out _).ShouldBeFalse();
        CurvePauses.Resume(order, new CurveSight(), bySystem: false, Sample.Start.AddSeconds(5)).IsRejected(out _).ShouldBeFalse();
        (order.Status, order.Slices.Count(s => s.Status == SliceStatus.Waiting)).ShouldBe((OrderStatus.Open, 1));
        var moment = order.Slices[^1].NotBefore!.Value;
        Swap(order, order.Slices[^1], moment);
        (order.Status, CurveCourse.Executed(order)).ShouldBe((OrderStatus.Completed, new TokenAmount(1_000)));
    }

    // The longest order there is, held back as long as one can be, and outside its limit for twelve weeks after every five days: more than
    // two years of calendar, none of it waited for.
    [Fact]
    public void A_year_passes_in_logical_time_and_only_active_time_counts()
    {
        var target = new TokenAmount(123_456_789_012);
        var start = Sample.Start.AddDays(366);
        var asked = new CurveTerms
        {
            Side = TradeSide.Sell, Target = target, Pace = CurvePace.Curve, Duration = (long)CurvePlan.DurationMax.TotalMilliseconds,
            Discretion = Share.Of(20_000_000), Patience = Share.Of(20_000_000),
            StartAt = start, LimitPrice = Price.One, PausesOutside = true,
        };
        var order = Create(asked, Sample.Start);
        (order.Slices.Count, order.Curve!.WakeAt).ShouldBe((0, start));
        CurveCourse.Advance(order, new CurveSight(), start.AddTicks(-1));
        order.Curve.ActivatedAt.ShouldBeNull();
        CurveCourse.Advance(order, new CurveSight(), start);
        order.Curve.ActivatedAt.ShouldBe(start);
        var (now, paused, pauses, swaps) = (start, TimeSpan.Zero, 0, 0);
        while (order.Status == OrderStatus.Open)
        {
            var slice = order.Slices[^1];
            now = slice.NotBefore!.Value > now ? slice.NotBefore.Value : now;
            if (now - paused - start >= TimeSpan.FromDays(5) * (pauses + 1))
            {
                Sample.Claim(slice, now);
                CurvePauses.PauseOutside(order, slice.Number, now);
                order.Status.ShouldBe(OrderStatus.Paused);
                (now, paused, pauses) = (now + TimeSpan.FromDays(84), paused + TimeSpan.FromDays(84), pauses + 1);
                CurvePauses.Resume(order, new CurveSight(), bySystem: true, now).IsRejected(out _).ShouldBeFalse();
                continue;
            }
            CurveCourse.EndsAt(order, now).ShouldBe(start + CurvePlan.DurationMax + paused);
            Swap(order, slice, now);
            (++swaps).ShouldBeLessThan(10_000);
        }
        (order.Status, CurveCourse.Executed(order), pauses).ShouldBe((OrderStatus.Completed, target, 5));
        (now - paused).ShouldBeLessThanOrEqualTo(start + CurvePlan.DurationMax);
        (now - Sample.Start).ShouldBeGreaterThan(TimeSpan.FromDays(730));
    }

    private static Order Create(CurveTerms asked, DateTimeOffset now) =>
        CurveCourse.Create(new FundsAuthority.Managed(Sample.Owner), Sample.Terms() with { AmountIn = asked.Target }, asked, 3, "tread",
            null, [], new CurveSight(), now).Value;

    private static void Swap(Order order, Slice slice, DateTimeOffset now)
    {
        if (slice.Status != SliceStatus.Executing) Sample.Claim(slice, now);
        var attempt = order.Broadcast(slice.Number, AttemptKind.Swap, Sample.Transaction(), null, null, now);
        Settlement.Apply(order, attempt, new TransactionStatus.Succeeded(slice.Planned!.Value, 7, now, IsFinal: true), now.AddSeconds(5),
            now);
    }
}
