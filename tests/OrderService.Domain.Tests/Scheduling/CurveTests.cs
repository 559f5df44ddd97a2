using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class CurveTests
{
    private static readonly Func<double, double> Shortfall = u => 1 - Math.Sinh(2 * (1 - u)) / Math.Sinh(2);

    public static TheoryData<CurveShape, int, int> Samples => new()
    {
        // The contract's own numbers, four digits of each.
        { CurveShape.Shortfall, 250, 4129 }, { CurveShape.Shortfall, 500, 6760 }, { CurveShape.Shortfall, 750, 8563 },
        { CurveShape.TargetTime, 500, 5000 }, { CurveShape.Twap, 123, 1230 }, { CurveShape.Twap, 999, 9990 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Is_where_its_formula_says(CurveShape shape, int thousandths, int tenThousandths) =>
        Rounded(Curve.Of(shape).At(thousandths * 1_000, 1_000_000)).ShouldBe(tenThousandths);

    // Straight lines between 65 knots are this far from the bell of a tenth of the duration, and not further.
    [Theory]
    [InlineData(400, 0.1587)]
    [InlineData(600, 0.8413)]
    public void Target_time_is_near_its_normal_distribution(int thousandths, double expected) =>
        (Curve.Of(CurveShape.TargetTime).At(thousandths * 1_000, 1_000_000) / 1e9).ShouldBe(expected, 0.0008);

    [Fact]
    public void The_literal_knots_are_those_of_the_formula()
    {
        var curve = Curve.Of(CurveShape.Shortfall);
        for (var i = 0; i <= 64; i++) Math.Abs(curve.At(i, 64) - 1e9 * Shortfall(i / 64.0)).ShouldBeLessThan(1);
        // The normal distribution is a sum here, so that it is not the formula that made the table: Φ' in steps of a ten-thousandth.
        var bell = Curve.Of(CurveShape.TargetTime);
        double Density(double u) => Math.Exp(-Math.Pow((u - 0.5) / 0.1, 2) / 2);
        var whole = Enumerable.Range(0, 64_000).Sum(k => Density((k + 0.5) / 64_000));
        var sum = 0.0;
        for (var k = 0; k < 64_000; k++)
        {
            if (k % 1_000 == 0) Math.Abs(bell.At(k / 1_000, 64) - 1e9 * sum / whole).ShouldBeLessThan(20);
            sum += Density((k + 0.5) / 64_000);
        }
    }

    [Theory]
    [InlineData(1_000_000_000, 500, 750_000_000)] // starts at twice the even rate: 0.5 + 0.25
    [InlineData(-1_000_000_000, 500, 250_000_000)]
    [InlineData(500_000_000, 200, 280_000_000)]
    [InlineData(0, 200, 200_000_000)]
    public void Tilts(int tilt, int thousandths, int expected) => Curve.Of(CurveShape.Twap, tilt).At(thousandths, 1_000).ShouldBe(expected);

    [Fact]
    public void Follows_a_forecast_exactly_at_its_steps()
    {
        var steps = Enumerable.Range(1, 64).Select(i => (UInt128)i).ToArray();
        var curve = Curve.OfForecast(steps)!;
        for (var i = 0; i <= 64; i++) curve.At(i, 64).ShouldBe((int)((long)i * (i + 1) / 2 * 1_000_000_000 / (64 * 65 / 2)));
        Curve.TryOfKnots(curve.OwnKnots!, 0, out var again).ShouldBeTrue();
        again.At(17, 64).ShouldBe(curve.At(17, 64));
    }

    [Fact]
    public void A_forecast_of_nothing_is_no_curve() => Curve.OfForecast(new UInt128[64]).ShouldBeNull();

    [Fact]
    public void Knots_that_fall_are_no_curve()
    {
        var knots = Enumerable.Range(0, 65).Select(i => i * 15_625_000).ToArray();
        Curve.TryOfKnots(knots, 0, out _).ShouldBeTrue();
        (knots[10], knots[11]) = (knots[11], knots[10]);
        Curve.TryOfKnots(knots, 0, out _).ShouldBeFalse();
        Curve.TryOfKnots(knots[1..], 0, out _).ShouldBeFalse();
    }

    private static int Rounded(int share) => (share + 50_000) / 100_000;
}
