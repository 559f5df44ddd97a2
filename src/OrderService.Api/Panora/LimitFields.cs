using FluentValidation;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>What a limit order must be.</summary>
internal sealed class NewLimitOrderRules : PanoraRules<NewLimitOrderRecord>
{
    public NewLimitOrderRules(ISwapRouter router, TokenRegistry tokens)
        : base(router)
    {
        Chain(b => b.ChainId, _ => false);
        Wallet(b => b.ToWalletAddress, isNeeded: true);
        Wallet(b => b.FromWalletAddress, isNeeded: true);
        Pair(b => b.FromTokenAddress, b => b.ToTokenAddress, tokens);
        Amount(Needed(b => b.FromTokenAmount), amount => amount.Value.Text, body => Find(body.FromTokenAddress, tokens)!.Decimals);
        Rate(b => b.RateToTokenPerFromToken, isNeeded: true, mayBeInfinite: false);
        Must(b => b.RateToTokenPerFromToken, (_, rate) => FieldReads.Rate(rate) != Price.Zero).Says("must be greater than 0");
        Span(b => b.Expiry, "expiry", isNeeded: false);
        Inner(b => b.Expiry, "expiry.value", expiry => expiry.Value, isNeeded: false)
            .Must(expiry => FieldReads.Span(expiry) is not { } span || span.TicksMax(1) <= ScheduleLimits.SpanMax.Ticks)
            .Says("is later than 100 years from now");
        Slippage(b => b.SlippagePercentage);
        Truth(b => b.AcceptUnprotectedOutput);
    }
}

/// <summary>Makes the order of the body of a limit that its rules let pass: one part that waits for its rate.</summary>
internal static class LimitFields
{
    /// <summary>What is wanted.</summary>
    public static WantedOrder Of(NewLimitOrderRecord body, TokenRegistry tokens)
    {
        var (sell, buy) = OrderFields.Pair(body.FromTokenAddress, body.ToTokenAddress, tokens);
        _ = HumanAmount.Read(body.FromTokenAmount.Value.Text, sell.Decimals, out var amount);
        return new WantedOrder
        {
            Product = PanoraProduct.Limit,
            ToWallet = FieldReads.Wallet(body.ToWalletAddress)!.Value,
            FromWallet = FieldReads.Wallet(body.FromWalletAddress),
            Sell = sell,
            Buy = buy,
            AmountIn = amount,
            Schedule = new Schedule.Immediate(1),
            Rate = new RateBounds(FieldReads.Rate(body.RateToTokenPerFromToken), null),
            SlippageBps = FieldReads.Slippage(body.SlippagePercentage),
            Expiry = FieldReads.Span(body.Expiry),
            AcceptsUnprotectedOutput = FieldReads.Truth(body.AcceptUnprotectedOutput),
            Echo = EchoedFields.Of(
                ("toWalletAddress", body.ToWalletAddress), ("fromWalletAddress", body.FromWalletAddress),
                ("rateToTokenPerFromToken", body.RateToTokenPerFromToken),
                ("expiry.value", body.Expiry.Value?.Value ?? default), ("expiry.timePeriod", body.Expiry.Value?.TimePeriod ?? default),
                ("slippagePercentage", body.SlippagePercentage)),
        };
    }
}
