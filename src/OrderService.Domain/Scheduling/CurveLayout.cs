using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// How the rest of a plan is divided: <paramref name="Count"/> slices of what was left when <paramref name="Done"/> was done, equal,
/// rounded down, with the dust in the last. Made anew where the plan changes or a pause ends, never by the passing of time.
/// </summary>
public sealed record CurveLayout(TokenAmount Done, int Count)
{
    /// <summary>
    /// Divides what is left at a moment: at least one slice every 30 seconds, small enough for the band and for <paramref name="sizeMax"/>,
    /// at most one every 5 seconds, at most a thousand, none of nothing. Refused where slices as small as <paramref name="sizeMax"/> would
    /// be too many.
    /// </summary>
    public static Result<CurveLayout> Of(CurvePlan plan, TokenAmount done, long moment, TokenAmount? sizeMax = null)
    {
        if (done >= plan.Target) return new CurveLayout(plan.Target, 1);
        var (rest, time) = ((plan.Target - done).Units, Math.Max(0, plan.Duration - moment));
        var small = sizeMax is { } max ? Ceiling(rest, UInt128.Max(max.Units, 1)) : 1;
        var wanted = BigInteger.Max(BigInteger.Max((time + CurvePlan.Usual - 1) / CurvePlan.Usual, InsideBand(plan, rest)),
            BigInteger.Max(plan.SlicesMin, small));
        var most = UInt128.Min((UInt128)Math.Clamp(time / CurvePlan.Apart, 1, CurvePlan.SlicesMax), rest);
        if (small > (BigInteger)most)
            return new OrderError.Unprocessable("too_many_slices", "Slices as small as asked for do not fit into the duration");
        return new CurveLayout(done, (int)BigInteger.Max(1, BigInteger.Min(wanted, (BigInteger)most)));
    }

    /// <summary>What is done when so many of its slices are, from 0 to all.</summary>
    public TokenAmount After(int slices, TokenAmount target)
    {
        if (slices >= Count) return target;
        return new TokenAmount(Done.Units + SizeOf(target) * (UInt128)slices);
    }

    /// <summary>
    /// How many slices are done by the time that the next begins, with so much done: the one whose end is nearest. What a slice left or
    /// took too much of is the next one's to make good.
    /// </summary>
    public int Reached(TokenAmount done, TokenAmount target)
    {
        var size = SizeOf(target);
        if (size == 0 || done <= Done) return 0;
        var (reached, begun) = UInt128.DivRem(done.Units - Done.Units, size);
        if (begun >= size - size / 2) reached++;
        return reached >= (UInt128)Count ? Count - 1 : (int)reached;
    }

    // ⌈R/(2δQ)⌉
    private static BigInteger InsideBand(CurvePlan plan, UInt128 rest)
    {
        var width = 2 * (BigInteger)plan.Target.Units * plan.Discretion.Count;
        return width.IsZero ? CurvePlan.SlicesMax : ((BigInteger)rest * Share.Whole + width - 1) / width;
    }

    private static BigInteger Ceiling(UInt128 a, UInt128 b) => ((BigInteger)a + (BigInteger)b - 1) / (BigInteger)b;

    private UInt128 SizeOf(TokenAmount target) => target <= Done ? 0 : (target.Units - Done.Units) / (UInt128)Count;
}
