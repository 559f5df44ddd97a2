using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET {address}/order?id=: one order of the owner's.</summary>
internal static class GetOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ListOrders orders, TokenRegistry tokens, ISwapRouter router, IOptions<SwapCoffeeOptions> options,
        CancellationToken token)
    {
        if (OrdersQuery.ReadId(context.Request.Query.Text("id")).IsRejected(out var why, out var id)) return SwapCoffeeErrors.From(why);
        if (await orders.OneAsync(OrdersQuery.One(id, CallerProof.CallerOf(context).Owner), token) is not { } order)
            return SwapCoffeeErrors.From(new OrderError.NotFound());
        var shape = new OrderJson(tokens.Find, router.Terms, options.Value.CloseTimestampUnit);
        return JsonAnswer.Fresh(context, shape.Of(order), SwapCoffeeJson.Default.StrategyRecord);
    }
}
