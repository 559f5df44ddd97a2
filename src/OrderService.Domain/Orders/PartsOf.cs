using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>
/// The parts of a scheduled order that have no slice yet: one is drawn when the part before it has ended. Until then they are reserved on
/// the order.
/// </summary>
public static class PartsOf
{
    /// <summary>How many parts have no slice yet, and may still have one.</summary>
    public static int Left(Order order) =>
        order is { IsCurve: false, IsRestReleased: false, Rules.Parts: { } parts } ? parts - order.Slices.Count : 0;

    /// <summary>What these sell together, or sold: it is all that is in no slice.</summary>
    public static TokenAmount Rest(Order order) => order.Slices.Aggregate(order.Terms.AmountIn, (rest, slice) => rest - slice.AmountIn);

    /// <summary>True where every part was swapped.</summary>
    public static bool AreAllConfirmed(Order order) =>
        order.Slices.Count >= (order.Rules.Parts ?? 1) && order.Slices.All(s => s.Status == SliceStatus.Confirmed);

    /// <summary>The moment of a part, 0 for the first, as it stands now; null without a schedule.</summary>
    public static DateTimeOffset? MomentOf(Order order, int part) =>
        order.Rules.Interval is { } interval && order.Anchor is { } anchor ? interval.After(anchor, part - order.AnchorPart) : order.Anchor;

    /// <summary>
    /// What a part sells, 0 for the first, of those that are not swapped and were not sent: as it was divided when the order was made, or,
    /// of an order that was changed since, of what is left to the parts that are left.
    /// </summary>
    internal static TokenAmount AmountOf(Order order, int part)
    {
        var (total, parts) = (order.Terms.AmountIn, order.Rules.Parts!.Value);
        if (order.Revision == 1) return AmountSplit.PartOf(total, parts, part);
        var rest = order.Slices.Where(s => s.Number <= part).Aggregate(total, (left, slice) => left - slice.AmountIn);
        return AmountSplit.PartOf(rest, parts - part, 0);
    }

    // The next one. Its moment stands, unless it was overtaken: then it is counted from the run that just happened, and those behind it
    // with it.
    internal static void DrawNext(Order order, DateTimeOffset ranAt, DateTimeOffset now)
    {
        var (number, last) = (order.Slices.Count, order.Slices[^1]);
        var overtaken = order.Rules.Interval is { } interval && MomentOf(order, number) is { } moment
            ? Rhythm.Reanchored(interval, order.Rules.KeepsDistance, moment, ranAt, now) : null;
        if (overtaken is not null) order.AnchorAt(ranAt, number - 1);
        var slice = order.Draw(new SlicePart(AmountOf(order, number), MomentOf(order, number),
            order.Account is null ? null : OrderUuid.New().ToString(), last.Rate, last.AttemptsMax), now);
        slice.Watch(last.PairId);
        if (overtaken is { } at) Tell(order, slice, at, now);
    }

    // The moments of what is left are counted anew from a run in the same way while the part that runs has not ended, or where the next one
    // was drawn before (a reorg gave a part back).
    internal static void Reanchor(Order order, DateTimeOffset ranAt, DateTimeOffset now)
    {
        var next = order.Slices.FirstOrDefault(s => s is { Status: SliceStatus.Waiting, EndAs: null, WasSent: false });
        if (next is null ? Left(order) <= 0 : next.IsArmed) return;
        var part = next is null ? order.Slices.Count : next.Number - 1;
        if (order.Rules.Interval is not { } interval || (next is null ? MomentOf(order, part) : next.NotBefore) is not { } moment) return;
        if (Rhythm.Reanchored(interval, order.Rules.KeepsDistance, moment, ranAt, now) is not { } first) return;
        order.AnchorAt(ranAt, part - 1);
        next?.Reschedule(first);
        Tell(order, next, first, now);
    }

    private static void Tell(Order order, Slice? slice, DateTimeOffset moment, DateTimeOffset now) =>
        order.Tell(slice, new OrderFact.Rescheduled(moment), now);
}
