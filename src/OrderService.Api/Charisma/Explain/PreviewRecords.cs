using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Explain;

/// <summary>What an order would be, of which nothing is stored.</summary>
internal sealed record PreviewRecord
{
    /// <summary>A sentence for a person.</summary>
    /// <example>It would sell 1 CHA for about 1.2487 STX at the quote of now and never for less than 1.236213 STX at that quote, at
    /// once.</example>
    public required string Sentence { get; init; }

    /// <summary>true where create would take it, once it is signed.</summary>
    /// <example>true</example>
    public required bool Acceptable { get; init; }

    /// <summary>true where it came with the owner's signature, which was verified.</summary>
    /// <example>false</example>
    public required bool Signed { get; init; }

    /// <summary>All that create would refuse it for, one a field.</summary>
    public required IReadOnlyList<PreviewRefusalRecord> Refusals { get; init; }

    /// <summary>true where it would be due at once.</summary>
    /// <example>true</example>
    public required bool WouldTriggerNow { get; init; }

    /// <summary>The price that it watches, as it is now.</summary>
    public GateRecord? Price { get; init; }

    /// <summary>The swap that it would be now; left out where no quote is to be had.</summary>
    public PreviewSwapRecord? Swap { get; init; }

    /// <summary>Why no quote is to be had, in a word.</summary>
    /// <example>no_route</example>
    public string? NoSwap { get; init; }

    /// <summary>What its owner holds of what it sells. Too little refuses no order: it waits.</summary>
    public PreviewFundsRecord? Funds { get; init; }

    /// <summary>The beginning of its window.</summary>
    [Is(Shape.Moment)]
    public string? StartsAt { get; init; }

    /// <summary>The end of its window.</summary>
    [Is(Shape.Moment)]
    public string? EndsAt { get; init; }

    /// <summary>With against=history: what the recorded prices would have made of it; left out where it watches no price.</summary>
    public PreviewHistoryRecord? History { get; init; }
}

/// <summary>
/// What the recorded prices would have made of an order that was armed at the beginning of a span. What the pools paid then was not
/// recorded.
/// </summary>
internal sealed record PreviewHistoryRecord
{
    /// <summary>The beginning of the span.</summary>
    [Is(Shape.Moment)]
    public required string From { get; init; }

    /// <summary>Its end: now.</summary>
    [Is(Shape.Moment)]
    public required string To { get; init; }

    /// <summary>How many moments had a price, up to the one at which it would have fired.</summary>
    /// <example>3411</example>
    [Bounds(0)]
    public required int Moments { get; init; }

    /// <summary>A sentence for a person.</summary>
    /// <example>It would have fired at 2030-01-01 11:12:13 UTC, when STX was at 0.8123 USD.</example>
    public required string Says { get; init; }

    /// <summary>When it would have fired first; left out where it would not have.</summary>
    [Is(Shape.Moment)]
    public string? FiredAt { get; init; }

    /// <summary>The watched price then, in baseAsset.</summary>
    [Is(Shape.Price)]
    public string? Price { get; init; }

    /// <summary>Where it fired: its target; of one that trails, its distance from the best until then.</summary>
    [Is(Shape.Price)]
    public string? Target { get; init; }
}

/// <summary>What a group would be, of which nothing is stored.</summary>
internal sealed record GroupPreviewRecord
{
    /// <summary>true where create would take it, once its legs are signed.</summary>
    /// <example>true</example>
    public required bool Acceptable { get; init; }

    /// <summary>What is wrong with the group as a whole; what is wrong with a leg stands in that one.</summary>
    public required IReadOnlyList<PreviewRefusalRecord> Refusals { get; init; }

    /// <summary>Each leg by itself, in their order: a leg that waits for another would be due only once that one is swapped.</summary>
    public required IReadOnlyList<PreviewRecord> Legs { get; init; }
}

/// <summary>A refusal that create would answer.</summary>
internal sealed record PreviewRefusalRecord
{
    /// <summary>The status of that answer.</summary>
    /// <example>400</example>
    [Bounds(400, 599)]
    public required int Status { get; init; }

    /// <summary>The refusal in a word.</summary>
    /// <example>valid_to_in_past</example>
    public required string Code { get; init; }

    /// <summary>The sentence for people.</summary>
    /// <example>validTo is in the past</example>
    public required string Error { get; init; }

    /// <summary>The field that it is about.</summary>
    /// <example>validTo</example>
    public string? Field { get; init; }
}

/// <summary>What a swap would be now.</summary>
internal sealed record PreviewSwapRecord
{
    /// <summary>What it would pay, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public required string AmountOut { get; init; }

    /// <summary>The least that it would have to pay, or abort; left out where this quote would not be taken.</summary>
    [Is(Shape.BaseUnits)]
    public string? MinAmountOut { get; init; }

    /// <summary>true where the order would take this quote.</summary>
    /// <example>true</example>
    public required bool Taken { get; init; }

    /// <summary>Why it would not, in a word.</summary>
    /// <example>price_impact</example>
    public string? Reason { get; init; }

    /// <summary>The same in a sentence.</summary>
    /// <example>the quote of 900 is below the min amount out of 1000</example>
    public string? Why { get; init; }

    /// <summary>What its transaction would cost, in millionths of an STX. The service pays it, not the owner.</summary>
    [Is(Shape.BaseUnits)]
    public string? Fee { get; init; }

    /// <summary>How much less it pays than its route does for a little, in basis points: what its size costs.</summary>
    /// <example>12</example>
    [Bounds(0)]
    public int? ImpactBps { get; init; }

    /// <summary>How much less it pays than the believed prices say, in basis points; negative where it pays more.</summary>
    /// <example>31</example>
    public int? BelowBelievedBps { get; init; }

    /// <summary>The pools that it would run through.</summary>
    [Is(Shape.Contract)]
    public required IReadOnlyList<string> Vaults { get; init; }
}

/// <summary>What an owner holds against what an order sells.</summary>
internal sealed record PreviewFundsRecord
{
    /// <summary>What was last seen, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Balance { get; init; }

    /// <summary>What the order sells.</summary>
    [Is(Shape.BaseUnits)]
    public required string Required { get; init; }

    /// <summary>true where it is there.</summary>
    /// <example>true</example>
    public required bool Enough { get; init; }
}
