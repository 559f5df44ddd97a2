using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>The limit price of an order as it is now, and what it says to a quote.</summary>
internal sealed class CurveLimit(CurveExpressions expressions, TokenRegistry tokens)
{
    /// <summary>The reason of a slice that waits since its quote is outside.</summary>
    public const string Outside = "outside_limit";

    /// <summary>The reason of a slice that waits since its limit cannot be told now.</summary>
    public const string Unknown = "limit_unknown";

    /// <summary>The limit, where so much of the target is executed; null where there is none. Refused where it is not known now.</summary>
    public Result<PriceLimit?> Now(OrderHeader order, TokenAmount executed)
    {
        if (order.Curve is not { Asked: { HasLimit: true } asked }) return (PriceLimit?)null;
        return (asked.LimitPrice ?? expressions.LimitOf(order, executed, asked.LimitExpression!)) is { } price
            ? (PriceLimit?)new PriceLimit(price, asked.Side, asked.IsReverseLimit) : NotKnown();
    }

    /// <summary>
    /// The least that a swap at this quote must pay, so that it stays inside; zero without a limit. Refused where the quote is outside.
    /// </summary>
    public Result<TokenAmount> LeastOut(OrderHeader order, TokenAmount executed, Quote quote)
    {
        if (Now(order, executed).IsRejected(out var unknown, out var limit)) return unknown;
        if (limit is not { } worst) return TokenAmount.Zero;
        if (tokens.Find(quote.SellToken) is not { } sell || tokens.Find(quote.BuyToken) is not { } buy)
        {
            return new OrderError.NotExecutable("unknown_token",
                $"the venue does not tell the decimals of {quote.SellToken} or {quote.BuyToken}");
        }
        if (!worst.Allows(quote.AmountIn, sell.Decimals, quote.AmountOut, buy.Decimals))
            return new OrderError.NotExecutable(Outside, $"the quote of {quote.AmountOut} is outside the limit of {worst.Price}");
        return worst.LeastOut(quote.AmountIn, sell.Decimals, buy.Decimals) is { } least
            ? least : new OrderError.NotExecutable(Outside, "no quote is inside the limit");
    }

    private static OrderError.NotExecutable NotKnown() => new(Unknown, "the limit is not known now");
}
