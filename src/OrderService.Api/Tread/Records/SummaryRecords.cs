using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>What the short forms of an order share. The decimals are numbers in the summary, and padded texts with statistics.</summary>
[SnakeCase]
internal abstract record ShortRecord<TNumber>
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public required string Pair { get; init; }

    /// <summary>Which way.</summary>
    [Words("buy", "sell")]
    public required string Side { get; init; }

    /// <summary>Where it stands.</summary>
    [Words("SCHEDULED", "ACTIVE", "PAUSED", "FINISHER", "COMPLETE", "CANCELED")]
    public required string Status { get; init; }

    /// <summary>Seconds.</summary>
    /// <example>300</example>
    public required long Duration { get; init; }

    /// <summary>The token that the quantity is of.</summary>
    /// <example>sUSDT</example>
    public required string TargetToken { get; init; }

    /// <summary>How much of it is asked for.</summary>
    /// <example>1000</example>
    [OrNull]
    public required TNumber OrderQty { get; init; }

    /// <summary>How much is left.</summary>
    /// <example>500</example>
    [OrNull]
    public required TNumber RemainingQty { get; init; }

    /// <summary>How much was executed.</summary>
    /// <example>500</example>
    [OrNull]
    public required TNumber ExecutedQty { get; init; }

    /// <summary>Quote so far.</summary>
    /// <example>500</example>
    [OrNull]
    public required TNumber ExecutedNotional { get; init; }

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    public required IReadOnlyList<string> ExchangeNames { get; init; }

    /// <summary>Names of the accounts.</summary>
    /// <example>["main"]</example>
    public required IReadOnlyList<string> AccountNames { get; init; }

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    [OrNull]
    public required TNumber ScheduleDiscretion { get; init; }

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    [OrNull]
    public required TNumber EnginePassiveness { get; init; }

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    [OrNull]
    public required TNumber AlphaTilt { get; init; }

    /// <summary>The super strategy's name in the summary, the strategy's with statistics.</summary>
    /// <example>VWAP</example>
    public required string? Strategy { get; init; }

    /// <summary>The strategy's name.</summary>
    /// <example>VWAP</example>
    public required string Trajectory { get; init; }

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    public required Dictionary<string, object> StrategyParams { get; init; }

    /// <summary>pov_target in per cent.</summary>
    /// <example>10</example>
    [OrNull]
    public required TNumber ParticipationRateTargetPercent { get; init; }

    /// <summary>Always spot.</summary>
    [Words("spot")]
    public required string MarketType { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public required string? ParentOrderId { get; init; }
}

/// <summary>An order in short.</summary>
[SnakeCase]
internal sealed record SummaryRecord : ShortRecord<decimal>
{
    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    public required string? StartDatetime { get; init; }

    /// <summary>Why it ended early, or nothing.</summary>
    /// <example>no route</example>
    public required string FailureReason { get; init; }

    /// <summary>The limit as it was given, or nothing.</summary>
    /// <example>0.05</example>
    public required string? LimitPrice { get; init; }
}

/// <summary>An order with statistics, which are written when it ends.</summary>
[SnakeCase]
internal sealed record WithStatsRecord : ShortRecord<string>
{
    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    public required string? TimeStart { get; init; }

    /// <summary>Its statistics.</summary>
    public required StatsRecord Stats { get; init; }

    /// <summary>Its fills.</summary>
    public required IReadOnlyList<FillRecord> Fills { get; init; }
}

/// <summary>Statistics of an order; null before it ended.</summary>
[SnakeCase]
internal sealed record StatsRecord
{
    /// <summary>Its order.</summary>
    [Is(Shape.Uuid)]
    public required string OrderId { get; init; }

    /// <summary>Their id.</summary>
    [Is(Shape.Uuid)]
    public required string StatId { get; init; }

    /// <summary>The market's volume meanwhile.</summary>
    /// <example>51200.00000000</example>
    public required string? IntervalVolume { get; init; }

    /// <summary>The market's price, weighted by volume.</summary>
    /// <example>0.04991000</example>
    public required string? Vwap { get; init; }

    /// <summary>The price when it began.</summary>
    /// <example>0.05000000</example>
    public required string? ArrivalPrice { get; init; }

    /// <summary>The price when it ended.</summary>
    /// <example>0.04980000</example>
    public required string? DeparturePrice { get; init; }
}
