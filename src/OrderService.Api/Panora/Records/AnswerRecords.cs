using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora.Records;

/// <summary>A number of periods as it was given.</summary>
internal sealed record GivenSpanRecord
{
    /// <summary>How many.</summary>
    /// <example>1</example>
    public required string Value { get; init; }

    /// <summary>Of which length.</summary>
    [Words("minute", "hour", "day", "week", "month")]
    public required string TimePeriod { get; init; }
}

/// <summary>A token.</summary>
internal sealed record TokenRecord
{
    /// <summary>Its contract, or .stx.</summary>
    [Is(Shape.Token)]
    public required string Address { get; init; }

    /// <summary>Its name.</summary>
    /// <example>Stacks</example>
    public required string Name { get; init; }

    /// <summary>Its symbol.</summary>
    /// <example>STX</example>
    public required string Symbol { get; init; }

    /// <summary>Its decimals.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    public required int Decimals { get; init; }

    /// <summary>The address of a picture, where the venue's list has one.</summary>
    /// <example>https://pictures.example/stx.png</example>
    public string? LogoUrl { get; init; }
}

/// <summary>Something that happened to an order.</summary>
internal sealed record TxDetailRecord
{
    /// <summary>The transaction; of the order's creation the order's id, and where no transaction tells of it an id of its own.</summary>
    [Is(Shape.TxId)]
    public required string TxId { get; init; }

    /// <summary>Whether txId is a transaction of the chain.</summary>
    /// <example>true</example>
    public required bool OnChain { get; init; }

    /// <summary>Which part, from 1; 0 for the order itself.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int TxNumber { get; init; }

    /// <summary>What happened.</summary>
    [Words(TxHistory.Created, TxHistory.Filled, TxHistory.Attempted, TxHistory.Failed, TxHistory.Cancelled)]
    public required string Type { get; init; }

    /// <summary>Which try of the part, from 1.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int AttemptNumber { get; init; }

    /// <summary>Sold, in whole tokens.</summary>
    [Is(Shape.WholeTokens)]
    public required string FromTokenAmount { get; init; }

    /// <summary>Its worth in dollars at that moment; null where no price is known.</summary>
    [Is(Shape.WholeTokens)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? FromTokenAmountUSD { get; init; }

    /// <summary>Bought, in whole tokens.</summary>
    [Is(Shape.WholeTokens)]
    public required string ToTokenAmount { get; init; }

    /// <summary>Its worth in dollars at that moment; null where no price is known.</summary>
    [Is(Shape.WholeTokens)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? ToTokenAmountUSD { get; init; }

    /// <summary>Always 0: the account that sends pays.</summary>
    [Is(Shape.WholeTokens)]
    public required string FeeTokenAmount { get; init; }

    /// <summary>Always 0.</summary>
    [Is(Shape.WholeTokens)]
    public required string FeeTokenAmountUSD { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string Time { get; init; }

    /// <summary>Of a fill: sold tokens for one bought token.</summary>
    [Is(Shape.WholeTokens)]
    public string? PriceFromTokenPerToToken { get; init; }

    /// <summary>Of a fill: bought tokens for one sold token.</summary>
    [Is(Shape.WholeTokens)]
    public string? PriceToTokenPerFromToken { get; init; }

    /// <summary>Why it failed, in a word.</summary>
    /// <example>no_route</example>
    public string? Reason { get; init; }
}

/// <summary>A page of a wallet's orders.</summary>
internal sealed record OrderPageRecord<T>
{
    /// <summary>The venue's chain.</summary>
    /// <example>2147483648</example>
    [Bounds(0, uint.MaxValue)]
    public required long ChainId { get; init; }

    /// <summary>Whom the orders pay.</summary>
    [Is(Shape.Principal)]
    public required string ToWalletAddress { get; init; }

    /// <summary>This page, from 1.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public required int PageNumber { get; init; }

    /// <summary>How many pages there are; 0 without orders.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required long TotalPages { get; init; }

    /// <summary>The orders, newest first.</summary>
    public required IReadOnlyList<T> Orders { get; init; }
}

/// <summary>A refusal.</summary>
internal sealed record RefusalRecord
{
    /// <summary>The HTTP status.</summary>
    /// <example>400</example>
    [Bounds(400, 599)]
    public required int StatusCode { get; init; }

    /// <summary>The sentence for people.</summary>
    /// <example>toTokenAddress is missing</example>
    public required string Message { get; init; }

    /// <summary>The name of the status.</summary>
    /// <example>Bad Request</example>
    public required string Error { get; init; }

    /// <summary>Which field is wrong.</summary>
    /// <example>toTokenAddress</example>
    public string? Field { get; init; }

    /// <summary>The refusal in a word, for programs.</summary>
    /// <example>missing_field</example>
    public required string Code { get; init; }

    /// <summary>Facts by name.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }
}
