using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>What the short forms of an order share. The decimals are numbers in the summary, and padded texts with statistics.</summary>
[SnakeCase]
[Always]
internal abstract record ShortRecord<TNumber>
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public string Id { get; init; } = "";

    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public string Pair { get; init; } = "";

    /// <summary>Which way.</summary>
    [Words("buy", "sell")]
    public string Side { get; init; } = "";

    /// <summary>Where it stands.</summary>
    [Words("SCHEDULED", "ACTIVE", "PAUSED", "FINISHER", "COMPLETE", "CANCELED")]
    public string Status { get; init; } = "";

    /// <summary>Seconds.</summary>
    /// <example>300</example>
    [JsonPropertyOrder(2)]
    public long Duration { get; init; }

    /// <summary>The token that the quantity is of.</summary>
    /// <example>sUSDT</example>
    [JsonPropertyOrder(2)]
    public string TargetToken { get; init; } = "";

    /// <summary>How much of it is asked for.</summary>
    /// <example>1000</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber OrderQty { get; init; } = default!;

    /// <summary>How much is left.</summary>
    /// <example>500</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber RemainingQty { get; init; } = default!;

    /// <summary>How much was executed.</summary>
    /// <example>500</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber ExecutedQty { get; init; } = default!;

    /// <summary>Quote so far.</summary>
    /// <example>500</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber ExecutedNotional { get; init; } = default!;

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<string> ExchangeNames { get; init; } = [];

    /// <summary>Names of the accounts.</summary>
    /// <example>["main"]</example>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<string> AccountNames { get; init; } = [];

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber ScheduleDiscretion { get; init; } = default!;

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber EnginePassiveness { get; init; } = default!;

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber AlphaTilt { get; init; } = default!;

    /// <summary>The super strategy's name in the summary, the strategy's with statistics.</summary>
    /// <example>VWAP</example>
    [JsonPropertyOrder(2)]
    public string? Strategy { get; init; }

    /// <summary>The strategy's name.</summary>
    /// <example>VWAP</example>
    [JsonPropertyOrder(2)]
    public string Trajectory { get; init; } = "";

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    [JsonPropertyOrder(2)]
    public RawJson StrategyParams { get; init; }

    /// <summary>pov_target in per cent.</summary>
    /// <example>10</example>
    [OrNull]
    [JsonPropertyOrder(2)]
    public TNumber ParticipationRateTargetPercent { get; init; } = default!;

    /// <summary>Always spot.</summary>
    [Words("spot")]
    [JsonPropertyOrder(2)]
    public string MarketType { get; init; } = "";

    /// <summary>Always null.</summary>
    /// <example>null</example>
    [JsonPropertyOrder(2)]
    public string? ParentOrderId { get; init; }
}

/// <summary>An order in short.</summary>
[SnakeCase]
internal sealed record SummaryRecord : ShortRecord<NumberText?>
{
    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(1)]
    public required string? StartDatetime { get; init; }

    /// <summary>Why it ended early, or nothing.</summary>
    /// <example>no route</example>
    [JsonPropertyOrder(3)]
    public required string FailureReason { get; init; }

    /// <summary>The limit as it was given, or nothing.</summary>
    /// <example>0.05</example>
    [JsonPropertyOrder(3)]
    public required string? LimitPrice { get; init; }
}

/// <summary>An order with statistics, which are written when it ends.</summary>
[SnakeCase]
internal sealed record WithStatsRecord : ShortRecord<string?>
{
    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(1)]
    public required string? TimeStart { get; init; }

    /// <summary>Its statistics.</summary>
    [JsonPropertyOrder(3)]
    public required StatsRecord Stats { get; init; }

    /// <summary>Its fills.</summary>
    [JsonPropertyOrder(3)]
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
