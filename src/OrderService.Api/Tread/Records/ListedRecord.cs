using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>An order as an item of a list. Decimals are exact and shortest.</summary>
[SnakeCase]
[Always]
internal record ListedRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public string Id { get; init; } = "";

    /// <summary>Your own id.</summary>
    /// <example>my-1</example>
    public string CustomOrderId { get; init; } = "";

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public string? ParentOrderId { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public string? BatchOrderId { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public string? BatchOrderStrategy { get; init; }

    /// <summary>Your own words.</summary>
    /// <example>a note</example>
    public string Notes { get; init; } = "";

    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public string Pair { get; init; } = "";

    /// <summary>Which way.</summary>
    [Words("buy", "sell")]
    public string Side { get; init; } = "";

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    public IReadOnlyList<string> Exchanges { get; init; } = [];

    /// <summary>The bought token's symbol.</summary>
    /// <example>CHA</example>
    public string BuyToken { get; init; } = "";

    /// <summary>How much is bought, where that is what was asked for.</summary>
    /// <example>100</example>
    public NumberText? BuyTokenAmount { get; init; }

    /// <summary>The sold token's symbol.</summary>
    /// <example>sUSDT</example>
    public string SellToken { get; init; } = "";

    /// <summary>How much is sold, or set aside to be.</summary>
    /// <example>1000</example>
    public NumberText? SellTokenAmount { get; init; }

    /// <summary>How much of the target token was executed.</summary>
    /// <example>500</example>
    public NumberText? ExecutedQty { get; init; }

    /// <summary>How much was bought.</summary>
    /// <example>10040.16</example>
    public NumberText? ExecutedBuyQty { get; init; }

    /// <summary>Quote for one base so far.</summary>
    /// <example>0.0498</example>
    public string? AverageExecutedPrice { get; init; }

    /// <summary>Quote so far.</summary>
    /// <example>500</example>
    public NumberText? ExecutedNotional { get; init; }

    /// <summary>How much of the target token is asked for.</summary>
    /// <example>1000</example>
    public NumberText? TargetOrderQty { get; init; }

    /// <summary>How much of it is left.</summary>
    /// <example>500</example>
    public NumberText? TargetRemainingQty { get; init; }

    /// <summary>The token that the quantity is of.</summary>
    /// <example>sUSDT</example>
    public string TargetToken { get; init; } = "";

    /// <summary>How much of it was executed.</summary>
    /// <example>500</example>
    public NumberText? TargetExecutedQty { get; init; }

    /// <summary>Per cent that was executed.</summary>
    /// <example>50.00</example>
    public string PctFilled { get; init; } = "";

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    public NumberText TotalFee { get; init; }

    /// <summary>The quote token's symbol.</summary>
    /// <example>sUSDT</example>
    public string FeeAsset { get; init; } = "";

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    public NumberText TotalFeeInBase { get; init; }

    /// <summary>The strategy's name.</summary>
    /// <example>VWAP</example>
    public string Strategy { get; init; } = "";

    /// <summary>The super strategy's name, where one was asked for.</summary>
    /// <example>Impact Minimization</example>
    public string? SuperStrategy { get; init; }

    /// <summary>Seconds.</summary>
    /// <example>300</example>
    public long Duration { get; init; }

    /// <summary>Ids of the accounts.</summary>
    [Is(Shape.Uuid)]
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Their names.</summary>
    /// <example>["main"]</example>
    public IReadOnlyList<string> AccountNames { get; init; } = [];

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    public NumberText? EnginePassiveness { get; init; }

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    public NumberText? ScheduleDiscretion { get; init; }

    /// <summary>The most of the market's volume that it may be.</summary>
    /// <example>0.1</example>
    public NumberText? PovLimit { get; init; }

    /// <summary>The part of the market's volume that it aims at.</summary>
    /// <example>0.1</example>
    public NumberText? PovTarget { get; init; }

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    public NumberText? AlphaTilt { get; init; }

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    public RawJson StrategyParams { get; init; }

    /// <summary>The wallet.</summary>
    [Is(Shape.Address)]
    public string User { get; init; } = "";

    /// <summary>Where it stands.</summary>
    [Words("SCHEDULED", "ACTIVE", "PAUSED", "FINISHER", "COMPLETE", "CANCELED")]
    public string Status { get; init; } = "";

    /// <summary>Whether it runs.</summary>
    /// <example>true</example>
    public bool Active { get; init; }

    /// <summary>Whether its strategy is a simple one.</summary>
    /// <example>false</example>
    public bool IsSimple { get; init; }

    /// <summary>Why it ended early, or nothing.</summary>
    /// <example>no route</example>
    public string FailureReason { get; init; } = "";

    /// <summary>The limit as it was given, or nothing.</summary>
    /// <example>0.05</example>
    public string? LimitPrice { get; init; }

    /// <summary>Whether that is in base for one quote.</summary>
    /// <example>false</example>
    public bool IsReverseLimitPrice { get; init; }

    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    public string? TimeStart { get; init; }

    /// <summary>When it is to end.</summary>
    [Is(Shape.Moment)]
    public string? TimeEnd { get; init; }

    /// <summary>When it was stored.</summary>
    [Is(Shape.Moment)]
    public string? CreatedAt { get; init; }

    /// <summary>When something of it changed.</summary>
    [Is(Shape.Moment)]
    public string? UpdatedAt { get; init; }
}

/// <summary>An order that has not ended, with its fills.</summary>
[SnakeCase]
internal sealed record OpenRecord : ListedRecord
{
    /// <summary>As it was given.</summary>
    /// <example>long</example>
    [JsonPropertyOrder(1)]
    public required string? PosSide { get; init; }

    /// <summary>Its fills.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<OpenFillRecord> Fills { get; init; }
}

/// <summary>A fill of an open order.</summary>
[SnakeCase]
internal sealed record OpenFillRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>Its order.</summary>
    [Is(Shape.Uuid)]
    public required string OrderId { get; init; }

    /// <summary>The venue.</summary>
    /// <example>simulated</example>
    public required string Exchange { get; init; }

    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public required string Pair { get; init; }

    /// <summary>Which way.</summary>
    [Words("buy", "sell")]
    public required string Side { get; init; }

    /// <summary>How much of the base token.</summary>
    /// <example>100</example>
    public required string Quantity { get; init; }

    /// <summary>Quote for one base.</summary>
    /// <example>0.0498</example>
    public required string Price { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string? Timestamp { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    public required string Fee { get; init; }

    /// <summary>The quote token's symbol.</summary>
    /// <example>sUSDT</example>
    public required string FeeCurrency { get; init; }
}
