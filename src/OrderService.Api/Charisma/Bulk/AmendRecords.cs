using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// What is to be changed of an order: proven by what a wallet signed, which has the changes; or by an API key, beside which they stand.
/// </summary>
internal sealed record AmendOrderRecord : ProvenCallRecord
{
    /// <summary>With a key: the changes.</summary>
    public Given<ChangesRecord> Changes { get; init; }

    /// <summary>Of an order whose terms are signed: the owner's signature over the terms as they are changed.</summary>
    [Is(Shape.Signature)]
    [ReadBy(typeof(RecoverableSignature), nameof(RecoverableSignature.TryParseRsv))]
    public Given<RecoverableSignature> TermsSignature { get; init; }
}

/// <summary>What can be changed; what is missing stays as it is.</summary>
internal sealed record ChangesRecord : RequestRecord
{
    /// <summary>The price at which it fires, of an order that waits for one.</summary>
    [Is(Shape.Price)]
    public Given<Price> TargetPrice { get; init; }

    /// <summary>Not before this moment.</summary>
    [Is(Shape.GivenMoment)]
    [ReadBy(typeof(IsoTime))]
    public Given<DateTimeOffset> ValidFrom { get; init; }

    /// <summary>Not after this moment.</summary>
    [Is(Shape.GivenMoment)]
    [ReadBy(typeof(IsoTime))]
    public Given<DateTimeOffset> ValidTo { get; init; }

    /// <summary>The least that may be paid, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public Given<TokenAmount> MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay.</summary>
    [Is(Shape.BasisPoints)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> SlippageBps { get; init; }

    /// <summary>How far below the believed prices a quote may be.</summary>
    [Is(Shape.BasisPoints)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> MaxDeviationBps { get; init; }

    /// <summary>The least rate that is taken: whole outputToken for one whole inputToken.</summary>
    [Is(Shape.Price)]
    public Given<Price> LimitPrice { get; init; }

    /// <summary>The distance of a trailing trigger, of an order that has one in basis points.</summary>
    /// <example>250</example>
    [Is(Shape.BasisPoints)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> TrailingBps { get; init; }

    /// <summary>The distance of a trailing trigger, of an order that has one as a price.</summary>
    [Is(Shape.Price)]
    public Given<Price> TrailingAmount { get; init; }

    /// <summary>True where nothing is to be changed.</summary>
    internal bool IsNone => this == new ChangesRecord();

    /// <summary>The changes of one that its rules let pass.</summary>
    internal TermsChanges Asked => new()
    {
        TargetPrice = Of(TargetPrice), ValidFrom = Of(ValidFrom), ValidTo = Of(ValidTo), MinAmountOut = Of(MinAmountOut),
        Slippage = Of(SlippageBps), MaxDeviation = Of(MaxDeviationBps), LimitPrice = Of(LimitPrice),
        TrailingBps = Of(TrailingBps)?.Value, TrailingAmount = Of(TrailingAmount),
    };

    private static T? Of<T>(Given<T> given) where T : struct => given.IsRead ? given.Value : null;
}
