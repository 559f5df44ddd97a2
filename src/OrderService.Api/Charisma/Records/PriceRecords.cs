using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>
/// What a token costs now. A price as a JSON number has all its digits; the same digits stand beside it as text, for clients whose numbers
/// are floats.
/// </summary>
internal sealed record PriceRecord
{
    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string TokenId { get; init; }

    /// <summary>Its symbol, where it is known.</summary>
    /// <example>STX</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Symbol { get; init; }

    /// <summary>Its name, where it is known.</summary>
    /// <example>Stacks</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Name { get; init; }

    /// <summary>A whole token is 10^decimals base units.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Decimals { get; init; }

    /// <summary>The address of a picture of it, as the venue's list has it; null where it has none.</summary>
    /// <example>https://example.com/stx.png</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Image { get; init; }

    /// <summary>In dollars for a whole token.</summary>
    /// <example>0.8123</example>
    public required NumberText UsdPrice { get; init; }

    /// <summary>The digits of usdPrice.</summary>
    [Is(Shape.Price)]
    public required string UsdPriceExact { get; init; }

    /// <summary>In sBTC for a whole token, where both prices are believed.</summary>
    /// <example>0.0000081</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required NumberText? SbtcRatio { get; init; }

    /// <summary>Always 1: what is not believed is not told.</summary>
    /// <example>1</example>
    public required int Confidence { get; init; }

    /// <summary>When it was believed, in Unix milliseconds.</summary>
    /// <example>1893499200000</example>
    [Bounds(0)]
    public required long LastUpdated { get; init; }

    /// <summary>Always 0: no price here is made of pools.</summary>
    /// <example>0</example>
    public required int TotalLiquidity { get; init; }

    /// <summary>Always false.</summary>
    /// <example>false</example>
    public required bool IsLpToken { get; init; }

    /// <summary>Always null.</summary>
    /// <example>0.8</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required NumberText? IntrinsicValue { get; init; }

    /// <summary>The same as usdPrice.</summary>
    /// <example>0.8123</example>
    public required NumberText MarketPrice { get; init; }

    /// <summary>Where details were asked for.</summary>
    public PriceDetailsRecord? CalculationDetails { get; init; }
}

/// <summary>Where a price comes from.</summary>
internal sealed record PriceDetailsRecord
{
    /// <summary>Who told it.</summary>
    /// <example>simulated</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? PriceSource { get; init; }

    /// <summary>Always 1.</summary>
    /// <example>1</example>
    public required int IterationsToConverge { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    public required int FinalConvergencePercent { get; init; }

    /// <summary>When it was believed.</summary>
    [Is(Shape.Moment)]
    public required string CalculatedAt { get; init; }
}

/// <summary>Prices.</summary>
internal sealed record PriceListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The prices.</summary>
    public required IReadOnlyList<PriceRecord> Data { get; init; }

    /// <summary>What the list is.</summary>
    public required PriceListFactsRecord Metadata { get; init; }
}

/// <summary>What a list of prices is.</summary>
internal sealed record PriceListFactsRecord
{
    /// <summary>Prices in it.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Count { get; init; }

    /// <summary>Tokens that are known here.</summary>
    /// <example>9</example>
    [Bounds(0)]
    public required int TotalTokensAvailable { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public required long ProcessingTimeMs { get; init; }

    /// <summary>Always false.</summary>
    /// <example>false</example>
    public required bool LakehouseData { get; init; }

    /// <summary>When the latest was believed.</summary>
    [Is(Shape.Moment)]
    public required string LastUpdated { get; init; }

    /// <summary>What was asked for.</summary>
    public required PriceQueryRecord QueryParams { get; init; }
}

/// <summary>What prices were asked for.</summary>
internal sealed record PriceQueryRecord
{
    /// <summary>Only this token.</summary>
    [Is(Shape.Token)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Token { get; init; }

    /// <summary>At most so many.</summary>
    /// <example>100</example>
    [Bounds(1, Engine.Pricing.ListPrices.LimitMax)]
    public required int Limit { get; init; }

    /// <summary>Only from this price on, in dollars.</summary>
    /// <example>0</example>
    public required NumberText MinPrice { get; init; }
}

/// <summary>A price's history.</summary>
internal sealed record CandleListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The candles, oldest first.</summary>
    public required IReadOnlyList<CandleRecord> Data { get; init; }

    /// <summary>What the list is.</summary>
    public required CandleListFactsRecord Metadata { get; init; }
}

/// <summary>The prices of one interval, in dollars for a whole token.</summary>
internal sealed record CandleRecord
{
    /// <summary>Where the interval begins.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }

    /// <summary>The first.</summary>
    /// <example>0.81</example>
    public required NumberText Open { get; init; }

    /// <summary>The digits of open.</summary>
    [Is(Shape.Price)]
    public required string OpenExact { get; init; }

    /// <summary>The highest.</summary>
    /// <example>0.8123</example>
    public required NumberText High { get; init; }

    /// <summary>The digits of high.</summary>
    [Is(Shape.Price)]
    public required string HighExact { get; init; }

    /// <summary>The lowest.</summary>
    /// <example>0.8099</example>
    public required NumberText Low { get; init; }

    /// <summary>The digits of low.</summary>
    [Is(Shape.Price)]
    public required string LowExact { get; init; }

    /// <summary>The last.</summary>
    /// <example>0.8123</example>
    public required NumberText Close { get; init; }

    /// <summary>The digits of close.</summary>
    [Is(Shape.Price)]
    public required string CloseExact { get; init; }

    /// <summary>How many prices it is made of.</summary>
    /// <example>30</example>
    [Bounds(1)]
    public required long Points { get; init; }
}

/// <summary>What a list of candles is.</summary>
internal sealed record CandleListFactsRecord
{
    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string TokenId { get; init; }

    /// <summary>How long an interval is.</summary>
    [Words("1s", "1m", "5m", "15m", "1h", "4h", "1d")]
    public required string Interval { get; init; }

    /// <summary>From this moment.</summary>
    [Is(Shape.Moment)]
    public required string From { get; init; }

    /// <summary>Up to this moment, which is not included.</summary>
    [Is(Shape.Moment)]
    public required string To { get; init; }

    /// <summary>Candles in it.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Count { get; init; }
}
