using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>How an order is held and let go again.</summary>
public static class OrderPauses
{
    /// <summary>
    /// Makes no slice due until <see cref="Resume"/>. A slice that is executing is called back; one that is broadcast settles. Refused as
    /// in flight where that one is all that is left: what cannot be stopped is not called paused.
    /// </summary>
    public static Result<Order> Pause(this Order order, DateTimeOffset now)
    {
        if (order.StatusAt(now) is var status && status != OrderStatus.Open) return new OrderError.NotOpen(Order.Wire(status));
        if (order.IsCurve) return CurvePauses.Pause(order, null, now);
        var swap = order.Slices.FirstOrDefault(s => s is { Status: SliceStatus.Broadcast, EndAs: null });
        if (swap is not null && IsLast(order)) return new OrderError.InFlight(swap.TxId);
        foreach (var slice in order.Slices)
        {
            if (slice is { Status: SliceStatus.Executing, EndAs: null }) slice.Move(SliceStatus.Waiting, "paused");
            if (slice is { Status: SliceStatus.Waiting, EndAs: null }) slice.Disarm();
        }
        order.Move(OrderStatus.Paused, null, now);
        order.Tell(null, new OrderFact.Paused(), now);
        return order;
    }

    /// <summary>Makes a paused order's next slice wait for its box again.</summary>
    public static Result<Order> Resume(this Order order, DateTimeOffset now)
    {
        if (order.StatusAt(now) is var status && status != OrderStatus.Paused) return new OrderError.NotOpen(Order.Wire(status));
        if (order.Curve is { } curve) return CurvePauses.Resume(order, new CurveSight(SizeMax: curve.SizeMax), bySystem: false, now);
        order.Move(OrderStatus.Open, null, now);
        Turn.Next(order, now);
        order.Tell(null, new OrderFact.Resumed(), now);
        return order;
    }

    // Of the parts of a schedule one is open at most, and those to come have no row yet.
    private static bool IsLast(Order order) =>
        order.Slices.Count(s => !s.Status.IsTerminal()) == 1 && (order.IsOneSwap || order.Slices.Count >= order.Rules.Parts);
}
