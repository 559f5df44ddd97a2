using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>A new order. Exactly one of base_asset_qty, quote_asset_qty and sell_token_amount sizes it. Decimals may be JSON numbers or text; null is absent.</summary>
[SnakeCase]
internal sealed record NewOrderRecord
{
    /// <summary>BASE-QUOTE; its price is quote for one base.</summary>
    /// <example>CHA-sUSDT</example>
    public required string Pair { get; init; }

    /// <summary>buy or sell, in either case.</summary>
    [Words("buy", "sell")]
    public required string Side { get; init; }

    /// <summary>Names of managed accounts of the wallet; the first one pays.</summary>
    /// <example>["main"]</example>
    [Count(1, TreadBounds.AccountsMax)]
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>How it runs: the name or the id of a strategy.</summary>
    /// <example>TWAP</example>
    public required string Strategy { get; init; }

    /// <summary>A name for a strategy with its settings.</summary>
    /// <example>Impact Minimization</example>
    public string? SuperStrategy { get; init; }

    /// <summary>Seconds; needed but by the simple strategies and with pov_target.</summary>
    /// <example>3600</example>
    [Is(Shape.LooseWhole)]
    [Bounds(TreadBounds.DurationMin, TreadBounds.DurationMax)]
    public object? Duration { get; init; }

    /// <summary>How much of the base token, in whole tokens, more than 0.</summary>
    /// <example>100</example>
    [Is(Shape.LooseNumber)]
    public object? BaseAssetQty { get; init; }

    /// <summary>How much of the quote token, in whole tokens, more than 0.</summary>
    /// <example>10</example>
    [Is(Shape.LooseNumber)]
    public object? QuoteAssetQty { get; init; }

    /// <summary>How much of the sold token, in whole tokens, more than 0.</summary>
    /// <example>10</example>
    [Is(Shape.LooseNumber)]
    public object? SellTokenAmount { get; init; }

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Zero, TreadBounds.One)]
    public object? EnginePassiveness { get; init; }

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Least, TreadBounds.DiscretionMax)]
    public object? ScheduleDiscretion { get; init; }

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(-TreadBounds.One, TreadBounds.One)]
    public object? AlphaTilt { get; init; }

    /// <summary>The most of the market's volume that it may be.</summary>
    /// <example>0.1</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Zero, TreadBounds.One, isAbove: true)]
    public object? PovLimit { get; init; }

    /// <summary>The part of the market's volume that it aims at; its duration is what that needs.</summary>
    /// <example>0.1</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Zero, TreadBounds.One, isAbove: true)]
    public object? PovTarget { get; init; }

    /// <summary>The most that is paid or the least that is taken, in quote for one base: a decimal above 0, or an expression that is looked at anew.</summary>
    /// <example>0.05</example>
    [Is(Shape.Expression)]
    public object? LimitPrice { get; init; }

    /// <summary>true where limit_price is in base for one quote.</summary>
    /// <example>false</example>
    public bool? IsReverseLimitPrice { get; init; }

    /// <summary>Not before: ISO 8601 or Unix milliseconds, at most 366 days ahead.</summary>
    [Is(Shape.LooseMoment)]
    public object? StartDatetime { get; init; }

    /// <summary>It starts once this holds; infix or RPN.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    public string? OrderCondition { get; init; }

    /// <summary>Variables of the condition by name.</summary>
    public Dictionary<string, object>? OrderConditionVars { get; init; }

    /// <summary>It ends where the condition did not hold until then.</summary>
    [Is(Shape.LooseMoment)]
    public object? OrderConditionExpiry { get; init; }

    /// <summary>Kept and shown; -1 is none.</summary>
    /// <example>-1</example>
    [Is(Shape.LooseNumber)]
    public object? StopPrice { get; init; }

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    public Dictionary<string, object>? StrategyParams { get; init; }

    /// <summary>How many slices an Iceberg has.</summary>
    /// <example>5</example>
    [Is(Shape.LooseWhole)]
    [Bounds(1, TreadBounds.SlicesMax)]
    public object? OrderSlices { get; init; }

    /// <summary>Kept and shown.</summary>
    /// <example>0</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Zero, TreadBounds.One)]
    public object? MaxOtc { get; init; }

    /// <summary>Kept.</summary>
    /// <example>0.02</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Least, TreadBounds.One)]
    public object? ExposureTolerance { get; init; }

    /// <summary>What the quantity is of; must be what the quantity field says.</summary>
    [Words("base", "quote")]
    public string? TargetAsset { get; init; }

    /// <summary>Kept and shown.</summary>
    [Words("long", "short")]
    public string? PosSide { get; init; }

    /// <summary>1: nothing here is leveraged.</summary>
    /// <example>1</example>
    [Is(Shape.LooseWhole)]
    [Bounds(1, 1)]
    public object? UpdatedLeverage { get; init; }

    /// <summary>Your own id.</summary>
    /// <example>my-1</example>
    [Count(0, TreadBounds.CustomIdMax)]
    public string? CustomOrderId { get; init; }

    /// <summary>Your own words.</summary>
    /// <example>a note</example>
    [Count(0, TreadBounds.NotesMax)]
    public string? Notes { get; init; }

    /// <summary>Kept and shown.</summary>
    /// <example>0</example>
    [Is(Shape.LooseWhole)]
    public object? ChaseDecay { get; init; }

    /// <summary>Kept and shown: an object of at most 4 KiB.</summary>
    public Dictionary<string, object>? AutoOrderMetadata { get; init; }
}

