using System.Diagnostics;
using System.Numerics;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// How much of an order should be done by which part of its duration: S(u) = T(F(u)), F a table of 65 knots that is linear between them,
/// T(x) = x + α·x·(1−x) its tilt. α = 1 starts at twice the even rate and ends at none, −1 the other way round. Integers only, in parts per
/// 10^9; never falls, 0 at the start and 10^9 at the end.
/// </summary>
public sealed class Curve
{
    private readonly int[] _knots;

    private Curve(CurveShape shape, int[] knots, int tilt) => (Shape, _knots, Tilt) = (shape, knots, tilt);

    /// <summary>The name of F.</summary>
    public CurveShape Shape { get; }

    /// <summary>α in parts per 10^9, −10^9 to 10^9.</summary>
    public int Tilt { get; }

    /// <summary>The 65 knots of F, where they are this order's own (a forecast); null where the shape has them.</summary>
    public IReadOnlyList<int>? OwnKnots => Shape == CurveShape.Vwap ? _knots : null;

    /// <summary>A curve of a shape that needs no forecast.</summary>
    public static Curve Of(CurveShape shape, int tilt = 0) => shape switch
    {
        CurveShape.Twap => new Curve(shape, CurveKnots.Even, Checked(tilt)),
        CurveShape.Shortfall => new Curve(shape, CurveKnots.Shortfall, Checked(tilt)),
        CurveShape.TargetTime => new Curve(shape, CurveKnots.TargetTime, Checked(tilt)),
        _ => throw new UnreachableException($"{shape} has no knots of its own"),
    };

    /// <summary>The curve of a forecast that was made before; false where these are not 65 knots that never fall, from 0 to 10^9.</summary>
    public static bool TryOfKnots(IReadOnlyList<int> knots, int tilt, out Curve curve)
    {
        curve = null!;
        if (knots.Count != CurveKnots.Steps + 1 || knots[0] != 0 || knots[^1] != Share.Whole) return false;
        for (var i = 1; i < knots.Count; i++) if (knots[i] < knots[i - 1]) return false;
        curve = new Curve(CurveShape.Vwap, [.. knots], Checked(tilt));
        return true;
    }

    /// <summary>
    /// The curve of a forecast: the volume expected in each of 64 equal steps of the duration, in any unit. Null where none is expected at
    /// all.
    /// </summary>
    public static Curve? OfForecast(IReadOnlyList<UInt128> steps, int tilt = 0)
    {
        if (steps.Count != CurveKnots.Steps) throw new UnreachableException($"a forecast has {CurveKnots.Steps} steps, not {steps.Count}");
        var whole = steps.Aggregate(BigInteger.Zero, (sum, step) => sum + (BigInteger)step);
        if (whole.IsZero) return null;
        var knots = new int[CurveKnots.Steps + 1];
        var sum = BigInteger.Zero;
        for (var i = 0; i < steps.Count; i++)
        {
            sum += (BigInteger)steps[i];
            knots[i + 1] = (int)(sum * Share.Whole / whole);
        }
        return new Curve(CurveShape.Vwap, knots, Checked(tilt));
    }

    /// <summary>S at a moment of a duration, both in milliseconds, rounded down: parts per 10^9.</summary>
    public int At(long moment, long duration)
    {
        if (moment <= 0) return 0;
        if (moment >= duration) return Share.Whole;
        var (knot, rest) = Math.DivRem(moment * CurveKnots.Steps, duration);
        var step = _knots[knot + 1] - _knots[knot];
        // In 64 bits where it fits, which is for every duration up to 30 days: divisions of 128 bits are dear.
        var x = _knots[knot] + (duration <= long.MaxValue / Share.Whole ? step * rest / duration : (long)((Int128)step * rest / duration));
        if (Tilt == 0) return (int)x;
        // T is at least 0 and never falls for |α| ≤ 1, so that rounding it down does neither.
        // ⌊α·y/10^18⌋ with y = x·(10^9−x), in two halves of y so that 64 bits hold it: rounding down twice is rounding down once.
        var (high, low) = Math.DivRem(x * (Share.Whole - x), Share.Whole);
        return (int)(x + FloorDiv(Tilt * high + FloorDiv(Tilt * low, Share.Whole), Share.Whole));
    }

    private static long FloorDiv(long a, long b)
    {
        var (quotient, rest) = Math.DivRem(a, b);
        return rest < 0 ? quotient - 1 : quotient;
    }

    private static int Checked(int tilt) =>
        tilt is >= -Share.Whole and <= Share.Whole ? tilt : throw new ArgumentOutOfRangeException(nameof(tilt), tilt, "-10^9 to 10^9");
}
