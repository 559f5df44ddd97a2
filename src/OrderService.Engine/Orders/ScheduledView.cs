using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>
/// A scheduled order as it reads at one moment: what was asked for, the sums of its parts, and, where it was asked for, what happened to
/// it.
/// </summary>
internal sealed record ScheduledView
{
    public required Guid Id { get; init; }

    /// <summary>What its clients call it, where that is not its uuid.</summary>
    public string? PublicId { get; init; }

    public required Principal Recipient { get; init; }

    public required TokenId SellToken { get; init; }

    public required TokenId BuyToken { get; init; }

    public required TokenAmount AmountIn { get; init; }

    /// <summary>As it reads now: a window that has closed reads as expired before the sweep has written it.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Why it ended, in a word.</summary>
    public required string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset? ValidTo { get; init; }

    public required string? ClientFields { get; init; }

    /// <summary>The time between the parts; null without a rhythm.</summary>
    public required Interval? Interval { get; init; }

    public required PartSums Parts { get; init; }

    /// <summary>What happened, oldest first; empty where it was not asked for.</summary>
    public IReadOnlyList<PartEvent> Story { get; init; } = [];

    /// <summary>True where the story's beginning is left out, since it is too long.</summary>
    public bool StoryIsCut { get; init; }

    public required DateTimeOffset ReadAt { get; init; }
}

/// <summary>
/// The parts of an order, summed. Amounts are base units; spent and received are those of confirmed parts, returned those of parts that
/// ended without a swap.
/// </summary>
internal sealed record PartSums
{
    public required int Count { get; init; }

    public required int Confirmed { get; init; }

    /// <summary>Parts that have not ended.</summary>
    public required int Open { get; init; }

    public required TokenAmount Spent { get; init; }

    public required TokenAmount Received { get; init; }

    public required TokenAmount Returned { get; init; }

    /// <summary>What every part but the last sells.</summary>
    public required TokenAmount Each { get; init; }

    /// <summary>
    /// The moment of the next part; of an order that has ended, of the one that would have been next, or else of the last.
    /// </summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>The moment of the last part.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>Why the next part waits, in a word.</summary>
    public required string? Waiting { get; init; }
}

/// <summary>
/// One thing that happened to a part, or to the order where the part's number is null, with what the part sells and, where it is confirmed,
/// what it was paid. The transaction is the event's own, or else the part's last.
/// </summary>
internal sealed record PartEvent(
    int? SliceNumber, string Kind, DateTimeOffset At, string? Reason, string? TxId, TokenAmount AmountIn, TokenAmount AmountOut);
