using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Expressions;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>POST validate_order_condition: a condition in both notations, or what is wrong with it.</summary>
internal static class PostValidateCondition
{
    public static async Task<IResult> HandleAsync(HttpContext context, TradedAssets names)
    {
        if (await JsonBody.ReadAsync(context) is not { } body) return TreadFaults.BadBody;
        var text = body.Given("order_condition") is { } given ? JsonText.Of(given) ?? given.GetRawText() : "";
        if (!ConditionReader.TryRead(text, names, out var condition, out var reason)) return TreadFaults.Error(400, "invalid_order_condition", $"Invalid order condition: {reason}");
        return JsonAnswer.Fresh(context, new BothNotationsRecord { OrderCondition = condition.ToRpn(), OrderConditionNormal = condition.ToInfix() }, TreadJson.Default.BothNotationsRecord);
    }
}
