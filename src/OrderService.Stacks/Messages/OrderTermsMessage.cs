using System.Globalization;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Messages;

/// <summary>
/// The terms that a transfer intent leaves open, bound by a second signature: SIP-018 under the domain
/// {name: "ORDER_SERVICE", version: "1" or "2", chain-id}. Version 2 has all terms; 1 has those of the first clients, without the price
/// band and all that came after it. Texts are ASCII and "" where absent; one that is not ASCII throws ArgumentException when hashed.
/// Numbers but the amount in are optional.
/// </summary>
public sealed record OrderTermsMessage
{
    /// <summary>Which tuple it is: 1 or 2. Of version 1 whatever stands in the fields of 2 is not part.</summary>
    public required int Version { get; init; }

    /// <summary>The order's uuid as it was sent.</summary>
    public required string Uuid { get; init; }

    /// <summary>Whose funds.</summary>
    public required string Owner { get; init; }

    /// <summary>The token to sell.</summary>
    public required string InputToken { get; init; }

    /// <summary>The token to buy.</summary>
    public required string OutputToken { get; init; }

    /// <summary>Who receives the bought token.</summary>
    public required string Recipient { get; init; }

    /// <summary>The contract that swaps.</summary>
    public required string Router { get; init; }

    /// <summary>The token whose price is watched, "*", or "".</summary>
    public required string ConditionToken { get; init; }

    /// <summary>What the price is counted in, or "".</summary>
    public required string BaseAsset { get; init; }

    /// <summary>"gt", "lt" or "".</summary>
    public required string Direction { get; init; }

    /// <summary>Base units of the input token.</summary>
    public required UInt128 AmountIn { get; init; }

    /// <summary>Base units of the output token.</summary>
    public UInt128? MinAmountOut { get; init; }

    /// <summary>Slippage in 1/10000.</summary>
    public uint? SlippageBps { get; init; }

    /// <summary>The price in units of 10⁻¹⁸.</summary>
    public UInt128? TargetPrice { get; init; }

    /// <summary>The start of the window, in Unix milliseconds.</summary>
    public ulong? ValidFrom { get; init; }

    /// <summary>The end of the window, in Unix milliseconds.</summary>
    public ulong? ValidTo { get; init; }

    /// <summary>Version 2: the price band that the client names, in 1/10000.</summary>
    public uint? MaxDeviationBps { get; init; }

    /// <summary>Version 2: true where the client takes a swap whose min amount out no chain rule enforces.</summary>
    public bool AcceptsUnprotectedOutput { get; init; }

    /// <summary>Version 2: the least rate in units of 10⁻¹⁸.</summary>
    public UInt128? LimitPrice { get; init; }

    /// <summary>Version 2: "gtc", "gtt" or "ioc", never "".</summary>
    public string TimeInForce { get; init; } = "";

    /// <summary>Version 2: the distance of a trailing trigger in 1/10000 of the best price.</summary>
    public uint? TrailingBps { get; init; }

    /// <summary>Version 2: the distance of a trailing trigger in units of 10⁻¹⁸.</summary>
    public UInt128? TrailingAmount { get; init; }

    /// <summary>Version 2: the group that the order is a leg of, or "".</summary>
    public string GroupId { get; init; } = "";

    /// <summary>Version 2: which leg of its group.</summary>
    public uint? Leg { get; init; }

    /// <summary>The chain id of the domain.</summary>
    public required uint ChainId { get; init; }

    /// <summary>The domain tuple.</summary>
    public ClarityValue Domain => StructuredMessage.Domain("ORDER_SERVICE", Version.ToString(CultureInfo.InvariantCulture), ChainId);

    /// <summary>The message tuple.</summary>
    public ClarityValue Message => new ClarityValue.Tuple(Version == 1 ? First : [.. First, .. Second]);

    /// <summary>Writes the 32 bytes that the wallet signs.</summary>
    public void Hash(Span<byte> hash32) => StructuredMessage.Hash(Domain, Message, hash32);

    private TupleEntry[] First =>
    [
        ("uuid", new ClarityValue.StringAscii(Uuid)),
        ("owner", new ClarityValue.StringAscii(Owner)),
        ("input-token", new ClarityValue.StringAscii(InputToken)),
        ("output-token", new ClarityValue.StringAscii(OutputToken)),
        ("recipient", new ClarityValue.StringAscii(Recipient)),
        ("router", new ClarityValue.StringAscii(Router)),
        ("condition-token", new ClarityValue.StringAscii(ConditionToken)),
        ("base-asset", new ClarityValue.StringAscii(BaseAsset)),
        ("direction", new ClarityValue.StringAscii(Direction)),
        ("amount-in", new ClarityValue.UInt(AmountIn)),
        ("min-amount-out", ClarityValue.Optional(MinAmountOut)),
        ("slippage-bps", ClarityValue.Optional((UInt128?)SlippageBps)),
        ("target-price", ClarityValue.Optional(TargetPrice)),
        ("valid-from", ClarityValue.Optional((UInt128?)ValidFrom)),
        ("valid-to", ClarityValue.Optional((UInt128?)ValidTo)),
    ];

    private TupleEntry[] Second =>
    [
        ("max-deviation-bps", ClarityValue.Optional((UInt128?)MaxDeviationBps)),
        ("accept-unprotected-output", new ClarityValue.Bool(AcceptsUnprotectedOutput)),
        ("limit-price", ClarityValue.Optional(LimitPrice)),
        ("time-in-force", new ClarityValue.StringAscii(TimeInForce)),
        ("trailing-bps", ClarityValue.Optional((UInt128?)TrailingBps)),
        ("trailing-amount", ClarityValue.Optional(TrailingAmount)),
        ("group-id", new ClarityValue.StringAscii(GroupId)),
        ("leg", ClarityValue.Optional((UInt128?)Leg)),
    ];
}
