using Microsoft.Extensions.Options;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// POST {address}/order/confirm: an extension of ours for the mode Confirm. Stores the order of a payload that <see cref="PostOrder"/>
/// answered; again, it is the same order.
/// </summary>
internal static class ConfirmOrder
{
    public static async Task<IResult> HandleAsync(HttpContext context, NewOrders orders, CancellationToken token)
    {
        return UnconfirmedOrder.Open(BodyFilter<ConfirmRecord>.BodyOf(context).PayloadCell.Value!).IsRejected(out var why, out var order)
            ? SwapCoffeeErrors.From(why)
            : await orders.StoreAsync(context, order.Body, order.Id, token);
    }

    /// <summary>Says that there is nothing to confirm, before the body is looked at, where orders are active at once.</summary>
    public static async ValueTask<object?> CheckModeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<SwapCoffeeOptions>>().Value;
        return options.Activation == OrderActivation.Confirm
            ? await next(context)
            : SwapCoffeeErrors.From(new OrderError.Malformed("There is nothing to confirm: orders are active at once"));
    }
}
