namespace OrderService.Domain.Orders;

/// <summary>Where an order stands. Executing and broadcast are its slices' states.</summary>
public enum OrderStatus
{
    /// <summary>Waiting, executing or broadcast.</summary>
    Open,

    /// <summary>No slice is due until it is resumed.</summary>
    Paused,

    /// <summary>Cancelled as soon as what is in flight has settled.</summary>
    Cancelling,

    /// <summary>Cancelled: no swap follows.</summary>
    Cancelled,

    /// <summary>Every slice has ended and at least one was swapped.</summary>
    Completed,

    /// <summary>Ended without a swap, or before all of its parts had their turn, for the reason given.</summary>
    Failed,

    /// <summary>The window closed before the order was due.</summary>
    Expired,
}

/// <summary>The legal moves of an order.</summary>
public static class OrderStatusTable
{
    /// <summary>True where an order may move from one status to the other.</summary>
    public static bool Allows(OrderStatus from, OrderStatus to) => (from, to) switch
    {
        (OrderStatus.Open, OrderStatus.Paused) or (OrderStatus.Paused, OrderStatus.Open) => true,
        (OrderStatus.Open or OrderStatus.Paused,
            OrderStatus.Cancelling or OrderStatus.Cancelled or OrderStatus.Completed or OrderStatus.Failed or OrderStatus.Expired) => true,
        (OrderStatus.Cancelling, OrderStatus.Cancelled or OrderStatus.Completed or OrderStatus.Failed) => true,
        (OrderStatus.Completed or OrderStatus.Failed, OrderStatus.Open) => true, // a reorg took the evidence back
        (OrderStatus.Cancelled, OrderStatus.Cancelling) => true, // the same, of an order that was cancelled after some of its swaps
        _ => false,
    };

    /// <summary>True where nothing is expected to happen any more.</summary>
    public static bool IsTerminal(this OrderStatus status) =>
        status is OrderStatus.Cancelled or OrderStatus.Completed or OrderStatus.Failed or OrderStatus.Expired;
}
