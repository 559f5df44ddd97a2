using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// What a cancel means for an order: what was never sent ends at once, what was is spent first, and a swap that may still confirm decides.
/// </summary>
internal static class Cancellation
{
    /// <summary>Asks for it: see <see cref="Order.Cancel"/>.</summary>
    public static Result<CancelOutcome> Ask(Order order, DateTimeOffset now, bool requests, string? reason)
    {
        if (order.StatusAt(now) is var status && status.IsTerminal()) return new OrderError.NotOpen(Order.Wire(status));
        // With an end to come to, a spend is what is in flight.
        var swap = order.Slices.FirstOrDefault(s => s is { Status: SliceStatus.Broadcast, EndAs: null });
        var isAll = order.IsCurve ? CurveCourse.IsAllInFlight(order) : order.IsOneSwap;
        if (!requests && isAll && swap is not null)
            return new CancelOutcome.InFlight(swap.TxId, Requested: order.Status == OrderStatus.Cancelling);
        foreach (var slice in order.Slices) End(order, slice, reason, now);
        if (order.Slices.All(s => s.Status.IsTerminal()))
        {
            order.Move(OrderStatus.Cancelled, reason, now);
            order.Tell(null, new OrderFact.Cancelled(reason), now);
            return new CancelOutcome.Cancelled();
        }
        if (order.Status == OrderStatus.Cancelling)
        {
            order.Because(reason ?? order.Reason);
        }
        else
        {
            order.Move(OrderStatus.Cancelling, reason, now);
            order.Tell(null, new OrderFact.CancelRequested(reason), now);
        }
        return swap is null ? new CancelOutcome.Cancelling() : new CancelOutcome.InFlight(swap.TxId, Requested: true);
    }

    private static void End(Order order, Slice slice, string? reason, DateTimeOffset now)
    {
        if (slice.Status is not (SliceStatus.Waiting or SliceStatus.Executing)) return;
        if (slice.WasSent) order.RequestEnd(slice, SliceStatus.Cancelled, reason ?? "cancelled", now);
        else order.EndSlice(slice, SliceStatus.Cancelled, reason, now);
    }
}
