using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution;

/// <summary>
/// What an order demands of a quote: its rate bounds, its min amount out and its price band. The quote decides, whatever woke the slice.
/// </summary>
internal sealed class JudgeQuote(TokenRegistry tokens, PriceBoard board, IOptions<OrdersOptions> orders, TimeProvider time)
{
    /// <summary>The least that the swap must pay, or why this quote is not taken.</summary>
    public Result<AmountOutFloor> Handle(OrderHeader order, Slice slice, Quote quote)
    {
        var band = order.PriceBandBps is { } bps ? new PriceBand(BasisPoints.Of(bps)) : PriceBand.Open;
        var floor = AmountOutFloor.Of(order, slice, quote.AmountOut, orders.Value.DefaultSlippageBps);
        if (slice.Rate.IsAny && band.IsOpen) return Above(floor, quote);
        if (tokens.Find(quote.SellToken) is not { } sell || tokens.Find(quote.BuyToken) is not { } buy)
        {
            return new OrderError.NotExecutable("unknown_token",
                $"the venue does not tell the decimals of {quote.SellToken} or {quote.BuyToken}");
        }
        if (!slice.Rate.Contains(quote.AmountIn, sell.Decimals, quote.AmountOut, buy.Decimals))
        {
            return new OrderError.NotExecutable("rate_out_of_bounds",
                order.Terms.LimitPrice is { } limit
                    ? $"the quote of {quote.AmountOut} is below the limit price of {limit}"
                    : $"the quote of {quote.AmountOut} is outside the rate bounds");
        }
        if (Above(floor, quote).IsRejected(out var below)) return below;
        if (Within(band, quote, sell, buy).IsRejected(out var impact, out var least)) return impact;
        // A limit price is the chain's to hold too.
        return floor.AtLeast(least).AtLeast(order.Terms.Rate.LeastOut(quote.AmountIn, sell.Decimals, buy.Decimals) ?? TokenAmount.Zero);
    }

    /// <summary>
    /// The rate of its route at no depth at which the slice should be asked about again: the rate now, times what its quote lacks. A pool
    /// that pays more for the first unit pays less than that much more for an amount, so it is asked early rather than late.
    /// </summary>
    public QuoteNeed? NeedOf(Slice slice, Quote quote, OrderError why, Price rate)
    {
        var route = new QuoteRoute(quote.SellToken, quote.BuyToken);
        switch (why)
        {
            case OrderError.BelowMin below:
                return new QuoteNeed(route, QuoteSide.Rise, Times(rate, below.Min.Units, quote.AmountOut.Units));
            case OrderError.PriceImpact impact when PriceRatio.TryCreate(impact.SellUsd, impact.BuyUsd, out var believed):
                return new QuoteNeed(route, QuoteSide.Band, Times(believed.ShareOf(rate), impact.Min.Units, quote.AmountOut.Units));
            case OrderError.Unavailable:
                return new QuoteNeed(route, QuoteSide.Band, Price.Zero); // any belief will do
            case OrderError.NotExecutable { Reason: "rate_out_of_bounds" } when tokens.Find(quote.SellToken) is { } sell
                && tokens.Find(quote.BuyToken) is { } buy:
                var least = slice.Rate.LeastOut(quote.AmountIn, sell.Decimals, buy.Decimals) ?? new TokenAmount(UInt128.MaxValue);
                if (quote.AmountOut < least) return new QuoteNeed(route, QuoteSide.Rise, Times(rate, least.Units, quote.AmountOut.Units));
                return new QuoteNeed(route, QuoteSide.Fall,
                    Times(rate, slice.Rate.Max!.Value.Count,
                        RateBounds.RateOf(quote.AmountIn, sell.Decimals, quote.AmountOut, buy.Decimals).Count));
            default:
                return null;
        }
    }

    private static Price Times(Price rate, UInt128 wanted, UInt128 offered) =>
        new(UInt128.Min(Wide.MulDivFloor(rate.Count, wanted, UInt128.Max(offered, 1)) ?? UInt128.MaxValue, Price.MaxValue.Count));

    private static Result<AmountOutFloor> Above(AmountOutFloor floor, Quote quote) =>
        quote.AmountOut < floor.QuoteMin ? new OrderError.BelowMin(quote.AmountOut, floor.QuoteMin) : floor;

    // What the band lets through at least is the chain's to hold too: between the quote and the block a pool may move.
    private Result<TokenAmount> Within(PriceBand band, Quote quote, Token sell, Token buy)
    {
        if (band.IsOpen) return TokenAmount.Zero;
        var now = time.GetUtcNow();
        if (!board.TryRead(sell.Id, now, out var sold) || !board.TryRead(buy.Id, now, out var bought) || bought.Usd == Price.Zero)
        {
            return new OrderError.Unavailable("no_believed_price",
                $"No price is believed now of {sell.Id} or {buy.Id}, from which the price band is counted", TimeSpan.FromSeconds(5));
        }
        TokenAmount LeastOf(PriceBand within) => within.LeastOut(quote.AmountIn, sell.Decimals, sold.Usd, buy.Decimals, bought.Usd);
        var least = LeastOf(band);
        if (quote.AmountOut >= least) return least;
        return new OrderError.PriceImpact(quote.AmountOut, LeastOf(PriceBand.Closed), least, band.Width.Value)
        {
            SellUsd = sold.Usd, BuyUsd = bought.Usd,
        };
    }
}
