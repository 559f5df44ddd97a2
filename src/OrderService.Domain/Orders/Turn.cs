namespace OrderService.Domain.Orders;

/// <summary>
/// Whose turn it is: of an order only one slice is ever armed or on its way, but for one that a reorg gives back while the next is in
/// flight.
/// </summary>
internal static class Turn
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    /// <summary>
    /// True where a part of a rhythm was tried, and the next one's turn has come: it is given up, and the rest goes on. Until then it is
    /// tried again and again. The last part has as long as if another followed. An order with a budget of its own goes by that alone.
    /// </summary>
    public static bool IsOver(Order order, Slice slice, DateTimeOffset now) =>
        slice.AttemptsUsed > 0 && End(order, slice) is { } end && now >= end;

    /// <summary>When a part is tried again: twice as long each time, up to an hour, and at the latest when its turn is over.</summary>
    public static DateTimeOffset RetryAt(Order order, Slice slice, DateTimeOffset first, DateTimeOffset now)
    {
        if (End(order, slice) is not { } end) return first;
        var pause = (first - now) * (1L << Math.Clamp(slice.AttemptsUsed - 1, 0, 30));
        var at = now + (pause < PauseMax ? pause : PauseMax);
        return at < end ? at : end;
    }

    /// <summary>
    /// When a part that has ended without a swap ran: one that used up its turn at its own moment, so that the next one's stands.
    /// </summary>
    public static DateTimeOffset RanAt(Order order, Slice slice, DateTimeOffset now) =>
        IsOver(order, slice, now) && slice.NotBefore is { } moment ? moment : now;

    private static DateTimeOffset? End(Order order, Slice slice)
    {
        if (order.Rules is not { Interval: { } interval, AttemptsMax: null } || slice.NotBefore is not { } moment) return null;
        // The next part may have a slice (after a reorg), or none yet.
        if (order.Slices.FirstOrDefault(s => s.Number == slice.Number + 1)?.NotBefore is { } drawn) return drawn;
        return slice.Number < order.Rules.Parts ? PartsOf.MomentOf(order, slice.Number) : interval.After(moment, 1);
    }

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
