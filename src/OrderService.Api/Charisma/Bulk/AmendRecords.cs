using OrderService.Api.Wire;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What is to be changed of an order: proven by what a wallet signed, which has the changes; or by an API key, beside which they stand.</summary>
internal sealed record AmendOrderRecord : ProvenCallRecord
{
    /// <summary>With a key: the changes.</summary>
    public ChangesRecord? Changes { get; init; }

    /// <summary>Of an order whose terms are signed: the owner's signature over the terms as they are changed.</summary>
    [Is(Shape.Signature)]
    public string? TermsSignature { get; init; }
}

/// <summary>What can be changed; what is missing stays as it is.</summary>
internal sealed record ChangesRecord
{
    /// <summary>The price at which it fires, of an order that waits for one.</summary>
    [Is(Shape.Price)]
    public string? TargetPrice { get; init; }

    /// <summary>Not before this moment.</summary>
    [Is(Shape.GivenMoment)]
    public string? ValidFrom { get; init; }

    /// <summary>Not after this moment.</summary>
    [Is(Shape.GivenMoment)]
    public string? ValidTo { get; init; }

    /// <summary>The least that may be paid, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public string? MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay.</summary>
    [Is(Shape.BasisPoints)]
    public int? SlippageBps { get; init; }

    /// <summary>How far below the believed prices a quote may be.</summary>
    [Is(Shape.BasisPoints)]
    public int? MaxDeviationBps { get; init; }

    /// <summary>The least rate that is taken: whole outputToken for one whole inputToken.</summary>
    [Is(Shape.Price)]
    public string? LimitPrice { get; init; }

    /// <summary>The distance of a trailing trigger, of an order that has one in basis points.</summary>
    /// <example>250</example>
    [Bounds(1, BasisPoints.Max - 1)]
    public int? TrailingBps { get; init; }

    /// <summary>The distance of a trailing trigger, of an order that has one as a price.</summary>
    [Is(Shape.Price)]
    public string? TrailingAmount { get; init; }
}
