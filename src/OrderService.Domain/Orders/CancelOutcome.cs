namespace OrderService.Domain.Orders;

/// <summary>What became of a cancel.</summary>
public abstract record CancelOutcome
{
    /// <summary>No swap follows.</summary>
    public sealed record Cancelled : CancelOutcome;

    /// <summary>No swap follows, and it ends when the uuid of what was ever sent is spent.</summary>
    public sealed record Cancelling : CancelOutcome;

    /// <summary>
    /// A transaction decides. <paramref name="Requested"/> is true where the rest is cancelled and the order ends with what is in flight.
    /// </summary>
    public sealed record InFlight(string? TxId, bool Requested) : CancelOutcome;
}
