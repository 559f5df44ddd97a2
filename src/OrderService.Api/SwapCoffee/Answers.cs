using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>The answers of this dialect: bare values, as the original has them.</summary>
internal static class Answers
{
    /// <summary>A list of texts.</summary>
    public static IResult Texts(HttpContext context, IEnumerable<string> texts) =>
        JsonAnswer.Fresh(context, [.. texts], SwapCoffeeJson.Default.IReadOnlyListString);

    /// <summary>Success with nothing to say.</summary>
    public static IResult Empty() => Results.Ok();

    /// <summary>The transaction of an order, with its number in <c>X-Order-Id</c>.</summary>
    public static IResult Transaction(HttpContext context, string kind, int number, Order order)
    {
        context.Response.Headers["X-Order-Id"] = number.ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.Fresh(context, TransactionBoc.Of(kind, order.Account!.Value, number, order.Terms.Uuid),
            SwapCoffeeJson.Default.TransactionRecord);
    }

    /// <summary>The transaction of a wallet.</summary>
    public static IResult Transaction(HttpContext context, string kind, StacksAddress wallet) =>
        JsonAnswer.Fresh(context, TransactionBoc.Of(kind, wallet, null, null), SwapCoffeeJson.Default.TransactionRecord);
}
