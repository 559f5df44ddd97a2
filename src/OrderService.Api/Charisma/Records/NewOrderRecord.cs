using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>
/// An order that its owner's wallet has signed. With a condition (conditionToken, targetPrice and direction, all three) it waits for a price; with conditionToken "*" it is due at once; without
/// one it waits for a call to execute. Fields beside these are kept as they come and shown with the order.
/// </summary>
internal sealed record NewOrderRecord
{
    /// <summary>Whose order it is, and whose funds are sold: the address of a single key.</summary>
    [Is(Shape.Address)]
    public required string Owner { get; init; }

    /// <summary>What is sold: the contract of a subnet token, whose ledger accepts signed intents.</summary>
    [Is(Shape.Contract)]
    public required string InputToken { get; init; }

    /// <summary>What is bought: a contract id, or .stx for STX.</summary>
    [Is(Shape.Token)]
    public required string OutputToken { get; init; }

    /// <summary>How much is sold, in base units of inputToken: a positive whole number as text, at most 2^128-1.</summary>
    [Is(Shape.BaseUnits)]
    public required string AmountIn { get; init; }

    /// <summary>
    /// The price of conditionToken in baseAsset at which the order fires, decimal text with up to 20 digits before the point and 18 after it. It is compared with that price and nothing else: it is
    /// "output per input" of the order only where conditionToken and baseAsset are the order's own tokens. It is a trigger, not a limit: minAmountOut bounds what is paid. May be 0 with conditionToken "*".
    /// </summary>
    [Is(Shape.Price)]
    public string? TargetPrice { get; init; }

    /// <summary>gt fires at targetPrice or above it, lt at targetPrice or below it.</summary>
    [Words("gt", "lt")]
    public string? Direction { get; init; }

    /// <summary>The token whose price is watched: a contract id or .stx; "*" for an order that is due at once.</summary>
    [Is(Shape.Condition)]
    public string? ConditionToken { get; init; }

    /// <summary>What the watched price is counted in: a contract id, .stx or USD.</summary>
    [Is(Shape.Token)]
    public string? BaseAsset { get; init; }

    /// <summary>Who is paid: a Stacks address or a contract.</summary>
    [Is(Shape.Principal)]
    public required string Recipient { get; init; }

    /// <summary>The order's uuid, as it stands in the signed intent; its case is kept.</summary>
    [Is(Shape.Uuid)]
    public required string Uuid { get; init; }

    /// <summary>The owner's signature over the transfer intent: r, s and v, 65 bytes as 130 hex digits without 0x. It is never in an answer.</summary>
    [Is(Shape.Signature)]
    public required string Signature { get; init; }

    /// <summary>Not before this moment, ISO 8601 in UTC.</summary>
    [Is(Shape.GivenMoment)]
    public string? ValidFrom { get; init; }

    /// <summary>Not after this moment, ISO 8601 in UTC; later than validFrom and not past.</summary>
    [Is(Shape.GivenMoment)]
    public string? ValidTo { get; init; }

    /// <summary>The least that may be paid, in base units of outputToken; the chain itself holds the swap to it.</summary>
    [Is(Shape.BaseUnits)]
    public string? MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay, in basis points (1/100 of a per cent).</summary>
    [Is(Shape.BasisPoints)]
    public int? SlippageBps { get; init; }

    /// <summary>The same as slippageBps in per cent, with at most two decimals; as number or text.</summary>
    /// <example>0.5</example>
    [Is(Shape.PerCent)]
    public object? Slippage { get; init; }

    /// <summary>How far below the believed prices a quote may be, in basis points.</summary>
    [Is(Shape.BasisPoints)]
    public int? MaxDeviationBps { get; init; }

    /// <summary>true where outputToken is a ledger that no rule of the chain can watch, and the owner takes that.</summary>
    /// <example>true</example>
    public bool? AcceptUnprotectedOutput { get; init; }

    /// <summary>The owner's signature over all of these terms, which binds the service to them; 130 hex digits.</summary>
    [Is(Shape.Signature)]
    public string? TermsSignature { get; init; }

    /// <summary>The client's own fields.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }
}
