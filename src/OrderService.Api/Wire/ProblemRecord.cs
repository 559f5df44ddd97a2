namespace OrderService.Api.Wire;

/// <summary>A refusal as RFC 9457 has it, for a client that asks for application/problem+json.</summary>
internal sealed record ProblemRecord
{
    /// <summary>Always about:blank: the code says what it is.</summary>
    /// <example>about:blank</example>
    public required string Type { get; init; }

    /// <summary>The name of the status.</summary>
    /// <example>Bad Request</example>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    /// <example>400</example>
    [Bounds(400, 599)]
    public required int Status { get; init; }

    /// <summary>The sentence for people.</summary>
    /// <example>Invalid request: the body must be a JSON object</example>
    public required string Detail { get; init; }

    /// <summary>The refusal in a word, for programs.</summary>
    /// <example>invalid_request</example>
    public required string Code { get; init; }

    /// <summary>Facts by name: the field, the txid, what was expected.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    /// <summary>When it was answered.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }
}
