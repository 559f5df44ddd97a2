using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma.Records;

/// <summary>
/// An order that its owner's wallet has signed. With a condition (conditionToken, targetPrice and direction, all three) it waits for a
/// price; with conditionToken "*" it is due at once; without one it waits for a call to execute. Fields beside these are kept as they come
/// and shown with the order.
/// </summary>
internal sealed record NewOrderRecord : OrderBodyRecord
{
    /// <summary>The order's uuid, as it stands in the signed intent; its case is kept.</summary>
    [Is(Shape.Uuid)]
    public required Given<OrderUuid> Uuid { get; init; }

    /// <summary>
    /// The owner's signature over the transfer intent: r, s and v, 65 bytes as 130 hex digits without 0x. It is never in an answer.
    /// </summary>
    [Is(Shape.Signature)]
    [ReadBy(typeof(RecoverableSignature), nameof(RecoverableSignature.TryParseRsv))]
    public required Given<RecoverableSignature> Signature { get; init; }
}

/// <summary>An order to be looked at, as create takes it; the signature may be left out, and the uuid with it.</summary>
internal sealed record OrderToPreviewRecord : OrderBodyRecord
{
    /// <summary>The order's uuid, as it stands in the signed intent; its case is kept.</summary>
    [Is(Shape.Uuid)]
    public Given<OrderUuid> Uuid { get; init; }

    /// <summary>
    /// The owner's signature over the transfer intent: r, s and v, 65 bytes as 130 hex digits without 0x. It is never in an answer.
    /// </summary>
    [Is(Shape.Signature)]
    [ReadBy(typeof(RecoverableSignature), nameof(RecoverableSignature.TryParseRsv))]
    public Given<RecoverableSignature> Signature { get; init; }
}

/// <summary>What an order asks for.</summary>
internal abstract record OrderBodyRecord : OpenRequestRecord
{
    /// <summary>Characters of a strategy's id that lists can be asked for.</summary>
    internal const int StrategyIdMax = 200;

    /// <summary>Whose order it is, and whose funds are sold: the address of a single key.</summary>
    [Is(Shape.Address)]
    public required Given<StacksAddress> Owner { get; init; }

    /// <summary>What is sold: the contract of a subnet token, whose ledger accepts signed intents.</summary>
    [Is(Shape.Contract)]
    public required Given<ContractId> InputToken { get; init; }

    /// <summary>What is bought: a contract id, or .stx for STX.</summary>
    [Is(Shape.Token)]
    public required Given<TokenId> OutputToken { get; init; }

    /// <summary>How much is sold, in base units of inputToken: a positive whole number as text, at most 2^128-1.</summary>
    [Is(Shape.BaseUnits)]
    public required Given<TokenAmount> AmountIn { get; init; }

    /// <summary>
    /// The price of conditionToken in baseAsset at which the order fires, decimal text with up to 20 digits before the point and 18 after
    /// it. It is compared with that price and nothing else: it is "output per input" of the order only where conditionToken and baseAsset
    /// are the order's own tokens. It is a trigger, not a limit: minAmountOut bounds what is paid. May be 0 with conditionToken "*".
    /// </summary>
    [Is(Shape.Price)]
    public Given<Price> TargetPrice { get; init; }

    /// <summary>gt fires at targetPrice or above it, lt at targetPrice or below it.</summary>
    [Words("gt", "lt")]
    [ReadBy(typeof(Charisma.Direction))]
    public Given<TriggerDirection> Direction { get; init; }

    /// <summary>The token whose price is watched: a contract id or .stx; "*" for an order that is due at once.</summary>
    [Is(Shape.Condition)]
    public Given<ConditionToken> ConditionToken { get; init; }

    /// <summary>What the watched price is counted in: a contract id, .stx or USD.</summary>
    [Is(Shape.Token)]
    public Given<TokenId> BaseAsset { get; init; }

    /// <summary>Who is paid: a Stacks address or a contract.</summary>
    [Is(Shape.Principal)]
    public required Given<Principal> Recipient { get; init; }

