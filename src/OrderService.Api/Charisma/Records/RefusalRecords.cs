using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>A refusal.</summary>
internal sealed record RefusalRecord
{
    /// <summary>The sentence for people.</summary>
    /// <example>amountIn must be integer numeric string, in base units</example>
    public required string Error { get; init; }

    /// <summary>The refusal in a word, for programs.</summary>
    /// <example>invalid_field</example>
    public required string Code { get; init; }

    /// <summary>Facts by name: the field, the txid, what was expected.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    /// <summary>When it was answered.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }
}

/// <summary>A refusal of the quote route.</summary>
internal sealed record QuoteRefusalRecord
{
    /// <summary>Always false.</summary>
    /// <example>false</example>
    public required bool Success { get; init; }

    /// <summary>The sentence for people.</summary>
    /// <example>Missing tokenIn parameter</example>
    public required string Error { get; init; }

    /// <summary>The refusal in a word, for programs.</summary>
    /// <example>invalid_field</example>
    public required string Code { get; init; }

    /// <summary>Facts by name.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    /// <summary>When it was answered.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }
}

/// <summary>A token of a price route's path that is not known.</summary>
internal sealed record UnknownTokenRecord
{
    /// <summary>Always error.</summary>
    [Words("error")]
    public required string Status { get; init; }

    /// <summary>The sentence for people.</summary>
    /// <example>Token not found</example>
    public required string Error { get; init; }

    /// <summary>What is missing.</summary>
    /// <example>No price data available for token: no-token</example>
    public required string Message { get; init; }

    /// <summary>Always unknown_token.</summary>
    [Words("unknown_token")]
    public required string Code { get; init; }

    /// <summary>When it was answered.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }
}
