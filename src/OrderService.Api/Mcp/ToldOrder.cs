using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary>An order as tools tell it.</summary>
internal sealed record ToldOrder
{
    public required string Uuid { get; init; }

    public required string Status { get; init; }

    public required string Sells { get; init; }

    public required string Buys { get; init; }

    /// <summary>The account that sells; null where the wallet itself does.</summary>
    public string? Account { get; init; }

    public string? Paid { get; init; }

    public string? WaitingFor { get; init; }

    public string? Reason { get; init; }

    public string? Txid { get; init; }

    public required string CreatedAt { get; init; }

    /// <summary>As it stands at a moment.</summary>
    public static ToldOrder Of(Order order, TokenRegistry tokens, DateTimeOffset now)
    {
        var paid = order.Slices.Aggregate(TokenAmount.Zero, (sum, slice) => sum + (slice.AmountOut ?? TokenAmount.Zero));
        var slice = WaitingForOrder.Current(order) ?? (order.Slices.Count > 0 ? order.Slices[^1] : null);
        return new ToldOrder
        {
            Uuid = order.Terms.Uuid.ToString(), Status = order.StatusAt(now).ToString().ToLowerInvariant(),
            Sells = tokens.Text(order.Terms.AmountIn, order.Terms.SellToken),
            Buys = tokens.NameOf(order.Terms.BuyToken), Account = order.Account?.ToString(),
            Paid = paid > TokenAmount.Zero ? tokens.Text(paid, order.Terms.BuyToken) : null,
            WaitingFor = WaitingForOrder.Of(order, now)?.ToString().ToLowerInvariant(), Reason = order.Reason ?? slice?.Reason,
            Txid = slice?.TxId, CreatedAt = IsoTime.Text(order.CreatedAt),
        };
    }
}
