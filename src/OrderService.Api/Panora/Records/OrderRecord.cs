using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora.Records;

/// <summary>
/// An order. Amounts are decimal text in whole tokens; what does not apply is left out. The order of the members is the wire's.
/// </summary>
internal abstract record OrderRecord
{
    /// <summary>Its id: 0x and 64 hex digits. The first half is the order's uuid in the native API.</summary>
    [Is(Shape.TxId)]
    [JsonPropertyOrder(0)]
    [Always]
    public string PanoraTxId { get; init; } = "";

    /// <summary>The venue's chain.</summary>
    /// <example>2147483648</example>
    [Bounds(0, uint.MaxValue)]
    [JsonPropertyOrder(1)]
    [Always]
    public long ChainId { get; init; }

    /// <summary>Who is paid.</summary>
    [Is(Shape.Principal)]
    [JsonPropertyOrder(2)]
    [Always]
    public string ToWalletAddress { get; init; } = "";

    /// <summary>What is sold.</summary>
    [JsonPropertyOrder(4)]
    [Always]
    public TokenRecord FromToken { get; init; } = null!;

    /// <summary>What is bought.</summary>
    [JsonPropertyOrder(5)]
    [Always]
    public TokenRecord ToToken { get; init; } = null!;

    /// <summary>What a fee would be paid in: a swap costs its owner none.</summary>
    [JsonPropertyOrder(6)]
    [Always]
    public TokenRecord FeeToken { get; init; } = null!;

    /// <summary>All parts.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(7)]
    [Always]
    public string FromTokenAmountTotal { get; init; } = "";

    /// <summary>Swapped.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(8)]
    [Always]
    public string FromTokenAmountSpent { get; init; } = "";

    /// <summary>Still set aside: total less spent and withdrawn.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(9)]
    [Always]
    public string FromTokenAmountBalance { get; init; } = "";

    /// <summary>The account's again, of parts that ended without a swap.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(10)]
    [Always]
    public string FromTokenAmountWithdrawn { get; init; } = "";

    /// <summary>Bought, and paid.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(11)]
    [Always]
    public string ToTokenAmountWithdrawn { get; init; } = "";

    /// <summary>Parts.</summary>
    /// <example>12</example>
    [Bounds(1)]
    [JsonPropertyOrder(12)]
    [Always]
    public int NumberOfOrdersTotal { get; init; }

    /// <summary>Parts that have not ended; 0 once the order has.</summary>
    /// <example>11</example>
    [Bounds(0)]
    [JsonPropertyOrder(13)]
    [Always]
    public int NumberOfOrdersRemaining { get; init; }

    /// <summary>Parts that were swapped.</summary>
    /// <example>1</example>
    [Bounds(0)]
    [JsonPropertyOrder(14)]
    [Always]
    public int NumberOfOrdersCompleted { get; init; }

    /// <summary>What each part sells; the last one has the dust on top.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(15)]
    [Always]
    public string FromTokenAmountPerOrder { get; init; } = "";

    /// <summary>When it was made.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(17)]
    [Always]
    public string CreatedAtTime { get; init; } = "";

    /// <summary>The moment of the next part; past while that part waits for its rate.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(18)]
    [Always]
    public string NextOrderTime { get; init; } = "";

    /// <summary>Sold tokens for one bought token so far; 0 before the first fill.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(22)]
    [Always]
    public string AvgPriceFromTokenPerToToken { get; init; } = "";

    /// <summary>Bought tokens for one sold token so far; 0 before the first fill.</summary>
    [Is(Shape.WholeTokens)]
    [JsonPropertyOrder(23)]
    [Always]
    public string AvgPriceToTokenPerFromToken { get; init; } = "";

    /// <summary>
    /// filled: every part was swapped; cancelled: by its owner; refunded: it ended otherwise before everything was swapped.
    /// </summary>
    [Words(PanoraStatus.Active, PanoraStatus.Filled, PanoraStatus.Cancelled, PanoraStatus.Refunded)]
    [JsonPropertyOrder(27)]
    [Always]
    public string Status { get; init; } = "";

    /// <summary>true while it is paused through the native API.</summary>
    /// <example>true</example>
    [JsonPropertyOrder(28)]
    public bool? Paused { get; init; }

    /// <summary>true where it is cancelled but for what is in flight.</summary>
    /// <example>true</example>
    [JsonPropertyOrder(29)]
    public bool? CancelRequested { get; init; }

    /// <summary>Why the next part waits, or why the order ended, in a word.</summary>
    /// <example>rate_out_of_bounds</example>
    [JsonPropertyOrder(30)]
    public string? Reason { get; init; }

    /// <summary>The id of the API key that created it.</summary>
    /// <example>5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f</example>
    [JsonPropertyOrder(31)]
    [Always]
    public string PlatformId { get; init; } = "";

    /// <summary>The slippage in per cent as it was given, or the default.</summary>
    /// <example>1</example>
    [JsonPropertyOrder(32)]
    public string? SlippagePercentage { get; init; }

    /// <summary>What happened to it, where that was asked for.</summary>
    [JsonPropertyOrder(34)]
    public IReadOnlyList<TxDetailRecord>? TxDetails { get; init; }

    /// <summary>true where the beginning of txDetails is left out.</summary>
    /// <example>true</example>
    [JsonPropertyOrder(35)]
    public bool? TxDetailsCut { get; init; }
}

/// <summary>An amount in parts at an interval.</summary>
internal sealed record DcaOrderRecord : OrderRecord
{
    /// <summary>The time between two parts, as it was given.</summary>
    [JsonPropertyOrder(16)]
    public required GivenSpanRecord Interval { get; init; }

    /// <summary>The wait before the first part, as it was given.</summary>
    [JsonPropertyOrder(33)]
    public GivenSpanRecord? Delay { get; init; }

    /// <summary>The moment of the last part, counted from now where the next one is late; once ended, when it ended.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(19)]
    public string? EstimatedCompletionTime { get; init; }

    /// <summary>The least rate, as it was given.</summary>
    /// <example>0.5</example>
    [JsonPropertyOrder(24)]
    public string? MinRateToTokenPerFromToken { get; init; }

    /// <summary>The greatest rate, as it was given.</summary>
    /// <example>Infinity</example>
    [JsonPropertyOrder(25)]
    public string? MaxRateToTokenPerFromToken { get; init; }
}

/// <summary>One swap at a rate or better.</summary>
internal sealed record LimitOrderRecord : OrderRecord
{
    /// <summary>Who pays, as it was given.</summary>
    [Is(Shape.Address)]
    [JsonPropertyOrder(3)]
    public required string FromWalletAddress { get; init; }

    /// <summary>How long it may wait, as it was given.</summary>
    [JsonPropertyOrder(20)]
    public GivenSpanRecord? Expiry { get; init; }

    /// <summary>When it expires.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(21)]
    public string? ExpiresAtTime { get; init; }

    /// <summary>The least rate, as it was given.</summary>
    /// <example>1.5</example>
    [JsonPropertyOrder(26)]
    public required string RateToTokenPerFromToken { get; init; }
}
