using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>Reads the body of a limit order: one part that waits for its rate.</summary>
internal static class LimitFields
{
    private const string Rate = "rateToTokenPerFromToken";

    /// <summary>What is wanted, or the first field that cannot be meant.</summary>
    public static Result<WantedOrder> Read(CallFields fields, ISwapRouter router, TokenRegistry tokens)
    {
        var venue = router.Terms;
        fields.Chain(venue.Network, isNeeded: false);
        var (toWallet, fromWallet) = OrderFields.Wallets(fields, venue, isFromNeeded: true);
        if (OrderFields.Pair(fields, tokens, router).IsRejected(out var unknown, out var pair)) return unknown;
        var amount = fields.Amount("fromTokenAmount", pair.Sell.Decimals);
        var rate = fields.Rate(Rate, isNeeded: true, mayBeInfinite: false);
        if (rate == Price.Zero) fields.Refuse(Rate, "must be greater than 0");
        var expiry = fields.Span("expiry", isNeeded: false);
        if (expiry?.TicksMax(1) > ScheduleLimits.SpanMax.Ticks) fields.Refuse("expiry.value", "is later than 100 years from now");
        var slippage = fields.Slippage();
        var takesAny = fields.Read<bool>(OrderFields.Unprotected, FieldReads.TryReadTruth, "must be true or false");
        if (fields.Refusal is { } why) return why;
        return new WantedOrder
        {
            Product = PanoraProduct.Limit,
            ToWallet = toWallet,
            FromWallet = fromWallet,
            Sell = pair.Sell,
            Buy = pair.Buy,
            AmountIn = amount,
            Schedule = new Schedule.Immediate(1),
            Rate = new RateBounds(rate, null),
            SlippageBps = slippage,
            Expiry = expiry,
            AcceptsUnprotectedOutput = takesAny,
            Echo = EchoedFields.Of(fields, "toWalletAddress", "fromWalletAddress", Rate, "expiry.value", "expiry.timePeriod", "slippagePercentage"),
        };
    }
}