/// <summary>Which order.</summary>
[SnakeCase]
internal sealed record OrderIdRecord
{
    /// <summary>Its id, hyphenated or 32 hex digits.</summary>
    /// <example>a13f34c2-7529-4ed9-97cb-f52f9daea4a0</example>
    public required string OrderId { get; init; }
}

/// <summary>Which order is paused, and when it goes on by itself.</summary>
[SnakeCase]
internal sealed record PauseRecord
{
    /// <summary>Its id, hyphenated or 32 hex digits.</summary>
    /// <example>a13f34c2-7529-4ed9-97cb-f52f9daea4a0</example>
    public required string OrderId { get; init; }

    /// <summary>It resumes by itself once this holds.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    public string? ResumeCondition { get; init; }
}

/// <summary>What of an order is changed.</summary>
[SnakeCase]
internal sealed record AmendRecord
{
    /// <summary>Its id, hyphenated or 32 hex digits.</summary>
    /// <example>a13f34c2-7529-4ed9-97cb-f52f9daea4a0</example>
    public required string OrderId { get; init; }

    /// <summary>At least one change.</summary>
    public required ChangesRecord Changes { get; init; }
}

/// <summary>The fields that can be changed; one of the two quantities at most.</summary>
[SnakeCase]
internal sealed record ChangesRecord
{
    /// <summary>How much of the base token in all.</summary>
    /// <example>200</example>
    [Is(Shape.LooseNumber)]
    public object? BaseAssetQty { get; init; }

    /// <summary>How much of the quote token in all.</summary>
    /// <example>20</example>
    [Is(Shape.LooseNumber)]
    public object? QuoteAssetQty { get; init; }

    /// <summary>Seconds in all.</summary>
    /// <example>7200</example>
    [Is(Shape.LooseWhole)]
    [Bounds(TreadBounds.DurationMin, TreadBounds.DurationMax)]
    public object? Duration { get; init; }

    /// <summary>The part of the market's volume that it aims at.</summary>
    /// <example>0.2</example>
    [Is(Shape.LooseNumber)]
    [Thousandths(TreadBounds.Zero, TreadBounds.One, isAbove: true)]
    public object? PovTarget { get; init; }

    /// <summary>The limit, as of a new order; null takes it away.</summary>
    /// <example>0.01</example>
    [Is(Shape.Expression)]
    [OrNull]
    public object? LimitPrice { get; init; }

    /// <summary>The largest notional of a slice, in the quote token; null takes it away.</summary>
    /// <example>100</example>
    [Is(Shape.LooseNumber)]
    [OrNull]
    public object? MaxClipSize { get; init; }
}

/// <summary>Whose orders are cancelled.</summary>
[SnakeCase]
internal sealed record CancelAllRecord
{
    /// <summary>Only orders that name one of these accounts, with commas.</summary>
    /// <example>main</example>
    public string? AccountNames { get; init; }
}

/// <summary>Orders by id.</summary>
[SnakeCase]
internal sealed record OrderIdsRecord
{
    /// <summary>Their ids.</summary>
    /// <example>["a13f34c2-7529-4ed9-97cb-f52f9daea4a0"]</example>
    [Count(1, GetOrderErrors.IdsMax)]
    public required IReadOnlyList<string> OrderIds { get; init; }
}

/// <summary>A condition.</summary>
[SnakeCase]
internal sealed record ConditionRecord
{
    /// <summary>In infix or RPN.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    public required string OrderCondition { get; init; }
}
