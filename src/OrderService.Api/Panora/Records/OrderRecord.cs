using OrderService.Api.Wire;

namespace OrderService.Api.Panora.Records;

/// <summary>An order. Amounts are decimal text in whole tokens; what does not apply is left out.</summary>
internal abstract record OrderRecord
{
    /// <summary>Its id: 0x and 64 hex digits. The first half is the order's uuid in the native API.</summary>
    [Is(Shape.TxId)]
    public required string PanoraTxId { get; init; }

    /// <summary>The venue's chain.</summary>
    /// <example>2147483648</example>
    [Bounds(0, uint.MaxValue)]
    public required long ChainId { get; init; }

    /// <summary>Who is paid.</summary>
    [Is(Shape.Principal)]
    public required string ToWalletAddress { get; init; }

    /// <summary>What is sold.</summary>
    public required TokenRecord FromToken { get; init; }

    /// <summary>What is bought.</summary>
    public required TokenRecord ToToken { get; init; }

    /// <summary>What a fee would be paid in: a swap costs its owner none.</summary>
    public required TokenRecord FeeToken { get; init; }

    /// <summary>All parts.</summary>
    [Is(Shape.WholeTokens)]
    public required string FromTokenAmountTotal { get; init; }

    /// <summary>Swapped.</summary>
    [Is(Shape.WholeTokens)]
    public required string FromTokenAmountSpent { get; init; }

    /// <summary>Still set aside: total less spent and withdrawn.</summary>
    [Is(Shape.WholeTokens)]
    public required string FromTokenAmountBalance { get; init; }

    /// <summary>The account's again, of parts that ended without a swap.</summary>
    [Is(Shape.WholeTokens)]
    public required string FromTokenAmountWithdrawn { get; init; }

    /// <summary>Bought, and paid.</summary>
    [Is(Shape.WholeTokens)]
    public required string ToTokenAmountWithdrawn { get; init; }

    /// <summary>Parts.</summary>
    /// <example>12</example>
    [Bounds(1)]
    public required int NumberOfOrdersTotal { get; init; }

    /// <summary>Parts that have not ended; 0 once the order has.</summary>
    /// <example>11</example>
    [Bounds(0)]
    public required int NumberOfOrdersRemaining { get; init; }

    /// <summary>Parts that were swapped.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int NumberOfOrdersCompleted { get; init; }

    /// <summary>What each part sells; the last one has the dust on top.</summary>
    [Is(Shape.WholeTokens)]
    public required string FromTokenAmountPerOrder { get; init; }

    /// <summary>When it was made.</summary>
    [Is(Shape.Moment)]
    public required string CreatedAtTime { get; init; }

    /// <summary>The moment of the next part; past while that part waits for its rate.</summary>
    [Is(Shape.Moment)]
    public required string NextOrderTime { get; init; }

    /// <summary>Sold tokens for one bought token so far; 0 before the first fill.</summary>
    [Is(Shape.WholeTokens)]
    public required string AvgPriceFromTokenPerToToken { get; init; }

    /// <summary>Bought tokens for one sold token so far; 0 before the first fill.</summary>
    [Is(Shape.WholeTokens)]
    public required string AvgPriceToTokenPerFromToken { get; init; }

    /// <summary>filled: every part was swapped; cancelled: by its owner; refunded: it ended otherwise before everything was swapped.</summary>
    [Words(PanoraStatus.Active, PanoraStatus.Filled, PanoraStatus.Cancelled, PanoraStatus.Refunded)]
    public required string Status { get; init; }

    /// <summary>true while it is paused through the native API.</summary>
    /// <example>true</example>
    public bool? Paused { get; init; }

    /// <summary>true where it is cancelled but for what is in flight.</summary>
    /// <example>true</example>
    public bool? CancelRequested { get; init; }

    /// <summary>Why the next part waits, or why the order ended, in a word.</summary>
    /// <example>rate_out_of_bounds</example>
    public string? Reason { get; init; }

    /// <summary>The id of the API key that created it.</summary>
    /// <example>5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f</example>
    public required string PlatformId { get; init; }

    /// <summary>The slippage in per cent as it was given, or the default.</summary>
    /// <example>1</example>
    public string? SlippagePercentage { get; init; }

    /// <summary>What happened to it, where that was asked for.</summary>
    public IReadOnlyList<TxDetailRecord>? TxDetails { get; init; }

    /// <summary>true where the beginning of txDetails is left out.</summary>
    /// <example>true</example>
    public bool? TxDetailsCut { get; init; }
}

/// <summary>An amount in parts at an interval.</summary>
internal sealed record DcaOrderRecord : OrderRecord
{
    /// <summary>The time between two parts, as it was given.</summary>
    public required GivenSpanRecord Interval { get; init; }

    /// <summary>The wait before the first part, as it was given.</summary>
    public GivenSpanRecord? Delay { get; init; }

    /// <summary>The moment of the last part, counted from now where the next one is late; once ended, when it ended.</summary>
    [Is(Shape.Moment)]
    public string? EstimatedCompletionTime { get; init; }

    /// <summary>The least rate, as it was given.</summary>
    /// <example>0.5</example>
    public string? MinRateToTokenPerFromToken { get; init; }

    /// <summary>The greatest rate, as it was given.</summary>
    /// <example>Infinity</example>
    public string? MaxRateToTokenPerFromToken { get; init; }
}

/// <summary>One swap at a rate or better.</summary>
internal sealed record LimitOrderRecord : OrderRecord
{
    /// <summary>Who pays, as it was given.</summary>
    [Is(Shape.Address)]
    public required string FromWalletAddress { get; init; }

    /// <summary>How long it may wait, as it was given.</summary>
    public GivenSpanRecord? Expiry { get; init; }

    /// <summary>When it expires.</summary>
    [Is(Shape.Moment)]
    public string? ExpiresAtTime { get; init; }

    /// <summary>The least rate, as it was given.</summary>
    /// <example>1.5</example>
    public required string RateToTokenPerFromToken { get; init; }
}
