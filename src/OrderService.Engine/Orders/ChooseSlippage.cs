using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;

namespace OrderService.Engine.Orders;

/// <summary>
/// The slippage of an order that leaves it to the service: the default, and on top of it what a swap of this size moves the price by, as
/// two quotes tell:
/// one of a part and one of a hundredth of it. At most 5 %. Chosen once, when the order is made, since terms never change.
/// </summary>
internal sealed class ChooseSlippage(ISwapRouter router, IOptions<OrdersOptions> options, TimeProvider time)
{
    /// <summary>In basis points.</summary>
    public const int Max = 500;

    private const uint Whole = BasisPoints.Max;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>In basis points. Where the venue offers nothing now, or does not answer, it is the default alone.</summary>
    public async Task<int> HandleAsync(TokenId sell, TokenId buy, TokenAmount part, CancellationToken token)
    {
        var few = TokenAmount.Max(new TokenAmount(part.Units / 100), new TokenAmount(1));
        var offers = Task.WhenAll(AskAsync(sell, buy, few, token), AskAsync(sell, buy, part, token));
        var impact = await offers is [{ } small, { } large] ? ImpactOf(small, large) : 0;
        return Math.Min(Max, options.Value.DefaultSlippageBps + impact);
    }

    private async Task<Quote?> AskAsync(TokenId sell, TokenId buy, TokenAmount amount, CancellationToken token)
    {
        try
        {
            var offer = await router.QuoteAsync(sell, buy, amount, token).WaitAsync(Patience, time, token);
            return offer.IsRejected(out _, out var quote) ? null : quote;
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return null;
        }
    }

    // How much less the large swap pays than it would at the small one's rate, rounded up.
    private static int ImpactOf(Quote small, Quote large)
    {
        if (small.AmountOut == TokenAmount.Zero || small.AmountOut.MulDivFloor(large.AmountIn.Units, small.AmountIn.Units) is not { } ideal
            || ideal <= large.AmountOut)
        {
            return 0;
        }
        var bps = (ideal - large.AmountOut).MulDivCeiling(Whole, ideal.Units);
        return bps is { } value && value.Units <= Whole ? (int)value.Units : (int)Whole;
    }
}
