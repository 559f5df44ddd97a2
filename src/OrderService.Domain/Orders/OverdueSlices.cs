using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// What time alone does to an order: claims whose lease has ended are given back, and waiting slices end with their window.
/// </summary>
public static class OverdueSlices
{
    /// <summary>
    /// Gives back a claimed slice whose worker was not heard of until its lease ended. No bytes have left. False where there is no such
    /// claim. Leases end in real time, also where the engine's runs faster.
    /// </summary>
    public static bool TimeOutClaim(this Order order, int sliceNumber, DateTimeOffset now, DateTimeOffset? realNow = null)
    {
        var slice = order.Find(sliceNumber);
        if (slice.Status != SliceStatus.Executing || slice.LeaseUntil is not { } lease || lease > (realNow ?? now)) return false;
        slice.Move(SliceStatus.Waiting, slice.EndAs is null ? "claim_timed_out" : slice.Reason);
        if (slice.EndAs is not null || order.Status != OrderStatus.Paused) slice.Arm(now);
        order.Tell(slice, new OrderFact.ClaimTimedOut(), now);
        return true;
    }

    /// <summary>Ends the waiting slices whose window has closed.</summary>
    public static void Expire(this Order order, DateTimeOffset now)
    {
        var past = order.Slices.Where(s => s is { Status: SliceStatus.Waiting, EndAs: null } && s.IsPast(now)).ToList();
        if (past.Count == 0) return;
        foreach (var slice in past)
        {
            if (slice.WasSent) order.RequestEnd(slice, SliceStatus.Expired, "expired", now);
            else order.EndSlice(slice, SliceStatus.Expired, "expired", now);
        }
        Conclusion.Draw(order, now, now);
    }
}
