namespace OrderService.Domain.Orders;

/// <summary>Whose turn it is: of an order only one slice is ever armed or on its way, but for one that a reorg gives back while the next is in flight.</summary>
internal static class Turn
{
    /// <summary>Arms the first slice that has not ended, where none is on its way.</summary>
    public static void Next(Order order, DateTimeOffset now)
    {
        if (order.Status != OrderStatus.Open || order.Slices.Any(s => s.IsActive)) return;
        var next = order.Slices.FirstOrDefault(s => !s.Status.IsTerminal());
        if (next is { Status: SliceStatus.Waiting, IsArmed: false }) next.Arm(now);
    }

    /// <summary>A reorg gave this slice back, or a call asks for it: what has not been sent makes room.</summary>
    public static void Only(Order order, Slice first)
    {
        foreach (var slice in order.Slices.Where(s => s != first && s.EndAs is null))
        {
            if (slice.Status == SliceStatus.Executing) slice.Move(SliceStatus.Waiting, "reorg");
            if (slice.Status == SliceStatus.Waiting) slice.Disarm();
        }
    }
}
