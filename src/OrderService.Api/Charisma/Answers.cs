using System.Globalization;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>The answers of this dialect: <c>{"status": "success", …}</c>.</summary>
internal static class Answers
{
    /// <summary>The status of every answer that is no refusal.</summary>
    public const string Success = "success";

    /// <summary>One order.</summary>
    public static IResult Order(HttpContext context, OrderView view)
    {
        context.Response.Headers["X-Order-Id"] = view.Order.Terms.Uuid.ToString();
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Order.Revision}\"");
        var (code, order) = (OrderJson.CodeOf(view), OrderJson.Of(view));
        return order.Others is null
            ? JsonAnswer.Fresh(context, new PlainOrderAnswerRecord { Status = Success, Code = code, Data = order },
                CharismaJson.Default.PlainOrderAnswerRecord)
            : JsonAnswer.Fresh(context, new OrderAnswerRecord { Status = Success, Code = code, Data = order },
                CharismaJson.Default.OrderAnswerRecord);
    }
}
