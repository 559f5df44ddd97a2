using OrderService.Api.SwapCoffee.Records;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.SwapCoffee;

/// <summary>What an amend asks for, read without the order that it is about.</summary>
internal sealed record AmendJson(PartsChanges Common, TokenAmount? MinOutput, PartsChanges? Dca)
{
    /// <summary>True where nothing is asked for.</summary>
    public bool IsNothing => Common == new PartsChanges() && MinOutput is null && Dca is null;

    /// <summary>That of a body that <see cref="AmendRules"/> let pass.</summary>
    public static AmendJson Of(AmendRecord body)
    {
        var common = new PartsChanges
        {
            AmountIn = body.InputAmount.IsRead ? body.InputAmount.Value : null,
            Parts = body.MaxSuborders.IsRead ? StrategyNumbers.Whole(body.MaxSuborders) : null,
            AttemptsMax = body.MaxInvocations.IsRead ? StrategyNumbers.Whole(body.MaxInvocations) : null,
            Slippage = body.Slippage.IsRead && StrategyNumbers.TrySlippage(body.Slippage.Value, out var slippage) ? slippage : null,
        };
        if (body.Settings is not { IsRead: true, Value: { } settings }) return new AmendJson(common, null, null);
        var dca = new PartsChanges
        {
            Interval = settings.Delay.IsRead ? Interval.Of(StrategyNumbers.Whole(settings.Delay), IntervalUnit.Second) : null,
            RateMin = settings.PriceRangeFrom.IsRead && StrategyNumbers.TryRateFrom(settings.PriceRangeFrom, out var from)
                ? from ?? Price.Zero : null,
            RateMax = settings.PriceRangeTo.IsRead && StrategyNumbers.TryRateTo(settings.PriceRangeTo, out var to)
                ? to ?? Price.Zero : null,
        };
        return new AmendJson(common, settings.MinOutputAmount.IsRead ? settings.MinOutputAmount.Value : null,
            dca == new PartsChanges() ? null : dca);
    }

    /// <summary>The engine's changes of an order of this type; refused where a setting is of the other type.</summary>
    public Result<PartsChanges> ChangesOf(StrategyType type)
    {
        if (type == StrategyType.Limit)
        {
            return Dca is null
                ? Common with { MinAmountOut = MinOutput } : new OrderError.Field("settings", "of a limit has min_output_amount only");
        }
        if (MinOutput is not null) return new OrderError.Field("settings", "of a dca has delay, price_range_from and price_range_to only");
        return Dca is null ? Common : Common with { Interval = Dca.Interval, RateMin = Dca.RateMin, RateMax = Dca.RateMax };
    }
}
