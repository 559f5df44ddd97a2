namespace OrderService.Domain.Orders;

/// <summary>Where a slice stands.</summary>
public enum SliceStatus
{
    /// <summary>Waits for a moment, a price, or a call.</summary>
    Waiting,

    /// <summary>Claimed: due, and no bytes have left.</summary>
    Executing,

    /// <summary>An attempt with signed bytes exists.</summary>
    Broadcast,

    /// <summary>Swapped, as the chain says.</summary>
    Confirmed,

    /// <summary>Ended without a swap, for the reason given.</summary>
    Failed,

    /// <summary>Passed over by its schedule.</summary>
    Skipped,

    /// <summary>Cancelled by its owner.</summary>
    Cancelled,

    /// <summary>Its window closed first.</summary>
    Expired,
}

/// <summary>The legal moves of a slice.</summary>
public static class SliceStatusTable
{
    /// <summary>True where a slice may move from one status to the other.</summary>
    public static bool Allows(SliceStatus from, SliceStatus to) => (from, to) switch
    {
        (SliceStatus.Waiting, SliceStatus.Executing or SliceStatus.Cancelled or SliceStatus.Expired or SliceStatus.Skipped) => true,
        (SliceStatus.Executing,
            SliceStatus.Waiting or SliceStatus.Broadcast or SliceStatus.Failed or SliceStatus.Cancelled or SliceStatus.Expired) => true,
        (SliceStatus.Broadcast,
            SliceStatus.Waiting or SliceStatus.Confirmed or SliceStatus.Failed or SliceStatus.Cancelled or SliceStatus.Expired) => true,
        (SliceStatus.Confirmed or SliceStatus.Failed, SliceStatus.Broadcast) => true, // a reorg took the evidence back
        _ => false,
    };

    /// <summary>True where nothing is expected to happen any more.</summary>
    public static bool IsTerminal(this SliceStatus status) =>
        status is SliceStatus.Confirmed or SliceStatus.Failed or SliceStatus.Skipped or SliceStatus.Cancelled or SliceStatus.Expired;
}
