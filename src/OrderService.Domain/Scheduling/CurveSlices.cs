using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// Plans the next slice of an order along a curve, from its plan, what is done, and active time. Depends on nothing else, so that any node
/// plans the same one.
/// </summary>
public static class CurveSlices
{
    /// <summary>
    /// The next slice, or null where nothing is left or the duration is over. <paramref name="done"/> counts what is in flight; the slice
    /// opens no earlier than
    /// <paramref name="earliest"/>, which is the moment it is planned at, or 5 seconds after the start of the one before.
    /// </summary>
    public static PlannedSlice? Next(
        CurvePlan plan, CurveLayout layout, TokenAmount done, long moment, long earliest, TokenAmount? sizeMax = null)
    {
        if (done >= plan.Target) return null;
        earliest = Math.Max(moment, earliest);
        if (earliest >= plan.Duration) return plan.GoesOn ? Later(plan, layout, done, earliest, sizeMax) : null;
        if (Behind(plan, layout, done, earliest) is { } size)
        {
            return At(plan, done, Least(size, sizeMax), earliest) with
            {
                CatchesUp = true,
            };
        }
        return Planned(plan, layout, done, earliest, sizeMax);
    }

    private static PlannedSlice Planned(CurvePlan plan, CurveLayout layout, TokenAmount done, long earliest, TokenAmount? sizeMax)
    {
        var size = Usual(plan, layout, done);
        // What the curve has no moment for any more is one slice at the last moment.
        if (Scheduled(plan, done, size) >= plan.LastMoment) size = plan.Target - done;
        size = Least(size, sizeMax);
        var band = Band(plan, size);
        var opens = Math.Min(plan.FirstWith(Above(done.Units + size.Units, band)), plan.LastMoment);
        var scheduled = Math.Clamp(Scheduled(plan, done, size), opens, plan.LastMoment);
        var due = Math.Clamp(LowerBoundAt(plan, done, band), scheduled, plan.LastMoment);
        var (from, anyPriceFrom) = (scheduled - plan.Patience.OfLength(scheduled - opens),
            scheduled + plan.Patience.OfLength(due - scheduled));
        return new PlannedSlice(size, opens, scheduled, due, Math.Max(from, earliest), Math.Max(anyPriceFrom, earliest))
        {
            IsLast = done + size >= plan.Target,
        };
    }

    // Below the lower bound of the band: as much as brings the order back to its curve, and not less than a usual slice.
    private static TokenAmount? Behind(CurvePlan plan, CurveLayout layout, TokenAmount done, long moment)
    {
        var (usual, target) = (Usual(plan, layout, done), plan.TargetAt(moment));
        if (moment >= plan.LastMoment) return plan.Target - done;
        if (target.Units <= done.Units || target.Units - done.Units <= Band(plan, usual)) return null;
        var size = TokenAmount.Max(usual, target - done);
        // A rest of less than half a slice goes with it: there may be no time for one of its own, and half a slice is inside the band.
        return plan.Target.Units - done.Units - size.Units < usual.Units / 2 ? plan.Target - done : size;
    }

    // The duration is over and the order goes on: a usual slice every so often.
    private static PlannedSlice Later(CurvePlan plan, CurveLayout layout, TokenAmount done, long earliest, TokenAmount? sizeMax) =>
        At(plan, done, Least(Usual(plan, layout, done), sizeMax), earliest);

    private static PlannedSlice At(CurvePlan plan, TokenAmount done, TokenAmount size, long moment) =>
        new(size, moment, moment, moment, moment, moment) { IsLast = done + size >= plan.Target };

    private static TokenAmount Usual(CurvePlan plan, CurveLayout layout, TokenAmount done) =>
        layout.After(layout.Reached(done, plan.Target) + 1, plan.Target) - done;

    // A slice of more than twice the band widens it to half of itself.
    private static UInt128 Band(CurvePlan plan, TokenAmount size) => UInt128.Max(plan.Band.Units, size.Units / 2 + size.Units % 2);

    private static long Scheduled(CurvePlan plan, TokenAmount done, TokenAmount size) =>
        plan.FirstWith(done.Units + size.Units / 2 + size.Units % 2);

    private static long LowerBoundAt(CurvePlan plan, TokenAmount done, UInt128 band) =>
        band > plan.Target.Units - done.Units ? plan.LastMoment : plan.FirstWith(done.Units + band);

    private static UInt128 Above(UInt128 end, UInt128 band) => end > band ? end - band : 0;

    private static TokenAmount Least(TokenAmount size, TokenAmount? sizeMax) => sizeMax is { } max && max < size ? max : size;
}
