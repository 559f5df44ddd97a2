using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

/// <summary>
/// A hundred thousand random plans, each played to its end with random delays, pauses, amends, failures and inexact fills.
/// </summary>
public sealed class PlayedCurveTests
{
    [Fact]
    public void Whatever_happens_the_slices_stay_in_the_band_and_sum_to_the_whole()
    {
        var (plans, filled) = (new RandomPlans(20261127), 0);
        for (var n = 0; n < 100_000; n++) if (Play(plans, n)) filled++;
        filled.ShouldBeGreaterThan(10_000); // of the others, most have more slices than are played
    }

    [Fact]
    public void Without_delays_each_plan_is_filled_exactly()
    {
        var plans = new RandomPlans(7);
        for (var n = 0; n < 10_000; n++)
        {
            var plan = plans.Next() with { SlicesMin = plans.Random.Next(1, 20) };
            if (plan.Duration > 600_000) plan = plan with { Duration = 600_000 };
            var layout = CurveLayout.Of(plan, TokenAmount.Zero, 0).Value;
            var (done, moment, count) = (TokenAmount.Zero, 0L, 0);
            while (CurveSlices.Next(plan, layout, done, moment, Earliest()) is { } slice)
            {
                InOrder(plan, slice, Earliest(), done);
                (done, moment, count) = (done + slice.Size, slice.AnyPriceFrom, count + 1);
            }
            // The last moment of a minute leaves 6 seconds to the end, enough for one slice more, which takes the rest.
            if (plan.Duration >= 60_000) done.ShouldBe(plan.Target);
            count.ShouldBeLessThanOrEqualTo(layout.Count + 1);

            long Earliest() => count == 0 ? moment : moment + CurvePlan.Apart;
        }
    }

    private static bool Play(RandomPlans plans, int n)
    {
        var (plan, random) = (plans.Next(), plans.Random);
        var (sizeMax,
            isExact) = (random.Next(5) == 0
                ? new TokenAmount(UInt128.Max(1, plan.Target.Units / (UInt128)random.Next(1, 40))) : (TokenAmount?)null,
                random.Next(3) > 0);
        var moment = random.Next(3) == 0 ? random.NextInt64(plan.Duration) : 0;
        var made = CurveLayout.Of(plan, TokenAmount.Zero, moment, sizeMax);
        if (made.IsRejected(out _, out var layout)) return false;
        var (done, started) = (TokenAmount.Zero, moment - CurvePlan.Apart);
        for (var steps = 0; steps < 6 && done < plan.Target; steps++)
        {
            if (CurveSlices.Next(plan, layout, done, moment, started + CurvePlan.Apart, sizeMax) is not { } slice)
            {
                (Math.Max(moment, started + CurvePlan.Apart) >= plan.Duration).ShouldBeTrue($"plan {n}");
                return false;
            }
            InOrder(plan, slice, Math.Max(moment, started + CurvePlan.Apart), done);
            (sizeMax is not { } max || slice.Size <= max).ShouldBeTrue($"plan {n}");
            // What has not begun may be planned anew: a pause, or an amend of the amount or the duration, with the rules of an amend.
            if (random.Next(6) == 0)
            {
                if (random.Next(2) == 0 && done.Units < plan.Target.Units / 2)
                {
                    plan = plan with
                    {
                        Target = new TokenAmount(UInt128.Max(Amended(plan, random), done.Units + 1)),
                    };
                }
                else if (random.Next(2) == 0)
                {
                    plan = plan with { Duration = Math.Max(plan.Duration / 2 + 1_000, moment * 106 / 100) };
                }
                if (CurveLayout.Of(plan, done, moment, sizeMax).IsRejected(out _, out layout)) return false;
                continue;
            }
            // It runs where it may, or later: the price waited, the service was away.
            var runs = random.Next(4) == 0
                ? slice.AnyPriceFrom + random.NextInt64(1 + plan.Duration / 3) : random.NextInt64(slice.RunsFrom, slice.AnyPriceFrom + 1);
            if (runs >= plan.Duration) return false;
            Inside(plan, slice, done, runs, n);
            started = runs;
            moment = runs + random.NextInt64(1, 20_000);
            if (random.Next(8) == 0) continue; // it failed: the next has its amount too
            done = isExact
                ? done + slice.Size
                : new TokenAmount(
                    UInt128.Min(UInt128.MaxValue - 1, done.Units + slice.Size.Units - slice.Size.Units / (UInt128)random.Next(50, 10_000)));
        }
        return done >= plan.Target;
    }

    private static UInt128 Amended(CurvePlan plan, Random random) =>
        Wide.MulDivFloor(plan.Target.Units, (UInt128)random.Next(60, 150), 100) ?? plan.Target.Units;

    private static void InOrder(CurvePlan plan, PlannedSlice slice, long earliest, TokenAmount done)
    {
        (slice.Size > TokenAmount.Zero && done + slice.Size <= plan.Target).ShouldBeTrue();
        slice.IsLast.ShouldBe(done + slice.Size == plan.Target);
        (slice.Opens <= slice.Scheduled && slice.Scheduled <= slice.Due && slice.RunsFrom <= slice.AnyPriceFrom
            && slice.RunsFrom >= earliest).ShouldBeTrue();
        (Math.Max(slice.Due, slice.AnyPriceFrom) <= Math.Max(plan.LastMoment, earliest)).ShouldBeTrue();
        (slice.RunsFrom >= Math.Min(slice.Opens, plan.LastMoment)).ShouldBeTrue();
    }

    // Never above the band, half of a slice where that is more, but at the last moment, when the rest has to go.
    private static void Inside(CurvePlan plan, PlannedSlice slice, TokenAmount done, long runs, int n)
    {
        if (runs >= plan.LastMoment) return;
        var band = UInt128.Max(plan.Band.Units, slice.Size.Units / 2 + slice.Size.Units % 2);
        var above = done + slice.Size;
        (above.Units <= plan.TargetAt(runs).Units
            || above.Units - plan.TargetAt(runs).Units <= band).ShouldBeTrue($"plan {n}: {slice} at {runs} of {plan}");
    }
}
