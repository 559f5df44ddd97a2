using OrderService.Domain.Amounts;
using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// How an order that is planned slice by slice is paused, resumed and amended. What is not sent is dropped and planned anew; what is in
/// flight settles and counts.
/// </summary>
public static class CurvePauses
{
    /// <summary>A person's pause. Refused unless it runs, and where nothing is left but what is in flight.</summary>
    public static Result<Order> Pause(Order order, string? resumeWhen, DateTimeOffset now)
    {
        if (order.Curve is not { ActivatedAt: not null } curve || order.Status != OrderStatus.Open)
            return new OrderError.NotOpen(order.Status.ToString().ToLowerInvariant());
        if (curve.Asked is { Pace: CurvePace.Curve, Shape: OrderService.Domain.Scheduling.CurveShape.TargetTime })
            return new OrderError.Unprocessable("target_time", "An order of a target time cannot be paused");
        if (CurveCourse.IsAllInFlight(order)) return new OrderError.InFlight(order.Slices[^1].TxId);
        if (CurveCourse.IsFinishing(order, now)) return new OrderError.NotOpen("finishing");
        Drop(order, now);
        curve.Pause(PausedBy.Person, resumeWhen, now + CurveCourse.PauseMax, now);
        order.Move(OrderStatus.Paused, null, now);
        order.Tell(null, new OrderFact.Paused(), now);
        return order;
    }

    /// <summary>The price is outside the limit: the service pauses it, and this time is not part of its schedule.</summary>
    public static void PauseOutside(Order order, int sliceNumber, DateTimeOffset now)
    {
        var slice = order.Find(sliceNumber);
        if (slice.WasSent || order.Curve is not { } curve || order.Status != OrderStatus.Open) return;
        Drop(order, now);
        curve.Pause(PausedBy.System, null, null, now);
        order.Move(OrderStatus.Paused, null, now);
        order.Tell(null, new OrderFact.Paused("system", "outside_limit"), now);
    }

    /// <summary>
    /// Ends a pause. What was paused by the service goes on only where the service says so (<paramref name="bySystem"/>): else nothing
    /// changes. Refused where the rest cannot be divided over the time that is left.
    /// </summary>
    public static Result<Order> Resume(Order order, CurveSight sight, bool bySystem, DateTimeOffset now)
    {
        if (order.Curve is not { } curve || order.Status != OrderStatus.Paused)
            return new OrderError.NotOpen(order.Status.ToString().ToLowerInvariant());
        if (curve.PausedBy == PausedBy.System && !bySystem) return order;
        if (CurveCourse.LayOut(order, InSlices(order), curve.Time.At(now), sight) is not null)
            return new OrderError.Unprocessable("cannot_plan", "The rest cannot be planned over the time that is left");
        var by = curve.PausedBy;
        curve.Resume(now);
        order.Move(OrderStatus.Open, null, now);
        order.Tell(null, new OrderFact.Resumed(!bySystem ? null : by == PausedBy.System ? "system" : "condition"), now);
        CurveCourse.Continue(order, now);
        return order;
    }

    /// <summary>What is executed or in a slice that was sent: what an amend counts as executed.</summary>
    public static TokenAmount InSlices(Order order) => order.Slices.Where(s => !s.Status.IsTerminal() && s.WasSent)
        .Aggregate(CurveCourse.Executed(order), (sum, s) => sum + (s.Planned ?? TokenAmount.Zero));

    // What was sent stays, disarmed; of the rest no row is left open, so that a new one can be drawn with the new plan.
    internal static void Drop(Order order, DateTimeOffset now)
    {
        foreach (var slice in order.Slices)
        {
            if (slice is { Status: SliceStatus.Executing, EndAs: null }) slice.Move(SliceStatus.Waiting, "planned_anew");
            if (slice is not { Status: SliceStatus.Waiting, EndAs: null }) continue;
            if (slice.WasSent) slice.Disarm();
            else order.EndSlice(slice, SliceStatus.Skipped, "planned_anew", now);
        }
    }
}
