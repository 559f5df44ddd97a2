using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora.Records;

/// <summary>A number of periods.</summary>
internal sealed record SpanRecord : RequestRecord
{
    /// <summary>How many: a whole number; 0 only of a delay.</summary>
    [Is(Shape.LooseWhole)]
    public required Given<WireValue> Value { get; init; }

    /// <summary>Of which length.</summary>
    [Words("minute", "hour", "day", "week", "month")]
    public required Given<WireValue> TimePeriod { get; init; }
}

/// <summary>An amount, and whether it is of all parts or of each.</summary>
internal sealed record PartsAmountRecord : RequestRecord
{
    /// <summary>In whole tokens, above 0, with at most the token's decimals.</summary>
    [Is(Shape.LooseNumber)]
    public required Given<WireValue> Value { get; init; }

    /// <summary>total is of all parts together, perorder of each.</summary>
    [Words("total", "perorder")]
    public required Given<WireValue> Type { get; init; }
}

/// <summary>An amount in parts at an interval, inside rate bounds. Numbers may be JSON numbers or text.</summary>
internal sealed record NewDcaOrderRecord : RequestRecord
{
    /// <summary>The venue's chain: 1 on Stacks mainnet, 2147483648 on testnet and on the simulated venue.</summary>
    /// <example>2147483648</example>
    [Is(Shape.LooseWhole)]
    public required Given<WireValue> ChainId { get; init; }

    /// <summary>Who is paid: the key's wallet or a managed account of it.</summary>
    [Is(Shape.Address)]
    public required Given<WireValue> ToWalletAddress { get; init; }

    /// <summary>The managed account that pays, where the wallet has several.</summary>
    [Is(Shape.Address)]
    public Given<WireValue> FromWalletAddress { get; init; }

    /// <summary>The token that is sold.</summary>
    [Is(Shape.Token)]
    public required Given<WireValue> FromTokenAddress { get; init; }

    /// <summary>What is bought; another one.</summary>
    [Is(Shape.Token)]
    public required Given<WireValue> ToTokenAddress { get; init; }

    /// <summary>How much is sold.</summary>
    public required Given<PartsAmountRecord> FromTokenAmount { get; init; }

    /// <summary>The time between two parts.</summary>
    public required Given<SpanRecord> Interval { get; init; }

    /// <summary>How many parts; the most is the service's own limit.</summary>
    /// <example>12</example>
    [Is(Shape.LooseWhole)]
    public required Given<WireValue> NumberOfOrders { get; init; }

    /// <summary>The least rate of a part, inclusive: whole bought tokens for one whole sold token.</summary>
    [Is(Shape.LooseNumber)]
    public Given<WireValue> MinRateToTokenPerFromToken { get; init; }

    /// <summary>The greatest rate of a part, inclusive; Infinity is none.</summary>
    [Is(Shape.RateMax)]
    public Given<WireValue> MaxRateToTokenPerFromToken { get; init; }

    /// <summary>The wait before the first part.</summary>
    public Given<SpanRecord> Delay { get; init; }

    /// <summary>
    /// How far below its quote a part may pay, in per cent, above 0 and below 100 with at most two decimals; auto lets the service choose.
    /// </summary>
    [Is(Shape.Slippage)]
    public Given<WireValue> SlippagePercentage { get; init; }

    /// <summary>true where a bought token is taken of which no rule of the chain can enforce a least amount.</summary>
    /// <example>true</example>
    [Is(Shape.Truth)]
    public Given<WireValue> AcceptUnprotectedOutput { get; init; }
}

/// <summary>One swap at a rate or better. Numbers may be JSON numbers or text.</summary>
internal sealed record NewLimitOrderRecord : RequestRecord
{
    /// <summary>The venue's chain.</summary>
    /// <example>2147483648</example>
    [Is(Shape.LooseWhole)]
    public Given<WireValue> ChainId { get; init; }

    /// <summary>Who is paid: the key's wallet or a managed account of it.</summary>
    [Is(Shape.Address)]
    public required Given<WireValue> ToWalletAddress { get; init; }

