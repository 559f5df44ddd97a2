using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Explain;

/// <summary>Why an order stands where it does.</summary>
internal sealed record ExplanationRecord
{
    /// <summary>One sentence for a person.</summary>
    /// <example>It waits for STX at 1000 USD or more; it is at 0.8123 USD now.</example>
    public required string Sentence { get; init; }

    /// <summary>What it waits for, in a word; left out where it has ended.</summary>
    /// <example>price</example>
    public string? WaitingFor { get; init; }

    /// <summary>What has to be so before it is swapped, one by one; none where it has ended.</summary>
    public required IReadOnlyList<GateRecord> Gates { get; init; }

    /// <summary>What has to change, of each gate that is closed.</summary>
    /// <example>["STX costs 1000 USD or more."]</example>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>
    /// Each time that it was due and what came of it, oldest first, the latest hundred. What was tried again for the same reason as before
    /// is told once.
    /// </summary>
    public required IReadOnlyList<DueTimeRecord> Due { get; init; }
}

/// <summary>One thing that has to be so before an order is swapped.</summary>
internal sealed record GateRecord
{
    /// <summary>Which.</summary>
    /// <example>price</example>
    public required string Name { get; init; }

    /// <summary>Whether it is so now; left out where nobody can tell.</summary>
    /// <example>false</example>
    public bool? Open { get; init; }

    /// <summary>A sentence.</summary>
    /// <example>It waits for STX at 1000 USD or more; it is at 0.8123 USD now.</example>
    public required string Says { get; init; }

    /// <summary>What has to change before it opens.</summary>
    /// <example>STX costs 1000 USD or more.</example>
    public string? Change { get; init; }

    /// <summary>What it rests on, by name: amounts in base units, prices, moments, all as text.</summary>
    public Dictionary<string, string>? Figures { get; init; }
}

/// <summary>A time at which an order was due.</summary>
internal sealed record DueTimeRecord
{
    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string At { get; init; }

    /// <summary>Which slice of it, from 1.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public required int Slice { get; init; }

    /// <summary>What made it due: a price, the time, a call, or that it was tried again.</summary>
    [Words("price", "time", "call", "again")]
    public required string By { get; init; }

    /// <summary>The believed price of conditionToken, in dollars.</summary>
    [Is(Shape.Price)]
    public string? WatchedPrice { get; init; }

    /// <summary>The believed price of baseAsset, in dollars.</summary>
    [Is(Shape.Price)]
    public string? BasePrice { get; init; }

    /// <summary>Who told these.</summary>
    /// <example>simulated</example>
    public string? PriceSources { get; init; }

    /// <summary>What came of it until now, as an event's kind; left out while nothing has.</summary>
    /// <example>backed_off</example>
    public string? Outcome { get; init; }

    /// <summary>When that was.</summary>
    [Is(Shape.Moment)]
    public string? OutcomeAt { get; init; }

    /// <summary>Why, in a word.</summary>
    /// <example>insufficient_balance</example>
    public string? Reason { get; init; }

    /// <summary>The transaction.</summary>
    [Is(Shape.TxId)]
    public string? Txid { get; init; }
}
