using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

/// <summary>Plans as a client could ask for them, and stranger ones, from a seed.</summary>
internal sealed class RandomPlans(int seed)
{
    public Random Random { get; } = new(seed);

    public CurvePlan Next() => new()
    {
        Target = Amount(),
        Curve = NextCurve(),
        Duration = Duration(),
        Discretion = Share.Of(Random.Next(4) == 0 ? 20_000_000 : Random.Next(20_000_000, 500_000_001)),
        Patience = Random.Next(3) == 0 ? Share.None : Share.Of(Random.Next(0, Share.Whole + 1)),
        SlicesMin = Random.Next(3) == 0 ? Random.Next(1, 101) : 1,
    };

    // From one unit to 2^128−1, near the ends as often as between.
    public TokenAmount Amount()
    {
        var bits = Random.Next(1, 129);
        var units = ((UInt128)(ulong)Random.NextInt64() << 65) ^ ((UInt128)(ulong)Random.NextInt64() << 2) ^ (UInt128)(ulong)Random.Next(4);
        return new TokenAmount(UInt128.Max(1, bits == 128 ? units : units & (((UInt128)1 << bits) - 1)));
    }

    public long Duration() =>
        Random.Next(4) == 0 ? Random.NextInt64(10, 31) * 1_000 : (long)Math.Pow(10, 1 + Random.NextDouble() * 5.41) * 1_000;

    private Curve NextCurve()
    {
        var tilt = Random.Next(3) switch { 0 =>
            0, 1 => Random.Next(2) == 0 ? Share.Whole : -Share.Whole, _ => Random.Next(-Share.Whole, Share.Whole + 1) };
        return Random.Next(4) switch
        {
            0 => Curve.Of(CurveShape.Twap, tilt),
            1 => Curve.Of(CurveShape.Shortfall, tilt),
            2 => Curve.Of(CurveShape.TargetTime, tilt),
            _ => Curve.OfForecast([.. Enumerable.Range(0, 64).Select(_ => Random.Next(3) == 0 ? UInt128.Zero : Amount().Units)], tilt)
                ?? Curve.Of(CurveShape.Twap, tilt),
        };
    }
}