    /// <summary>Who pays: the key's wallet, which stands for its only account, or the account.</summary>
    [Is(Shape.Address)]
    public required Given<WireValue> FromWalletAddress { get; init; }

    /// <summary>The token that is sold.</summary>
    [Is(Shape.Token)]
    public required Given<WireValue> FromTokenAddress { get; init; }

    /// <summary>What is bought; another one.</summary>
    [Is(Shape.Token)]
    public required Given<WireValue> ToTokenAddress { get; init; }

    /// <summary>How much is sold, in whole tokens, with at most the token's decimals.</summary>
    [Is(Shape.LooseNumber)]
    public required Given<WireValue> FromTokenAmount { get; init; }

    /// <summary>The least rate, inclusive and above 0: whole bought tokens for one whole sold token.</summary>
    [Is(Shape.LooseNumber)]
    public required Given<WireValue> RateToTokenPerFromToken { get; init; }

    /// <summary>
    /// How far below its quote it may pay, in per cent, above 0 and below 100 with at most two decimals; auto lets the service choose.
    /// </summary>
    [Is(Shape.Slippage)]
    public Given<WireValue> SlippagePercentage { get; init; }

    /// <summary>How long it may wait; without it until it is cancelled.</summary>
    public Given<SpanRecord> Expiry { get; init; }

    /// <summary>true where a bought token is taken of which no rule of the chain can enforce a least amount.</summary>
    /// <example>true</example>
    [Is(Shape.Truth)]
    public Given<WireValue> AcceptUnprotectedOutput { get; init; }
}

/// <summary>A cancel.</summary>
internal sealed record CancelRecord : RequestRecord
{
    /// <summary>Which order.</summary>
    [Is(Shape.TxId)]
    public required Given<WireValue> PanoraTxId { get; init; }

    /// <summary>The venue's chain.</summary>
    /// <example>2147483648</example>
    [Is(Shape.LooseWhole)]
    public Given<WireValue> ChainId { get; init; }

    /// <summary>The order's, or it is not found.</summary>
    [Is(Shape.Address)]
    public Given<WireValue> ToWalletAddress { get; init; }
}

/// <summary>Which orders are asked for; what is not here is read from the query.</summary>
internal sealed record OrdersQueryRecord : RequestRecord
{
    /// <summary>The product that is asked for orders of.</summary>
    internal PanoraProduct? Product { get; private set; }

    /// <summary>The page's number in its other spelling.</summary>
    [JsonPropertyName("page_number")]
    internal Given<WireValue> OtherPageNumber { get; init; }

    /// <summary>The venue's chain.</summary>
    /// <example>2147483648</example>
    [Is(Shape.LooseWhole)]
    public Given<WireValue> ChainId { get; init; }

    /// <summary>Orders that pay this wallet or account.</summary>
    [Is(Shape.Address)]
    public Given<WireValue> ToWalletAddress { get; init; }

    /// <summary>active, or completed: filled, cancelled and refunded.</summary>
    [Words(PanoraStatus.Active, PanoraStatus.Completed)]
    public Given<WireValue> Status { get; init; }

    /// <summary>Orders on a page.</summary>
    /// <example>10</example>
    [Is(Shape.LooseWhole)]
    public Given<WireValue> Limit { get; init; }

    /// <summary>Which page, from 1.</summary>
    /// <example>1</example>
    [Is(Shape.LooseWhole)]
    public Given<WireValue> PageNumber { get; init; }

    /// <summary>Only this order.</summary>
    [Is(Shape.TxId)]
    public Given<WireValue> PanoraTxId { get; init; }

    /// <summary>true adds what happened to each order.</summary>
    /// <example>true</example>
    [Is(Shape.Truth)]
    public Given<WireValue> TxDetails { get; init; }

    /// <inheritdoc/>
    internal override void Meet(HttpContext context)
    {
        Product = PanoraProduct.Of(context);
        QueryValues<OrdersQueryRecord>.AddMissing(this, context.Request.Query);
    }
}
