using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Events;

/// <summary>A page of the log.</summary>
internal sealed record EventPageRecord
{
    /// <summary>Which log: another one after the store was restored to an earlier moment.</summary>
    /// <example>7d3f9c0a51b2e684</example>
    public required string Log { get; init; }

    /// <summary>The position of the latest event that can be read.</summary>
    /// <example>57</example>
    [Bounds(0)]
    public required long Head { get; init; }

    /// <summary>What to send as after for the next.</summary>
    /// <example>7d3f9c0a51b2e684-57</example>
    public required string Next { get; init; }

    /// <summary>The events, oldest first.</summary>
    public required IReadOnlyList<EventRecord> Events { get; init; }
}

/// <summary>Something that happened.</summary>
internal sealed record EventRecord
{
    /// <summary>Where it stands in the log: 1, 2, 3 …</summary>
    /// <example>42</example>
    [Bounds(1)]
    public required long Position { get; init; }

    /// <summary>What happened, in a word.</summary>
    /// <example>broadcast</example>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string At { get; init; }

    /// <summary>Whose doing it was.</summary>
    /// <example>system</example>
    public required string Actor { get; init; }

    /// <summary>Whose it is.</summary>
    [Is(Shape.Address)]
    public string? Owner { get; init; }

    /// <summary>The order that it is about, by the id of its dialect.</summary>
    /// <example>550e8400-e29b-41d4-a716-446655440000</example>
    public string? Order { get; init; }

    /// <summary>The API that this order came by.</summary>
    /// <example>charisma</example>
    [OrNull]
    public TextOrNull? Dialect { get; init; }

    /// <summary>The group that the order is a leg of.</summary>
    [Is(Shape.Uuid)]
    public string? GroupId { get; init; }

    /// <summary>Which leg of it.</summary>
    /// <example>1</example>
    [Bounds(1, 3)]
    public int? Leg { get; init; }

    /// <summary>Where the order stands after it.</summary>
    /// <example>open</example>
    public string? OrderStatus { get; init; }

    /// <summary>How much of what it sells was swapped by then, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public string? OrderFilled { get; init; }

    /// <summary>Why it stands there, in a word.</summary>
    /// <example>insufficient_balance</example>
    public string? OrderReason { get; init; }

    /// <summary>Which slice of it.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public int? Slice { get; init; }

    /// <summary>Facts by name, which depend on the kind.</summary>
    public RawJson? Facts { get; init; }
}
