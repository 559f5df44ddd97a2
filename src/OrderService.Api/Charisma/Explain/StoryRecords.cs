using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Explain;

/// <summary>An order's story, or a page of it.</summary>
internal sealed record StoryRecord
{
    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<StoryEventRecord> Events { get; init; }

    /// <summary>The transactions that these events begin, with what became of each until now.</summary>
    public required IReadOnlyList<StoryAttemptRecord> Attempts { get; init; }

    /// <summary>What to send as after for the rest; left out at the end.</summary>
    /// <example>184</example>
    [Bounds(1)]
    public long? Next { get; init; }
}

/// <summary>Something that happened to an order.</summary>
internal sealed record StoryEventRecord
{
    /// <summary>Its place in the story: higher than those before, with gaps.</summary>
    /// <example>181</example>
    [Bounds(1)]
    public required long Sequence { get; init; }

    /// <summary>What happened, in a word.</summary>
    /// <example>broadcast</example>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string At { get; init; }

    /// <summary>Whose doing it was.</summary>
    /// <example>system</example>
    public required string Actor { get; init; }

    /// <summary>Where the order stood after it.</summary>
    /// <example>open</example>
    public string? OrderStatus { get; init; }

    /// <summary>How much of what it sells was swapped by then, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public string? OrderFilled { get; init; }

    /// <summary>Why it stood there, in a word.</summary>
    /// <example>expired</example>
    public string? OrderReason { get; init; }

    /// <summary>Which slice of it, from 1.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public int? Slice { get; init; }

    /// <summary>Facts by name, which depend on the kind.</summary>
    public RawJson? Facts { get; init; }
}

/// <summary>A transaction that was made for an order.</summary>
internal sealed record StoryAttemptRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.TxId)]
    public required string Txid { get; init; }

    /// <summary>Which slice of the order, from 1.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public required int Slice { get; init; }

    /// <summary>swap swaps; spend spends the intent's uuid, so that nothing can swap any more.</summary>
    [Words("swap", "spend")]
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    [Words("prepared", "sent", "confirmed", "reverted", "rejected", "replaced")]
    public required string Status { get; init; }

    /// <summary>Why it did not succeed, in a word.</summary>
    /// <example>min_amount_out</example>
    public string? Reason { get; init; }

    /// <summary>What it pays for its place on the chain, in millionths of an STX. The service pays it, not the owner.</summary>
    [Is(Shape.BaseUnits)]
    public required string Fee { get; init; }

    /// <summary>The account that pays it.</summary>
    [Is(Shape.Address)]
    public required string Payer { get; init; }

    /// <summary>That account's nonce.</summary>
    /// <example>7</example>
    [Bounds(0)]
    public required long Nonce { get; init; }

    /// <summary>The quote that it was built on, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public string? Quoted { get; init; }

    /// <summary>The least that it has to pay, or it aborts.</summary>
    [Is(Shape.BaseUnits)]
    public string? MinAmountOut { get; init; }

    /// <summary>What it paid.</summary>
    [Is(Shape.BaseUnits)]
    public string? AmountOut { get; init; }

    /// <summary>The block that has it.</summary>
    /// <example>1234</example>
    [Bounds(0)]
    public long? BlockHeight { get; init; }

    /// <summary>When its bytes were written down.</summary>
    [Is(Shape.Moment)]
    public required string PreparedAt { get; init; }

    /// <summary>When the chain had decided.</summary>
    [Is(Shape.Moment)]
    public string? SettledAt { get; init; }

    /// <summary>true where nothing can take that back any more.</summary>
    /// <example>true</example>
    public required bool IsFinal { get; init; }

    /// <summary>How often its bytes were sent, or may have been.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Sends { get; init; }

    /// <summary>The other transactions on its nonce, at other fees: one of them is mined, and never two.</summary>
    public IReadOnlyList<OutbidRecord>? Outbid { get; init; }
}

/// <summary>A transaction that another on the same nonce outbids.</summary>
internal sealed record OutbidRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.TxId)]
    public required string Txid { get; init; }

    /// <summary>What it offers to pay for its place, in millionths of an STX.</summary>
    [Is(Shape.BaseUnits)]
    public required string Fee { get; init; }
}
