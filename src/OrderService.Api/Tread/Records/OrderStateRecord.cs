using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>An order as it is answered when it is submitted: what became of it behind which one it is.</summary>
[SnakeCase]
[Always]
internal abstract record OrderStateRecord : OrderIdentityRecord
{
    /// <summary>How much of the target token was executed.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public NumberText? ExecutedQty { get; init; }

    /// <summary>How much was bought.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public NumberText? ExecutedBuyQty { get; init; }

    /// <summary>Quote for one base so far.</summary>
    /// <example>0.0498</example>
    [JsonPropertyOrder(2)]
    public string? ExecutedPrice { get; init; }

    /// <summary>Quote so far.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public NumberText? ExecutedNotional { get; init; }

    /// <summary>Base so far.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public NumberText? ExecutedToken { get; init; }

    /// <summary>Whether it runs.</summary>
    /// <example>false</example>
    [JsonPropertyOrder(2)]
    public bool Active { get; init; }

    /// <summary>Where it stands.</summary>
    [Words("SCHEDULED", "ACTIVE", "PAUSED", "FINISHER", "COMPLETE", "CANCELED")]
    [JsonPropertyOrder(2)]
    public string Status { get; init; } = "";

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    [JsonPropertyOrder(2)]
    public string EnginePassiveness { get; init; } = "";

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    [JsonPropertyOrder(2)]
    public string ScheduleDiscretion { get; init; } = "";

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public string AlphaTilt { get; init; } = "";

    /// <summary>Always null.</summary>
    /// <example>null</example>
    [JsonPropertyOrder(2)]
    public string? ExposureTolerance { get; init; }

    /// <summary>The most of the market's volume that it may be.</summary>
    /// <example>0.1</example>
    [JsonPropertyOrder(2)]
    public string? PovLimit { get; init; }

    /// <summary>The part of the market's volume that it aims at.</summary>
    /// <example>0.1</example>
    [JsonPropertyOrder(2)]
    public string? PovTarget { get; init; }

    /// <summary>The condition in RPN.</summary>
    /// <example>CHA-sUSDT@simulated 0.05 &lt;=</example>
    [JsonPropertyOrder(2)]
    public string? OrderCondition { get; init; }

    /// <summary>Its variables by name: the RPN of each, and the value that it kept.</summary>
    [JsonPropertyOrder(2)]
    public Dictionary<string, IReadOnlyList<object?>> OrderConditionVars { get; init; } = [];

    /// <summary>Until when the condition is waited for.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(2)]
    public string? OrderConditionExpiry { get; init; }

    /// <summary>Why it ended early, or nothing.</summary>
    /// <example>no route</example>
    [JsonPropertyOrder(2)]
    public string FailureReason { get; init; } = "";

    /// <summary>As it was given; -1 is none.</summary>
    /// <example>-1</example>
    [JsonPropertyOrder(2)]
    public string StopPrice { get; init; } = "";

    /// <summary>Your own words.</summary>
    /// <example>a note</example>
    [JsonPropertyOrder(2)]
    public string Notes { get; init; } = "";

    /// <summary>Your own id.</summary>
    /// <example>my-1</example>
    [JsonPropertyOrder(2)]
    public string CustomOrderId { get; init; } = "";

    /// <summary>As it was given.</summary>
    /// <example>1</example>
    [JsonPropertyOrder(2)]
    public int? UpdatedLeverage { get; init; }

    /// <summary>Once it ended: the market's price, weighted by volume.</summary>
    /// <example>0.04991</example>
    [JsonPropertyOrder(2)]
    public string? Vwap { get; init; }

    /// <summary>Once it ended: the market's volume meanwhile.</summary>
    /// <example>51200</example>
    [JsonPropertyOrder(2)]
    public string? IntervalVolume { get; init; }

    /// <summary>Once it ended: the price when it began.</summary>
    /// <example>0.05</example>
    [JsonPropertyOrder(2)]
    public string? ArrivalPrice { get; init; }

    /// <summary>Once it ended: the price when it did.</summary>
    /// <example>0.0498</example>
    [JsonPropertyOrder(2)]
    public string? DeparturePrice { get; init; }

    /// <summary>Per cent that was executed.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public NumberText? PctFilled { get; init; }

    /// <summary>The condition's variables in infix.</summary>
    [JsonPropertyOrder(2)]
    public Dictionary<string, string> OrderVariableNormal { get; init; } = [];

    /// <summary>The condition in infix.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    [JsonPropertyOrder(2)]
    public string OrderConditionNormal { get; init; } = "";

    /// <summary>When it was paused last.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(2)]
    public string? PausedAt { get; init; }

    /// <summary>When it was resumed last.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(2)]
    public string? ResumedAt { get; init; }

    /// <summary>Always spot.</summary>
    [Words("spot")]
    [JsonPropertyOrder(2)]
    public string MarketType { get; init; } = "";

    /// <summary>As it was given.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public string MaxOtc { get; init; } = "";

    /// <summary>As it was given.</summary>
    /// <example>long</example>
    [JsonPropertyOrder(2)]
    public string? PosSide { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>5</example>
    [JsonPropertyOrder(2)]
    public int? OrderSlices { get; init; }

    /// <summary>As it was given.</summary>
    [JsonPropertyOrder(2)]
    public RawJson AutoOrderMetadata { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    [JsonPropertyOrder(2)]
    public string? BatchOrderStrategy { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(2)]
    public int? ChaseDecay { get; init; }
}
