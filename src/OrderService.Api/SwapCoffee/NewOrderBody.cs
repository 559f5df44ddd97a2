using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.SwapCoffee;

/// <summary>A new order of this wire, read and judged.</summary>
internal sealed record NewOrderBody(
    TokenId From, TokenId To, TokenAmount InputAmount, int Suborders, int Invocations, BasisPoints Slippage, StrategySettings Settings,
    string? ReferralName);

/// <summary>What the kinds of orders differ in.</summary>
internal abstract record StrategySettings
{
    /// <summary>At least so much for the whole.</summary>
    public sealed record Limit(TokenAmount MinOutput) : StrategySettings;

    /// <summary>A part every so many seconds, while the rate is inside the bounds.</summary>
    public sealed record Dca(int DelaySeconds, RateBounds Rate) : StrategySettings;
}
