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
        return Answers.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("order_condition", condition.ToRpn());
            json.WriteString("order_condition_normal", condition.ToInfix());
            json.WriteEndObject();
        });
    }
}
