using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>Reads the body of a DCA order.</summary>
internal static class DcaFields
{
    private const string Min = "minRateToTokenPerFromToken";
    private const string Max = "maxRateToTokenPerFromToken";
    private const string Count = "numberOfOrders";

    /// <summary>What is wanted, or the first field that cannot be meant.</summary>
    public static Result<WantedOrder> Read(CallFields fields, ISwapRouter router, TokenRegistry tokens)
    {
        var venue = router.Terms;
        fields.Chain(venue.Network, isNeeded: true);
        var (toWallet, fromWallet) = OrderFields.Wallets(fields, venue, isFromNeeded: false);
        if (OrderFields.Pair(fields, tokens, router).IsRejected(out var unknown, out var pair)) return unknown;
        var isTotal = fields.Need("fromTokenAmount.type", (string? text, out bool total) => (total = text == "total") || text == "perorder", "must be total or perorder");
        var value = fields.Amount("fromTokenAmount.value", pair.Sell.Decimals);
        var interval = fields.Span("interval", isNeeded: true);
        var parts = fields.Need<int>(Count, FieldReads.TryReadCount, "must be a whole number from 1");
        var rate = ReadRate(fields);
        var delay = fields.Span("delay", isNeeded: false, mayBeZero: true);
        var slippage = fields.Slippage();
        var takesAny = fields.Read<bool>(OrderFields.Unprotected, FieldReads.TryReadTruth, "must be true or false");
        if (fields.Refusal is { } why) return why;
        var schedule = new Schedule.FixedInterval(parts, interval!.Value, delay);
        if (TotalOf(value, isTotal, parts).IsRejected(out var tooMuch, out var total)) return PanoraProduct.Dca.FieldNames.In(tooMuch);
        return new WantedOrder
        {
            Product = PanoraProduct.Dca,
            ToWallet = toWallet,
            FromWallet = fromWallet,
            Sell = pair.Sell,
            Buy = pair.Buy,
            AmountIn = total,
            Schedule = schedule,
            Rate = rate,
            SlippageBps = slippage,
            AcceptsUnprotectedOutput = takesAny,
            Echo = EchoedFields.Of(fields, "toWalletAddress", "interval.value", "interval.timePeriod", "delay.value", "delay.timePeriod", Min, Max, "slippagePercentage"),
        };
    }

    private static Result<TokenAmount> TotalOf(TokenAmount value, bool isTotal, int parts) => isTotal ? value : AmountSplit.TotalOf(value, parts);

    private static RateBounds ReadRate(CallFields fields)
    {
        var bounds = new RateBounds(fields.Rate(Min, isNeeded: false, mayBeInfinite: false), fields.Rate(Max, isNeeded: false, mayBeInfinite: true));
        if (bounds.Max == Price.Zero) fields.Refuse(Max, "must be greater than 0");
        if (bounds.IsEmpty) fields.Refuse(Min, $"must not be above {Max}", "empty_rate_bounds");
        return bounds;
    }
}
