using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class CurveSlicesTests
{
    private static readonly CurvePlan Twap = new()
    {
        Target = new TokenAmount(1_000_003), Curve = Curve.Of(CurveShape.Twap), Duration = 600_000, Discretion = Share.Of(60_000_000),
        Patience = Share.Of(20_000_000),
    };

    [Fact]
    public void A_twap_of_ten_minutes_is_twenty_equal_slices_in_the_middle_of_their_time()
    {
        var layout = CurveLayout.Of(Twap, TokenAmount.Zero, 0).Value;
        layout.Count.ShouldBe(20);
        var (done, moment, slices) = (TokenAmount.Zero, 0L, new List<PlannedSlice>());
        while (CurveSlices.Next(Twap, layout, done, moment, moment) is { } slice)
        {
            slices.Add(slice);
            (done, moment) = (done + slice.Size, slice.AnyPriceFrom);
        }
        slices.Count.ShouldBe(20);
        slices.Take(19).ShouldAllBe(s => s.Size == new TokenAmount(50_000));
        slices[^1].Size.ShouldBe(new TokenAmount(50_003)); // the dust
        slices.Select((s, i) => s.Scheduled - (i * 30_000 + 15_000)).Take(19).ShouldAllBe(off => Math.Abs(off) < 30);
        slices[^1].Scheduled.ShouldBe(570_000); // D − g
        slices[^1].IsLast.ShouldBeTrue();
    }

    [Theory]
    [InlineData(300, 60_000_000, 1, null, 10)]      // every 30 s
    [InlineData(300, 20_000_000, 1, null, 25)]      // 1 / (2·0.02)
    [InlineData(300, 60_000_000, 40, null, 40)]
    [InlineData(300, 60_000_000, 100, null, 60)]    // at most one every 5 s
    [InlineData(300, 60_000_000, 1, 50_000, 21)]    // 1,000,003 in clips of 50,000
    [InlineData(10, 500_000_000, 1, null, 1)]
    [InlineData(4, 60_000_000, 1, null, 1)]
    public void The_number_of_slices(int seconds, int discretion, int slicesMin, int? sizeMax, int expected)
    {
        var plan = Twap with { Duration = seconds * 1_000, Discretion = Share.Of(discretion), SlicesMin = slicesMin };
        CurveLayout.Of(plan, TokenAmount.Zero, 0, sizeMax is { } max ? new TokenAmount((UInt128)max) : null).Value.Count.ShouldBe(expected);
    }

    [Fact]
    public void Clips_that_do_not_fit_are_refused() =>
        CurveLayout.Of(Twap with { Duration = 60_000 }, TokenAmount.Zero, 0,
            new TokenAmount(50_000)).Error!.Code.ShouldBe("too_many_slices");

    [Fact]
    public void Without_patience_a_slice_runs_when_it_is_scheduled_and_with_all_of_it_only_at_its_bounds()
    {
        var layout = CurveLayout.Of(Twap, TokenAmount.Zero, 0).Value;
        var hasty = CurveSlices.Next(Twap with { Patience = Share.None }, layout, new TokenAmount(100_000), 0, 0)!;
        (hasty.RunsFrom, hasty.AnyPriceFrom).ShouldBe((hasty.Scheduled, hasty.Scheduled));
        var patient = CurveSlices.Next(Twap with { Patience = Share.Of(Share.Whole) }, layout, new TokenAmount(100_000), 0, 0)!;
        (patient.RunsFrom, patient.AnyPriceFrom).ShouldBe((patient.Opens, patient.Due));
    }

    [Fact]
    public void An_order_far_behind_makes_up_for_it_at_once()
    {
        var layout = CurveLayout.Of(Twap, TokenAmount.Zero, 0).Value;
        var late = CurveSlices.Next(Twap, layout, new TokenAmount(100_000), 300_000, 300_000)!;
        late.CatchesUp.ShouldBeTrue();
        late.Size.ShouldBe(new TokenAmount(400_001)); // half of all, less what is done
        late.RunsFrom.ShouldBe(300_000);
        CurveSlices.Next(Twap, layout, new TokenAmount(100_000), 300_000, 300_000,
            new TokenAmount(70_000))!.Size.ShouldBe(new TokenAmount(70_000));
        CurveSlices.Next(Twap, layout, new TokenAmount(450_000), 300_000, 300_000)!.CatchesUp.ShouldBeFalse(); // inside the band
    }

    [Fact]
    public void Nothing_starts_when_the_duration_is_over_but_for_an_order_that_goes_on()
    {
        var layout = CurveLayout.Of(Twap, TokenAmount.Zero, 0).Value;
        CurveSlices.Next(Twap, layout, new TokenAmount(900_000), 600_000, 600_000).ShouldBeNull();
        CurveSlices.Next(Twap, layout, new TokenAmount(900_000), 599_000, 600_000).ShouldBeNull();
        CurveSlices.Next(Twap with { GoesOn = true }, layout, new TokenAmount(900_000), 600_000,
            630_000)!.Size.ShouldBe(new TokenAmount(50_000));
    }

    [Fact]
    public void Curves_never_fall_and_their_inverse_is_the_first_moment()
    {
        var plans = new RandomPlans(11);
        for (var n = 0; n < 20_000; n++)
        {
            var plan = plans.Next();
            var (before, moment) = (plan.TargetAt(0), 0L);
            before.ShouldBe(TokenAmount.Zero);
            for (var i = 0; i < 8; i++)
            {
                moment = plans.Random.NextInt64(moment, plan.Duration + 1);
                var at = plan.TargetAt(moment);
                (at >= before).ShouldBeTrue();
                before = at;
                var first = plan.FirstWith(at.Units);
                (plan.TargetAt(first) >= at && (first == 0 || plan.TargetAt(first - 1) < at)).ShouldBeTrue();
                (first <= moment).ShouldBeTrue();
            }
            plan.TargetAt(plan.Duration).ShouldBe(plan.Target);
        }
    }
}
