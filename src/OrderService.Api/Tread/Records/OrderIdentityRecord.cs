using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>Which order it is, and what was asked for.</summary>
[SnakeCase]
[Always]
internal abstract record OrderIdentityRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public string Id { get; init; } = "";

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public string? ParentOrder { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    public string? BatchOrder { get; init; }

    /// <summary>Always empty.</summary>
    /// <example>[]</example>
    public IReadOnlyList<string> ChainedOrders { get; init; } = [];

    /// <summary>When it was stored.</summary>
    [Is(Shape.Moment)]
    public string? CreatedAt { get; init; }

    /// <summary>The bought token's symbol.</summary>
    /// <example>CHA</example>
    public string BuyToken { get; init; } = "";

    /// <summary>The sold token's symbol.</summary>
    /// <example>sUSDT</example>
    public string SellToken { get; init; } = "";

    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public string Pair { get; init; } = "";

    /// <summary>Which way.</summary>
    [Words("buy", "sell")]
    public string Side { get; init; } = "";

    /// <summary>How much is sold, or set aside to be.</summary>
    /// <example>1000</example>
    public string SellTokenAmount { get; init; } = "";

    /// <summary>How much is bought, where that is what was asked for.</summary>
    /// <example>100</example>
    public string? BuyTokenAmount { get; init; }

    /// <summary>How much of the target token is asked for.</summary>
    /// <example>1000</example>
    public NumberText? TargetOrderQty { get; init; }

    /// <summary>How much of it is left.</summary>
    /// <example>1000</example>
    public NumberText? TargetRemainingQty { get; init; }

    /// <summary>The strategy's id.</summary>
    [Is(Shape.Uuid)]
    public string Strategy { get; init; } = "";

    /// <summary>The super strategy's name, where one was asked for.</summary>
    /// <example>Impact Minimization</example>
    public string? SuperStrategy { get; init; }

    /// <summary>The same.</summary>
    /// <example>Impact Minimization</example>
    public string? SuperStrategyName { get; init; }

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    public RawJson StrategyParams { get; init; }

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

    /// <summary>Whether its strategy is a simple one.</summary>
    /// <example>false</example>
    public bool IsSimple { get; init; }

    /// <summary>When it was to end at first.</summary>
    [Is(Shape.Moment)]
    public string? OrigTimeEnd { get; init; }

    /// <summary>Seconds.</summary>
    /// <example>300</example>
    public long Duration { get; init; }

    /// <summary>Ids of the accounts.</summary>
    [Is(Shape.Uuid)]
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Their names.</summary>
    /// <example>["main"]</example>
    public IReadOnlyList<string> AccountNames { get; init; } = [];

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    public IReadOnlyList<string> UniqueVenues { get; init; } = [];

    /// <summary>The wallet.</summary>
    [Is(Shape.Address)]
    public string User { get; init; } = "";
}
