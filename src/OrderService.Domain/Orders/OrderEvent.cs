using OrderService.Domain.Amounts;
using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// One thing that happened, as <see cref="OrderFact"/> or an <see cref="OwnerEvent"/> says it; appended in the transaction in which it
/// became true. Detail is a JSON object of its facts, or null.
/// </summary>
public sealed class OrderEvent
{
    private OrderEvent() => (Kind, Actor) = ("", Actors.System);

    /// <summary>States what happened to an order, or to a slice of it.</summary>
    public OrderEvent(Guid orderId, int? sliceNumber, OrderFact happened, DateTimeOffset at, string actor)
    {
        ArgumentNullException.ThrowIfNull(happened);
        (OrderId, SliceNumber, Kind, At, Actor, Detail) = (orderId, sliceNumber, happened.Happened, at, actor, EventText.Of(happened));
    }

    /// <summary>States what happened to what is no order. An owner of null is the operator.</summary>
    public OrderEvent(OwnerEvent happened, string? owner, string actor, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(happened);
        (Owner, Kind, At, Actor, Detail) = (owner, happened.Kind, at, actor, EventText.Of(happened));
    }

    /// <summary>Position in the store's order of appending; has gaps.</summary>
    public long Id { get; private set; }

    /// <summary>The order; null where it is about none.</summary>
    public Guid? OrderId { get; private set; }

    /// <summary>Whose it is to see, where there is no order that says so.</summary>
    public string? Owner { get; private set; }

    /// <summary>The order's status when it happened, where it was at hand.</summary>
    public OrderStatus? OrderStatus { get; init; }

    /// <summary>How much of what it sells was swapped by then, base units, where that was at hand.</summary>
    public TokenAmount? OrderFilled { get; init; }

    /// <summary>The order's reason when it happened, where it had one.</summary>
    public string? OrderReason { get; init; }

    /// <summary>The slice, where it is about one.</summary>
    public int? SliceNumber { get; private set; }

    /// <summary>A word of <see cref="OrderEventKinds"/>.</summary>
    public string Kind { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Whose doing it was: see <see cref="Actors"/>.</summary>
    public string Actor { get; private set; }

    /// <summary>A JSON object, or null.</summary>
    public string? Detail { get; private set; }
}

/// <summary>The kinds of an order's events as they are stored: the names of <see cref="OrderFact"/>.</summary>
public static class OrderEventKinds
{
#pragma warning disable CS1591 // the words are the documentation
    public const string Created = "created";
    public const string Triggered = "triggered";
    public const string Claimed = "claimed";
    public const string ClaimTimedOut = "claim_timed_out";
    public const string BackedOff = "backed_off";
    public const string Broadcast = "broadcast";
    public const string Sent = "sent";
    public const string FeeRaised = "fee_raised";
    public const string PaidBelowMin = "paid_below_min";
    public const string AmountUnexpected = "amount_unexpected";
    public const string Rejected = "rejected";
    public const string Reverted = "reverted";
    public const string Replaced = "replaced";
    public const string Confirmed = "confirmed";
    public const string Failed = "failed";
    public const string Skipped = "skipped";
    public const string Cancelled = "cancelled";
    public const string CancelRequested = "cancel_requested";
    public const string SpendRequested = "spend_requested";
    public const string Expired = "expired";
    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string Completed = "completed";
    public const string Rescheduled = "rescheduled";
    public const string Reorged = "reorged";
    public const string ConditionMet = "condition_met";
    public const string ConditionUnknown = "condition_unknown";
    public const string NoVolume = "no_volume";
    public const string Activated = "activated";
    public const string Amended = "amended";
    public const string LegReleased = "leg_released";
#pragma warning restore CS1591
}
