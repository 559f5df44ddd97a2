using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Pricing;
using OrderService.SwapRouters;

namespace OrderService.Orders;

/// <summary>What an order demands of a quote: its rate bounds, its min amount out and its price band. The quote decides, whatever woke the slice.</summary>
internal sealed class JudgeQuote(TokenRegistry tokens, PriceBoard board, IOptions<OrdersOptions> orders, TimeProvider time)
{
    /// <summary>The least that the swap must pay, or why this quote is not taken.</summary>
    public Result<AmountOutFloor> Handle(Order order, Slice slice, Quote quote)
    {
        var band = order.PriceBandBps is { } bps ? new PriceBand(BasisPoints.Of(bps)) : PriceBand.Open;
        var floor = AmountOutFloor.Of(order, slice, quote.AmountOut, orders.Value.DefaultSlippageBps);
        if (slice.Rate.IsAny && band.IsOpen) return Above(floor, quote);
        if (tokens.Find(quote.SellToken) is not { } sell || tokens.Find(quote.BuyToken) is not { } buy)
            return new OrderError.NotExecutable("unknown_token", $"the venue does not tell the decimals of {quote.SellToken} or {quote.BuyToken}");
        if (!slice.Rate.Contains(quote.AmountIn, sell.Decimals, quote.AmountOut, buy.Decimals))
            return new OrderError.NotExecutable("rate_out_of_bounds", $"the quote of {quote.AmountOut} is outside the rate bounds");
        if (Above(floor, quote).IsRejected(out var below)) return below;
        return Within(band, quote, sell, buy).IsRejected(out var impact, out var least) ? impact : floor.AtLeast(least);
    }

    private static Result<AmountOutFloor> Above(AmountOutFloor floor, Quote quote) => quote.AmountOut < floor.QuoteMin ? new OrderError.BelowMin(quote.AmountOut, floor.QuoteMin) : floor;

    // What the band lets through at least is the chain's to hold too: between the quote and the block a pool may move.
    private Result<TokenAmount> Within(PriceBand band, Quote quote, Token sell, Token buy)
    {
        if (band.IsOpen) return TokenAmount.Zero;
        var now = time.GetUtcNow();
        if (!board.TryRead(sell.Id, now, out var sold) || !board.TryRead(buy.Id, now, out var bought) || bought.Usd == Price.Zero)
            return new OrderError.Unavailable("no_believed_price", $"No price is believed now of {sell.Id} or {buy.Id}, from which the price band is counted", TimeSpan.FromSeconds(5));
        TokenAmount LeastOf(PriceBand within) => within.LeastOut(quote.AmountIn, sell.Decimals, sold.Usd, buy.Decimals, bought.Usd);
        var least = LeastOf(band);
        if (quote.AmountOut >= least) return least;
        return new OrderError.PriceImpact(quote.AmountOut, LeastOf(PriceBand.Closed), least, band.Width.Value) { SellUsd = sold.Usd, BuyUsd = bought.Usd };
    }
}
