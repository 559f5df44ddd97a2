using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>What a DCA order must be.</summary>
internal sealed class NewDcaOrderRules : PanoraRules<NewDcaOrderRecord>
{
    private const string Max = "maxRateToTokenPerFromToken";

    public NewDcaOrderRules(ISwapRouter router, TokenRegistry tokens)
        : base(router)
    {
        Chain(b => b.ChainId, _ => true);
        Wallet(b => b.ToWalletAddress, isNeeded: true);
        Wallet(b => b.FromWalletAddress, isNeeded: false);
        Pair(b => b.FromTokenAddress, b => b.ToTokenAddress, tokens);
        Inner(b => b.FromTokenAmount, "fromTokenAmount.type", amount => amount.Type, isNeeded: true, text => text is "total" or "perorder",
            "must be total or perorder");
        Amount(
            Inner(b => b.FromTokenAmount, "fromTokenAmount.value", amount => amount.Value, isNeeded: true),
            amount => amount.Value!.Value.Value.Text, body => Find(body.FromTokenAddress, tokens)!.Decimals);
        Span(b => b.Interval, "interval", isNeeded: true);
        Bound(b => b.NumberOfOrders, new FieldBounds(1, FieldReads.CountMax));
        Needed(b => b.NumberOfOrders, text => FieldReads.TryReadCount(text, out _), "must be a whole number from 1");
        Rate(b => b.MinRateToTokenPerFromToken, isNeeded: false, mayBeInfinite: false);
        Rate(b => b.MaxRateToTokenPerFromToken, isNeeded: false, mayBeInfinite: true);
        Must(b => b.MaxRateToTokenPerFromToken, (_, max) => FieldReads.Rate(max) != Price.Zero).Says("must be greater than 0");
        Must(b => b.MinRateToTokenPerFromToken, (body, _) => !DcaFields.RateOf(body).IsEmpty)
            .Says($"must not be above {Max}", "empty_rate_bounds");
        Span(b => b.Delay, "delay", isNeeded: false, mayBeZero: true);
        Slippage(b => b.SlippagePercentage);
        Truth(b => b.AcceptUnprotectedOutput);
    }
}

/// <summary>Makes the order of the body of a DCA that its rules let pass.</summary>
internal static class DcaFields
{
    /// <summary>What is wanted, or why it comes to more than there can be.</summary>
    public static Result<WantedOrder> Of(NewDcaOrderRecord body, TokenRegistry tokens)
    {
        var (sell, buy) = OrderFields.Pair(body.FromTokenAddress, body.ToTokenAddress, tokens);
        _ = HumanAmount.Read(body.FromTokenAmount.Value!.Value.Value.Text, sell.Decimals, out var value);
        _ = FieldReads.TryReadCount(body.NumberOfOrders.Value.Text, out var parts);
        if (TotalOf(value, body.FromTokenAmount.Value.Type.Value.Text == "total", parts).IsRejected(out var tooMuch, out var total))
            return PanoraProduct.Dca.FieldNames.In(tooMuch);
        return new WantedOrder
        {
            Product = PanoraProduct.Dca,
            ToWallet = FieldReads.Wallet(body.ToWalletAddress)!.Value,
            FromWallet = FieldReads.Wallet(body.FromWalletAddress),
            Sell = sell,
            Buy = buy,
            AmountIn = total,
            Schedule = new Schedule.FixedInterval(parts, FieldReads.Span(body.Interval)!.Value, FieldReads.Span(body.Delay)),
            Rate = RateOf(body),
            SlippageBps = FieldReads.Slippage(body.SlippagePercentage),
            AcceptsUnprotectedOutput = FieldReads.Truth(body.AcceptUnprotectedOutput),
            Echo = EchoedFields.Of(
                ("toWalletAddress", body.ToWalletAddress), ("interval.value", body.Interval.Value!.Value),
                ("interval.timePeriod", body.Interval.Value.TimePeriod),
                ("delay.value", body.Delay.Value?.Value ?? default), ("delay.timePeriod", body.Delay.Value?.TimePeriod ?? default),
                ("minRateToTokenPerFromToken", body.MinRateToTokenPerFromToken),
                ("maxRateToTokenPerFromToken", body.MaxRateToTokenPerFromToken), ("slippagePercentage", body.SlippagePercentage)),
        };
    }

    /// <summary>The bounds of its rate.</summary>
    public static RateBounds RateOf(NewDcaOrderRecord body) =>
        new(FieldReads.Rate(body.MinRateToTokenPerFromToken), FieldReads.Rate(body.MaxRateToTokenPerFromToken));

    private static Result<TokenAmount> TotalOf(TokenAmount value, bool isTotal, int parts) =>
        isTotal ? value : AmountSplit.TotalOf(value, parts);
}
