using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE cancel/by-id/{id}: ends one active order.</summary>
internal static class DeleteById
{
    public static async Task<IResult> HandleAsync(string id, CancelBySystem cancel, CancellationToken token)
    {
        if (OrdersQuery.ReadId(id).IsRejected(out var why, out var number)) return SwapCoffeeErrors.From(why);
        return (await cancel.OneAsync(OrdersQuery.One(number), token)).IsRejected(out why) ? SwapCoffeeErrors.From(why) : Answers.Empty();
    }
}
