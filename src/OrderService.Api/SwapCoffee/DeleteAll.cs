using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Engine.Partitions;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE cancel/all: ends every active order, of one kind where a type is given.</summary>
internal static class DeleteAll
{
    public static Task<IResult> HandleAsync(HttpContext context, AllPartitions partitions, CancellationToken token) =>
        OfKindAsync(context, new OrderQuery(), partitions, token);

    /// <summary>Ends the active orders that are meant and of the kind that the query names.</summary>
    public static async Task<IResult> OfKindAsync(HttpContext context, OrderQuery which, AllPartitions partitions, CancellationToken token)
    {
        if (TypeQuery.Read(context.Request.Query).IsRejected(out var why, out var type)) return SwapCoffeeErrors.From(why);
        if (type == StrategyType.Vca) return Answers.Empty();
        foreach (var cancel in partitions.Each<CancelBySystem>())
            await cancel.HandleAsync(which with { Dialect = NewOrderTerms.Dialect, Kind = type?.Kind() }, token);
        return Answers.Empty();
    }
}
