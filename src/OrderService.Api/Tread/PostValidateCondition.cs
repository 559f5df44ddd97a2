using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>POST validate_order_condition: a condition in both notations, or what is wrong with it.</summary>
internal static class PostValidateCondition
{
    public static IResult Handle(HttpContext context)
    {
        var condition = BodyFilter<ConditionRecord>.BodyOf(context).Read.Condition!;
        return JsonAnswer.Fresh(context,
            new BothNotationsRecord { OrderCondition = condition.ToRpn(), OrderConditionNormal = condition.ToInfix() },
            TreadJson.Default.BothNotationsRecord);
    }
}
