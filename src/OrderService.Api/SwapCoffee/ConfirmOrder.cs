using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>POST {address}/order/confirm: an extension of ours for the mode Confirm. Stores the order of a payload that <see cref="PostOrder"/> answered; again, it is the same order.</summary>
internal static class ConfirmOrder
{
    public static async Task<IResult> HandleAsync(HttpContext context, NewOrders orders, IOptions<SwapCoffeeOptions> options, CancellationToken token)
    {
        if (options.Value.Activation != OrderActivation.Confirm) return SwapCoffeeErrors.From(new OrderError.Malformed("There is nothing to confirm: orders are active at once"));
        return (await RequestBody.ReadAsync(context, DialectLimits.BodyMax, UnconfirmedOrder.Read)).IsRejected(out var why, out var order)
            ? SwapCoffeeErrors.From(why)
            : await orders.StoreAsync(context, order.Body, order.Id, token);
    }
}
