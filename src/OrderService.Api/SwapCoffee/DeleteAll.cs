using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE cancel/all: ends every active order, of one kind where a type is given.</summary>
internal static class DeleteAll
{
    public static Task<IResult> HandleAsync(HttpContext context, CancelBySystem cancel, CancellationToken token) =>
        OfKindAsync(context, new OrderQuery(), cancel, token);

    /// <summary>Ends the active orders that are meant and of the kind that the query names.</summary>
    public static async Task<IResult> OfKindAsync(HttpContext context, OrderQuery which, CancelBySystem cancel, CancellationToken token)
    {
        if (TypeQuery.Read(context.Request.Query).IsRejected(out var why, out var type)) return SwapCoffeeErrors.From(why);
        if (type != StrategyType.Vca) await cancel.HandleAsync(which with { Dialect = NewOrderTerms.Dialect, Kind = type?.Kind() }, token);
        return Answers.Empty();
    }
}