    /// <summary>Not before this moment, ISO 8601 in UTC.</summary>
    [Is(Shape.GivenMoment)]
    [ReadBy(typeof(IsoTime))]
    public Given<DateTimeOffset> ValidFrom { get; init; }

    /// <summary>Not after this moment, ISO 8601 in UTC; later than validFrom and not past.</summary>
    [Is(Shape.GivenMoment)]
    [ReadBy(typeof(IsoTime))]
    public Given<DateTimeOffset> ValidTo { get; init; }

    /// <summary>The least that may be paid, in base units of outputToken; the chain itself holds the swap to it.</summary>
    [Is(Shape.BaseUnits)]
    public Given<TokenAmount> MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay, in basis points (1/100 of a per cent).</summary>
    [Is(Shape.BasisPoints)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> SlippageBps { get; init; }

    /// <summary>The same as slippageBps in per cent, with at most two decimals; as number or text.</summary>
    /// <example>0.5</example>
    [Is(Shape.PerCent)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadPercent))]
    public Given<BasisPoints> Slippage { get; init; }

    /// <summary>How far below the believed prices a quote may be, in basis points.</summary>
    [Is(Shape.BasisPoints)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> MaxDeviationBps { get; init; }

    /// <summary>
    /// The least rate that is taken: whole outputToken for one whole inputToken, decimal text. Once the order has fired it waits for that
    /// as an open order, whatever the watched price does; without a condition execute is held to it. The chain itself holds the swap to it.
    /// </summary>
    [Is(Shape.Price)]
    public Given<Price> LimitPrice { get; init; }

    /// <summary>
    /// In place of targetPrice: how far the price must come back from the best that was believed since the order was armed, in basis points
    /// of that best. Of a direction lt the best is the highest, and it fires below it; of gt the lowest, and it fires above it.
    /// </summary>
    [Is(Shape.BasisPoints)]
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> TrailingBps { get; init; }

    /// <summary>In place of targetPrice: the same as a distance of the price of conditionToken in baseAsset, decimal text.</summary>
    [Is(Shape.Price)]
    public Given<Price> TrailingAmount { get; init; }

    /// <summary>
    /// gtc stays until it is cancelled, gtt until validTo; ioc has one try when it is due, and ends where that cannot be swapped. Left out:
    /// gtt beside a validTo, else gtc.
    /// </summary>
    [Words("gtc", "gtt", "ioc")]
    [ReadBy(typeof(TimeInForceText))]
    public Given<TimeInForce> TimeInForce { get; init; }

    /// <summary>true where outputToken is a ledger that no rule of the chain can watch, and the owner takes that.</summary>
    /// <example>true</example>
    public Given<bool> AcceptUnprotectedOutput { get; init; }

    /// <summary>The owner's signature over all of these terms, which binds the service to them; 130 hex digits.</summary>
    [Is(Shape.Signature)]
    [ReadBy(typeof(RecoverableSignature), nameof(RecoverableSignature.TryParseRsv))]
    public Given<RecoverableSignature> TermsSignature { get; init; }

    /// <summary>
    /// The strategy that the client says it belongs to, which is one of its own fields; null where it is not a text that lists can be asked
    /// for.
    /// </summary>
    internal string? StrategyId { get; private set; }

    /// <inheritdoc/>
    internal override bool KeepsSpelling(string name) => Spelling.IsOwn(this, name);

    /// <inheritdoc/>
    internal override bool KeepsOther(string name, ref Utf8JsonReader value, out OrderError? refusal)
    {
        if (name == "strategyId" && value.TokenType == JsonTokenType.String) StrategyId = StrategyOf(ref value);
        refusal = Misnamed.Of(name) is { } right
            ? new OrderError.Field(name, $"is not a field of an order and protects nothing: say {right}", "misnamed_field") : null;
        return !OrderFields.IsOwn(name);
    }

    // What the store cannot hold is kept with the rest all the same, but nothing is found by it.
    private static string? StrategyOf(ref Utf8JsonReader value) =>
        WireValue.TryReadText(ref value, out var text) && text.Length is > 0 and <= StrategyIdMax
            && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}
