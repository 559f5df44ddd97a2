using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>What a list is sorted by.</summary>
internal enum OrderSort
{
    /// <summary>As stored, which is by age.</summary>
    None,

    /// <summary>By age.</summary>
    CreatedAt,

    /// <summary>By where they stand, then by age.</summary>
    Status,

    /// <summary>By what their clients call them.</summary>
    PublicId,
}

/// <summary>
/// Where an order stands as it reads at a moment: <see cref="OrderStatus"/>, but that a swap in flight is told and a pause is not.
/// </summary>
internal enum OrderReading
{
    Open,
    Broadcast,
    Cancelling,
    Completed,
    Failed,
    Cancelled,
    Expired,
}

/// <summary>Which orders are asked for, in which order, and which page of them; what is null does not matter.</summary>
internal sealed record OrderQuery
{
    /// <summary>Null for everybody's: only where the caller may see them.</summary>
    public StacksAddress? Owner { get; init; }

    public string? Dialect { get; init; }

    public OrderKind? Kind { get; init; }

    /// <summary>The managed account that pays.</summary>
    public StacksAddress? Account { get; init; }

    public Principal? Recipient { get; init; }

    public IReadOnlyCollection<Guid>? Ids { get; init; }

    /// <summary>What its clients call it.</summary>
    public string? PublicId { get; init; }

    /// <summary>One is sold for the other, either way round.</summary>
    public (TokenId First, TokenId Second)? Pair { get; init; }

    /// <summary>True for those that may still swap something, false for those that have ended.</summary>
    public bool? IsOpen { get; init; }

    public IReadOnlyCollection<OrderReading>? Readings { get; init; }

    /// <summary>Beside <see cref="Readings"/> also those of several parts that have not completed and of which some were swapped.</summary>
    public bool WithPartlyFilled { get; init; }

    /// <summary>The strategy that its client says it belongs to.</summary>
    public string? StrategyId { get; init; }

    /// <summary>Legs of these groups.</summary>
    public IReadOnlyCollection<Guid>? Groups { get; init; }

    /// <summary>Sold or bought.</summary>
    public TokenId? Token { get; init; }

    public TokenId? Sold { get; init; }

    public TokenId? Bought { get; init; }

    /// <summary>
    /// Where it is given, orders of managed accounts are left out but for this reader's own; empty for a reader that is not known.
    /// </summary>
    public string? Reader { get; init; }

    /// <summary>Part of an id, an address, a token or a transaction, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Created after, exclusive.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Created before, exclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Of those that are planned slice by slice.</summary>
    public CurveCriteria? Curve { get; init; }

    public OrderSort Sort { get; init; } = OrderSort.CreatedAt;

    /// <summary>Oldest first, else newest first; a cursor always walks from the newest.</summary>
    public bool Ascending { get; init; }

    /// <summary>From 1; null for a walk from a cursor, or from the newest.</summary>
    public int? Page { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended, as a list gave it.</summary>
    public string? Cursor { get; init; }

    /// <summary>Those called less than this, which is a place in the order of <see cref="OrderSort.PublicId"/>.</summary>
    public string? BeforePublicId { get; init; }
}

/// <summary>What is asked of orders that are planned slice by slice, beside the rest; what is null does not matter.</summary>
internal sealed record CurveCriteria
{
    public IReadOnlyCollection<CurveStanding>? Standings { get; init; }

    /// <summary>Also those that ended without a swap for a reason, beside <see cref="Standings"/>.</summary>
    public bool WithFailed { get; init; }

    /// <summary>True leaves out what a person paused; what the service paused resumes by itself.</summary>
    public bool WithoutPausedByPerson { get; init; }

    public IReadOnlyCollection<string>? CustomIds { get; init; }

    /// <summary>Those that have one of these labels.</summary>
    public IReadOnlyCollection<string>? Labels { get; init; }
}
