using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>An order as it is answered when it is submitted.</summary>
[SnakeCase]
internal abstract record OrderStateRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public required string? ParentOrder { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public required string? BatchOrder { get; init; }

    /// <summary>Always empty.</summary>
    /// <example>[]</example>
    public required IReadOnlyList<string> ChainedOrders { get; init; }

    /// <summary>When it was stored.</summary>
    [Is(Shape.Moment)]
    public required string? CreatedAt { get; init; }

    /// <summary>The bought token's symbol.</summary>
    /// <example>CHA</example>
    public required string BuyToken { get; init; }

    /// <summary>The sold token's symbol.</summary>
    /// <example>sUSDT</example>
    public required string SellToken { get; init; }

    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public required string Pair { get; init; }

    /// <summary>Which way.</summary>
    [Words("buy", "sell")]
    public required string Side { get; init; }

    /// <summary>How much is sold, or set aside to be.</summary>
    /// <example>1000</example>
    public required string SellTokenAmount { get; init; }

    /// <summary>How much is bought, where that is what was asked for.</summary>
    /// <example>100</example>
    public required string? BuyTokenAmount { get; init; }

    /// <summary>How much of the target token is asked for.</summary>
    /// <example>1000</example>
    public required decimal? TargetOrderQty { get; init; }

    /// <summary>How much of it is left.</summary>
    /// <example>1000</example>
    public required decimal? TargetRemainingQty { get; init; }

    /// <summary>The strategy's id.</summary>
    [Is(Shape.Uuid)]
    public required string Strategy { get; init; }

    /// <summary>The super strategy's name, where one was asked for.</summary>
    /// <example>Impact Minimization</example>
    public required string? SuperStrategy { get; init; }

    /// <summary>The same.</summary>
    /// <example>Impact Minimization</example>
    public required string? SuperStrategyName { get; init; }

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    public required Dictionary<string, object> StrategyParams { get; init; }

    /// <summary>The limit as it was given, or nothing.</summary>
    /// <example>0.05</example>
    public required string? LimitPrice { get; init; }

    /// <summary>Whether that is in base for one quote.</summary>
    /// <example>false</example>
    public required bool IsReverseLimitPrice { get; init; }

    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    public required string? TimeStart { get; init; }

    /// <summary>When it is to end.</summary>
    [Is(Shape.Moment)]
    public required string? TimeEnd { get; init; }

    /// <summary>Whether its strategy is a simple one.</summary>
    /// <example>false</example>
    public required bool IsSimple { get; init; }

    /// <summary>When it was to end at first.</summary>
    [Is(Shape.Moment)]
    public required string? OrigTimeEnd { get; init; }

    /// <summary>Seconds.</summary>
    /// <example>300</example>
    public required long Duration { get; init; }

    /// <summary>Ids of the accounts.</summary>
    [Is(Shape.Uuid)]
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>Their names.</summary>
    /// <example>["main"]</example>
    public required IReadOnlyList<string> AccountNames { get; init; }

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    public required IReadOnlyList<string> UniqueVenues { get; init; }

    /// <summary>The wallet.</summary>
    [Is(Shape.Address)]
    public required string User { get; init; }

    /// <summary>How much of the target token was executed.</summary>
    /// <example>0</example>
    public required decimal? ExecutedQty { get; init; }

    /// <summary>How much was bought.</summary>
    /// <example>0</example>
    public required decimal? ExecutedBuyQty { get; init; }

    /// <summary>Quote for one base so far.</summary>
    /// <example>0.0498</example>
    public required string? ExecutedPrice { get; init; }

    /// <summary>Quote so far.</summary>
    /// <example>0</example>
    public required decimal? ExecutedNotional { get; init; }

    /// <summary>Base so far.</summary>
    /// <example>0</example>
    public required decimal? ExecutedToken { get; init; }

    /// <summary>Whether it runs.</summary>
    /// <example>false</example>
    public required bool Active { get; init; }

    /// <summary>Where it stands.</summary>
    [Words("SCHEDULED", "ACTIVE", "PAUSED", "FINISHER", "COMPLETE", "CANCELED")]
    public required string Status { get; init; }

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    public required string EnginePassiveness { get; init; }

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    public required string ScheduleDiscretion { get; init; }

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    public required string AlphaTilt { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public required string? ExposureTolerance { get; init; }

    /// <summary>The most of the market's volume that it may be.</summary>
    /// <example>0.1</example>
    public required string? PovLimit { get; init; }

    /// <summary>The part of the market's volume that it aims at.</summary>
    /// <example>0.1</example>
    public required string? PovTarget { get; init; }

    /// <summary>The condition in RPN.</summary>
    /// <example>CHA-sUSDT@simulated 0.05 &lt;=</example>
    public required string? OrderCondition { get; init; }

    /// <summary>Its variables by name: the RPN of each, and the value that it kept.</summary>
    public required Dictionary<string, IReadOnlyList<object>> OrderConditionVars { get; init; }

    /// <summary>Until when the condition is waited for.</summary>
    [Is(Shape.Moment)]
    public required string? OrderConditionExpiry { get; init; }

    /// <summary>Why it ended early, or nothing.</summary>
    /// <example>no route</example>
    public required string FailureReason { get; init; }

    /// <summary>As it was given; -1 is none.</summary>
    /// <example>-1</example>
    public required string StopPrice { get; init; }

    /// <summary>Your own words.</summary>
    /// <example>a note</example>
    public required string Notes { get; init; }

    /// <summary>Your own id.</summary>
    /// <example>my-1</example>
    public required string CustomOrderId { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>1</example>
    public required int? UpdatedLeverage { get; init; }

    /// <summary>Once it ended: the market's price, weighted by volume.</summary>
    /// <example>0.04991</example>
    public required string? Vwap { get; init; }

    /// <summary>Once it ended: the market's volume meanwhile.</summary>
    /// <example>51200</example>
    public required string? IntervalVolume { get; init; }

    /// <summary>Once it ended: the price when it began.</summary>
    /// <example>0.05</example>
    public required string? ArrivalPrice { get; init; }

    /// <summary>Once it ended: the price when it did.</summary>
    /// <example>0.0498</example>
    public required string? DeparturePrice { get; init; }

    /// <summary>Per cent that was executed.</summary>
    /// <example>0</example>
    public required decimal? PctFilled { get; init; }

    /// <summary>The condition's variables in infix.</summary>
    public required Dictionary<string, string> OrderVariableNormal { get; init; }

    /// <summary>The condition in infix.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    public required string OrderConditionNormal { get; init; }

    /// <summary>When it was paused last.</summary>
    [Is(Shape.Moment)]
    public required string? PausedAt { get; init; }

    /// <summary>When it was resumed last.</summary>
    [Is(Shape.Moment)]
    public required string? ResumedAt { get; init; }

    /// <summary>Always spot.</summary>
    [Words("spot")]
    public required string MarketType { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>0</example>
    public required string MaxOtc { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>long</example>
    public required string? PosSide { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>5</example>
    public required int? OrderSlices { get; init; }

    /// <summary>As it was given.</summary>
    public required Dictionary<string, object> AutoOrderMetadata { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public required string? BatchOrderStrategy { get; init; }

    /// <summary>As it was given.</summary>
    /// <example>0</example>
    public required int? ChaseDecay { get; init; }
}
