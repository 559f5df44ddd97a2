using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>The answers of this dialect: bare values, as the original has them.</summary>
internal static class Answers
{
    /// <summary>Any value; never out of a cache.</summary>
    public static IResult Json(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new JsonAnswer(write);
    }

    /// <summary>A list of texts.</summary>
    public static IResult Texts(HttpContext context, IEnumerable<string> texts) => Json(context, json =>
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    });

    /// <summary>Success with nothing to say.</summary>
    public static IResult Empty() => Results.Ok();

    /// <summary>The transaction of an order, with its number in <c>X-Order-Id</c>.</summary>
    public static IResult Transaction(HttpContext context, string kind, int number, Order order)
    {
        context.Response.Headers["X-Order-Id"] = number.ToString(CultureInfo.InvariantCulture);
        return Json(context, json => TransactionBoc.Write(json, kind, order.Account!.Value, number, order.Terms.Uuid));
    }

    /// <summary>The transaction of a wallet.</summary>
    public static IResult Transaction(HttpContext context, string kind, StacksAddress wallet) => Json(context, json => TransactionBoc.Write(json, kind, wallet, null, null));
}
