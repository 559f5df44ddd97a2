using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;

namespace OrderService.Api.Tread.Records;

/// <summary>
/// A new order. Exactly one of base_asset_qty, quote_asset_qty and sell_token_amount sizes it. Decimals may be JSON numbers or text; null
/// is absent.
/// </summary>
[SnakeCase]
internal sealed record NewOrderRecord : RequestRecord
{
    /// <summary>BASE-QUOTE; its price is quote for one base.</summary>
    /// <example>CHA-sUSDT</example>
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    public required Given<string> Pair { get; init; }

    /// <summary>buy or sell, in either case.</summary>
    [Words("buy", "sell")]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadSide))]
    public required Given<TradeSide> Side { get; init; }

    /// <summary>Names of managed accounts of the wallet; the first one pays.</summary>
    /// <example>["main"]</example>
    public required Given<IReadOnlyList<string?>> Accounts { get; init; }

    /// <summary>How it runs: the name or the id of a strategy.</summary>
    /// <example>TWAP</example>
    [Is(Shape.Text)]
    public required Given<JsonElement> Strategy { get; init; }

    /// <summary>A name for a strategy with its settings.</summary>
    /// <example>Impact Minimization</example>
    [Is(Shape.Text)]
    public Given<JsonElement> SuperStrategy { get; init; }

    /// <summary>Seconds; needed but by the simple strategies and with pov_target.</summary>
    /// <example>3600</example>
    [Is(Shape.LooseWhole)]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    public Given<long> Duration { get; init; }

    /// <summary>How much of the base token, in whole tokens, more than 0.</summary>
    /// <example>100</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> BaseAssetQty { get; init; }

    /// <summary>How much of the quote token, in whole tokens, more than 0.</summary>
    /// <example>10</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> QuoteAssetQty { get; init; }

    /// <summary>How much of the sold token, in whole tokens, more than 0.</summary>
    /// <example>10</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> SellTokenAmount { get; init; }

    /// <summary>How patient each swap is.</summary>
    /// <example>0.02</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> EnginePassiveness { get; init; }

    /// <summary>How far it may stray from its curve.</summary>
    /// <example>0.06</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> ScheduleDiscretion { get; init; }

    /// <summary>Below 0 late, above 0 early.</summary>
    /// <example>0</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> AlphaTilt { get; init; }

    /// <summary>The most of the market's volume that it may be.</summary>
    /// <example>0.1</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> PovLimit { get; init; }

    /// <summary>The part of the market's volume that it aims at; its duration is what that needs.</summary>
    /// <example>0.1</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> PovTarget { get; init; }

    /// <summary>
    /// The most that is paid or the least that is taken, in quote for one base: a decimal above 0, or an expression that is looked at anew.
    /// </summary>
    /// <example>0.05</example>
    [Is(Shape.Expression)]
    public Given<JsonElement> LimitPrice { get; init; }

    /// <summary>true where limit_price is in base for one quote.</summary>
    /// <example>false</example>
    public Given<bool> IsReverseLimitPrice { get; init; }

    /// <summary>Not before: ISO 8601 or Unix milliseconds, at most 366 days ahead.</summary>
    [Is(Shape.LooseMoment)]
    [ReadBy(typeof(TreadTime), nameof(TreadTime.TryRead))]
    public Given<DateTimeOffset> StartDatetime { get; init; }

    /// <summary>It starts once this holds; infix or RPN.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    [Is(Shape.Text)]
    public Given<JsonElement> OrderCondition { get; init; }

    /// <summary>Variables of the condition by name.</summary>
    [Is(Shape.Fields)]
    public Given<JsonElement> OrderConditionVars { get; init; }

    /// <summary>It ends where the condition did not hold until then.</summary>
    [Is(Shape.LooseMoment)]
    [ReadBy(typeof(TreadTime), nameof(TreadTime.TryRead))]
    public Given<DateTimeOffset> OrderConditionExpiry { get; init; }

    /// <summary>Kept and shown; -1 is none.</summary>
    /// <example>-1</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> StopPrice { get; init; }

    /// <summary>Flags of the strategy, and max_clip_size.</summary>
    [Is(Shape.Fields)]
    public Given<JsonElement> StrategyParams { get; init; }

    /// <summary>How many slices an Iceberg has.</summary>
    /// <example>5</example>
    [Is(Shape.LooseWhole)]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    public Given<long> OrderSlices { get; init; }

    /// <summary>Kept and shown.</summary>
    /// <example>0</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> MaxOtc { get; init; }

    /// <summary>Kept.</summary>
    /// <example>0.02</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> ExposureTolerance { get; init; }

    /// <summary>What the quantity is of; must be what the quantity field says.</summary>
    [Words("base", "quote")]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    public Given<string> TargetAsset { get; init; }

    /// <summary>Kept and shown.</summary>
    [Words("long", "short")]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    public Given<string> PosSide { get; init; }

    /// <summary>1: nothing here is leveraged.</summary>
    /// <example>1</example>
    [Is(Shape.LooseWhole)]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    public Given<long> UpdatedLeverage { get; init; }

    /// <summary>Your own id.</summary>
    /// <example>my-1</example>
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    public Given<string> CustomOrderId { get; init; }

    /// <summary>Your own words.</summary>
    /// <example>a note</example>
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    public Given<string> Notes { get; init; }

    /// <summary>Kept and shown.</summary>
    /// <example>0</example>
    [Is(Shape.LooseWhole)]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    public Given<long> ChaseDecay { get; init; }

    /// <summary>Kept and shown: an object of at most 4 KiB.</summary>
    [Is(Shape.Fields)]
    public Given<JsonElement> AutoOrderMetadata { get; init; }

    /// <summary>The last three are of venues that this one is not.</summary>
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    internal Given<string> MarketType { get; init; }

    internal Given<JsonElement> ExitConditions { get; init; }

    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    internal Given<long> ScaleOrderCount { get; init; }

    /// <summary>What its texts mean to this service.</summary>
    internal NewOrderTexts Texts { get; private set; } = null!;

    /// <summary>The quantities that are given: it takes one.</summary>
    internal IReadOnlyList<SizedBy> Sizes =>
        [.. new[] { (BaseAssetQty.IsGiven, SizedBy.BaseQty), (QuoteAssetQty.IsGiven, SizedBy.QuoteQty),
            (SellTokenAmount.IsGiven, SizedBy.SellAmount) }.Where(q => q.IsGiven).Select(q => q.Item2)];

    /// <summary>The quantity.</summary>
    internal Given<GivenDecimal> Quantity => Sizes[0] switch
    {
        SizedBy.BaseQty => BaseAssetQty,
        SizedBy.QuoteQty => QuoteAssetQty,
        _ => SellTokenAmount,
    };

    /// <summary>True where the quantity is of the base token.</summary>
    internal bool IsOfBase =>
        Sizes[0] == SizedBy.BaseQty || (Sizes[0] == SizedBy.SellAmount && Side is { IsRead: true, Value: TradeSide.Sell });

    /// <inheritdoc/>
    internal override void Meet(HttpContext context) => Texts = context.RequestServices.GetRequiredService<NewOrderReader>().Read(this);
}
