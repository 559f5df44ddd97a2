using OrderService.Domain.Events;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>What the end of a slice means for its order: the next part's turn, a later one, or the end.</summary>
internal static class Conclusion
{
    /// <summary>
    /// Draws it. <paramref name="ranAt"/> is when the part that has just ended ran: <see cref="Rhythm"/> says what that is for.
    /// </summary>
    public static void Draw(Order order, DateTimeOffset ranAt, DateTimeOffset now)
    {
        if (order.IsCurve)
        {
            CurveCourse.Continue(order, now);
            return;
        }
        if (WhyEarly(order) is { } early) SkipRest(order, early, now);
        if (order.Slices.All(s => s.Status.IsTerminal()))
        {
            if (!GoesOn(order, now))
            {
                End(order, now);
                return;
            }
            PartsOf.DrawNext(order, ranAt, now);
        }
        else if (order.Status is OrderStatus.Open or OrderStatus.Paused)
        {
            PartsOf.Reanchor(order, ranAt, now);
        }
        Turn.Next(order, now);
    }

    /// <summary>
    /// A part that was late already when it was first tried counts from that try, and so do those behind it: it has a whole turn all the
    /// same.
    /// </summary>
    public static void MakeRoom(Order order, Slice late, DateTimeOffset triedAt, DateTimeOffset now)
    {
        if (late.AttemptsUsed != 1 || order.Rules is not { Interval: not null, AttemptsMax: null } || !Turn.IsOver(order, late, triedAt))
            return;
        late.Reschedule(triedAt);
        PartsOf.Reanchor(order, triedAt, now);
    }

    private static bool GoesOn(Order order, DateTimeOffset now) =>
        order.Status is OrderStatus.Open or OrderStatus.Paused && PartsOf.Left(order) > 0 && WhyEarly(order) is null
            && !(order.Terms.ValidTo < now);

    // Why an order ends before its parts have all had their turn; null where it does not. A cancel has an end of its own.
    private static string? WhyEarly(Order order) => order switch
    {
        { Status: not (OrderStatus.Open or OrderStatus.Paused) } => null,
        { Rules.OnPartFailed: PartFailure.End } when order.Slices.Any(s => s.Status == SliceStatus.Failed) => "part_failed",
        { IsOutOfAttempts: true } when !PartsOf.AreAllConfirmed(order) && !order.Slices.Any(s => s.Status == SliceStatus.Broadcast) =>
            "attempts_exhausted",
        _ => null,
    };

    // What was ever sent is spent first, as always.
    private static void SkipRest(Order order, string why, DateTimeOffset now)
    {
        foreach (var slice in order.Slices)
        {
            if (slice.EndAs is not null) continue;
            if (slice.Status == SliceStatus.Executing) slice.Move(SliceStatus.Waiting, why);
            if (slice.Status != SliceStatus.Waiting) continue;
            if (slice.WasSent) order.RequestEnd(slice, SliceStatus.Failed, why, now);
            else order.EndSlice(slice, SliceStatus.Skipped, why, now);
        }
        if (PartsOf.Left(order) is > 0 and var left && order.Slices.All(s => s.Status.IsTerminal()))
            order.Tell(null, new OrderFact.Skipped(why, left), now);
    }

    private static void End(Order order, DateTimeOffset now)
    {
        var slices = order.Slices;
        var early = WhyEarly(order);
        var to = PartsOf.AreAllConfirmed(order) ? OrderStatus.Completed
            : slices.Any(s => s.Status == SliceStatus.Cancelled) ? OrderStatus.Cancelled
            : early is not null ? OrderStatus.Failed
            : order.Status == OrderStatus.Cancelling ? OrderStatus.Cancelled
            : slices.Any(s => s.Status == SliceStatus.Confirmed) ? OrderStatus.Completed
            : slices.Any(s => s.Status == SliceStatus.Failed) ? OrderStatus.Failed
            : OrderStatus.Expired;
        order.Move(to, to == OrderStatus.Completed ? null : early ?? order.Reason ?? slices[^1].Reason, now);
        order.Tell(null, to switch
        {
            OrderStatus.Completed => new OrderFact.Completed(),
            OrderStatus.Cancelled => new OrderFact.Cancelled(),
            OrderStatus.Failed => new OrderFact.Failed(),
            _ => new OrderFact.Expired(),
        }, now);
    }
}
