using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.SwapCoffee;

/// <summary>What an amend asks for, read without the order that it is about: the fields of a new order that can be changed, each with the same bounds.</summary>
internal sealed record AmendJson(PartsChanges Common, TokenAmount? MinOutput, PartsChanges? Dca)
{
    private static readonly string[] Fixed = ["type", "token_from", "token_to", "referral_name"];
    private static readonly OrderError.Malformed Nothing = new("Nothing to change: give input_amount, max_suborders, max_invocations, slippage or settings");

    /// <summary>Reads a body; the first field that is not as it must be is the refusal.</summary>
    public static Result<AmendJson> Read(ReadOnlyMemory<byte> json) => JsonFields.ReadBody(json, Read);

    private static Result<AmendJson> Read(JsonFields body)
    {
        foreach (var name in Fixed)
            if (body.Any(name) is not null) return body.Field(name, "cannot be changed: cancel the order and create another");
        var common = new PartsChanges();
        if (body.Any("input_amount") is not null)
        {
            if (body.Amount("input_amount").IsRejected(out var why, out var amount)) return why;
            common = common with { AmountIn = amount };
        }
        if (body.Any("max_suborders") is not null)
        {
            if (body.Whole("max_suborders", 1, NewOrderJson.SubordersMax).IsRejected(out var why, out var suborders)) return why;
            common = common with { Parts = suborders };
        }
        if (body.Any("max_invocations") is not null)
        {
            if (body.Whole("max_invocations", common.Parts ?? 1, NewOrderJson.SubordersMax).IsRejected(out var why, out var invocations)) return why;
            common = common with { AttemptsMax = invocations };
        }
        if (body.Any("slippage") is not null)
        {
            if (NewOrderJson.Slippage(body).IsRejected(out var why, out var slippage)) return why;
            common = common with { Slippage = slippage };
        }
        return Settings(body, common);
    }

    /// <summary>The engine's changes of an order of this type; refused where a setting is of the other type.</summary>
    public Result<PartsChanges> ChangesOf(StrategyType type)
    {
        if (type == StrategyType.Limit) return Dca is null ? Common with { MinAmountOut = MinOutput } : new OrderError.Field("settings", "of a limit has min_output_amount only");
        if (MinOutput is not null) return new OrderError.Field("settings", "of a dca has delay, price_range_from and price_range_to only");
        return Dca is null ? Common : Common with { Interval = Dca.Interval, RateMin = Dca.RateMin, RateMax = Dca.RateMax };
    }

    private static Result<AmendJson> Settings(JsonFields body, PartsChanges common)
    {
        if (body.Any("settings") is null) return common == new PartsChanges() ? Nothing : new AmendJson(common, null, null);
        if (body.Object("settings").IsRejected(out var why, out var given)) return why;
        TokenAmount? min = null;
        if (given.Any("min_output_amount") is not null)
        {
            if (given.Amount("min_output_amount").IsRejected(out why, out var amount)) return why;
            min = amount;
        }
        var dca = new PartsChanges();
        if (given.Any("delay") is not null)
        {
            if (NewOrderJson.Delay(given).IsRejected(out why, out var delay)) return why;
            dca = dca with { Interval = Interval.Of(delay, IntervalUnit.Second) };
        }
        if (given.Any("price_range_from") is not null)
        {
            if (NewOrderJson.RateFrom(given).IsRejected(out why, out var from)) return why;
            dca = dca with { RateMin = from ?? Price.Zero };
        }
        if (given.Any("price_range_to") is not null)
        {
            if (NewOrderJson.RateTo(given).IsRejected(out why, out var to)) return why;
            dca = dca with { RateMax = to ?? Price.Zero };
        }
        var isDca = dca != new PartsChanges();
        return min is null && !isDca && common == new PartsChanges() ? Nothing : new AmendJson(common, min, isDca ? dca : null);
    }
}
