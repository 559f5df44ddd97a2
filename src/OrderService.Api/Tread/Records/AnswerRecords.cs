using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>A page of orders.</summary>
[SnakeCase]
internal sealed record PageRecord<T>
{
    /// <summary>The orders, newest first.</summary>
    public required IReadOnlyList<T> Orders { get; init; }

    /// <summary>This page, from 1.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public required int PageNumber { get; init; }

    /// <summary>Orders on a page.</summary>
    /// <example>100</example>
    [Bounds(1, OrdersQuery.PageSizeMax)]
    public required int PageSize { get; init; }

    /// <summary>How many pages there are.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public required int NumPages { get; init; }

    /// <summary>How many orders there are.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int OrderCount { get; init; }
}

/// <summary>What has not ended.</summary>
[SnakeCase]
internal sealed record OpenListRecord
{
    /// <summary>The orders, newest first.</summary>
    public required IReadOnlyList<OpenRecord> Orders { get; init; }

    /// <summary>How many.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int OrderCount { get; init; }
}

/// <summary>Something to say about an order.</summary>
[SnakeCase]
internal sealed record OrderMessageRecord
{
    /// <summary>The sentence.</summary>
    /// <example>Order received; account main pays</example>
    public required string Message { get; init; }

    /// <summary>How grave it is.</summary>
    /// <example>INFO</example>
    public required string MessageType { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string? CreatedAt { get; init; }
}

/// <summary>A sentence.</summary>
[SnakeCase]
internal sealed record MessageRecord
{
    /// <summary>The sentence.</summary>
    /// <example>Successfully paused order.</example>
    public required string Message { get; init; }
}

/// <summary>A refusal.</summary>
[SnakeCase]
internal sealed record ErrorRecord
{
    /// <summary>The sentence.</summary>
    /// <example>Order is not running.</example>
    public required string Error { get; init; }
}

/// <summary>A refusal with everything that is wrong.</summary>
[SnakeCase]
internal sealed record ErrorsRecord
{
    /// <summary>The sentences.</summary>
    /// <example>["Invalid order data"]</example>
    public required IReadOnlyList<string> Errors { get; init; }
}

/// <summary>A refusal of whoever asks.</summary>
[SnakeCase]
internal sealed record DetailRecord
{
    /// <summary>The sentence.</summary>
    /// <example>Invalid token.</example>
    public required string Detail { get; init; }
}

/// <summary>A condition in both notations.</summary>
[SnakeCase]
internal sealed record BothNotationsRecord
{
    /// <summary>In RPN.</summary>
    /// <example>CHA-sUSDT@simulated 0.05 &lt;=</example>
    public required string OrderCondition { get; init; }

    /// <summary>In infix.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    public required string OrderConditionNormal { get; init; }
}

/// <summary>What an order may ask for.</summary>
[SnakeCase]
internal sealed record StrategiesRecord
{
    /// <summary>The strategies.</summary>
    public required IReadOnlyList<StrategyRecord> Strategies { get; init; }

    /// <summary>Names for strategies with their settings.</summary>
    public required IReadOnlyList<SuperStrategyRecord> SuperStrategies { get; init; }
}

/// <summary>A strategy.</summary>
[SnakeCase]
internal sealed record StrategyRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    /// <example>TWAP</example>
    public required string Name { get; init; }

    /// <summary>Whether it needs no duration.</summary>
    /// <example>false</example>
    public required bool IsSimple { get; init; }
}

/// <summary>A name for a strategy with its settings.</summary>
[SnakeCase]
internal sealed record SuperStrategyRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    /// <example>Impact Minimization</example>
    public required string Name { get; init; }

    /// <summary>The strategy.</summary>
    [Is(Shape.Uuid)]
    public required string StrategyId { get; init; }
}

/// <summary>What can be traded.</summary>
[SnakeCase]
internal sealed record PairListRecord
{
    /// <summary>The pairs.</summary>
    public required IReadOnlyList<PairRecord> Pairs { get; init; }
}

/// <summary>A pair.</summary>
[SnakeCase]
internal sealed record PairRecord
{
    /// <summary>BASE-QUOTE.</summary>
    /// <example>CHA-sUSDT</example>
    public required string Name { get; init; }

    /// <summary>The base token's symbol.</summary>
    /// <example>CHA</example>
    public required string Base { get; init; }

    /// <summary>The quote token's symbol.</summary>
    /// <example>sUSDT</example>
    public required string Quote { get; init; }

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    public required IReadOnlyList<string> Exchanges { get; init; }

    /// <summary>Always false.</summary>
    /// <example>false</example>
    public required bool IsContract { get; init; }

    /// <summary>Always false.</summary>
    /// <example>false</example>
    public required bool IsInverse { get; init; }

    /// <summary>Always spot.</summary>
    [Words("spot")]
    public required string MarketType { get; init; }

    /// <summary>The address of a picture of the base token, an addition of this service; missing where the venue's list has none.</summary>
    /// <example>https://example.com/cha.png</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BaseImage { get; init; }

    /// <summary>The same of the quote token.</summary>
    /// <example>https://example.com/susdt.png</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QuoteImage { get; init; }
}

/// <summary>What the socket tells of an order.</summary>
[SnakeCase]
internal sealed record UpdateRecord
{
    /// <summary>Always order_update.</summary>
    public required string Type { get; init; }

    /// <summary>Where it stands in the log.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required UpdateDataRecord Data { get; init; }
}

/// <summary>What happened to an order.</summary>
[SnakeCase]
internal sealed record UpdateDataRecord
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>What happened, in a word.</summary>
    public required string UpdateType { get; init; }

    /// <summary>The order as it is now.</summary>
    public required OrderDetailRecord Order { get; init; }
}
