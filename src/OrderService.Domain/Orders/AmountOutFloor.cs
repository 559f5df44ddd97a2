using System.Diagnostics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Orders;

/// <summary>
/// What a slice demands of a swap: a quote below <paramref name="QuoteMin"/> is not sent, and what is sent must pay
/// <paramref name="AmountOutMin"/> or abort.
/// </summary>
public readonly record struct AmountOutFloor(TokenAmount QuoteMin, TokenAmount AmountOutMin)
{
    /// <summary>
    /// The strictest of the slice's share of the order's limit (rounded up, so that the shares never sum to less) and its slippage.
    /// </summary>
    public static AmountOutFloor Of(OrderHeader order, Slice slice, TokenAmount quoted, int slippageBpsDefault)
    {
        var share = ShareOf(order.Terms, slice.AmountIn);
        var slippage = BasisPoints.Of(order.Terms.SlippageBps ?? slippageBpsDefault);
        switch (order.Rules.Slippage)
        {
            case SlippageFrom.Quote:
                var min = TokenAmount.Max(share, slippage.Below(quoted));
                return new AmountOutFloor(min, min);
            case SlippageFrom.Min:
                return new AmountOutFloor(slippage.Above(share), share);
            default:
                throw new UnreachableException($"unknown start of a slippage {order.Rules.Slippage}");
        }
    }

    /// <summary>The same, and nothing below this either.</summary>
    public AmountOutFloor AtLeast(TokenAmount least) => new(TokenAmount.Max(QuoteMin, least), TokenAmount.Max(AmountOutMin, least));

    // A part is at most the whole, so its share is at most the whole's.
    private static TokenAmount ShareOf(OrderTerms terms, TokenAmount part) =>
        terms.MinAmountOut is { } whole ? whole.MulDivCeiling(part.Units, terms.AmountIn.Units) ?? whole : TokenAmount.Zero;
}
