using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET {address}/orders: the owner's orders, newest first; those that have ended only where they are asked for.</summary>
internal static class GetOrders
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ListOrders orders, TokenRegistry tokens, ISwapRouter router, IOptions<SwapCoffeeOptions> options,
        CancellationToken token)
    {
        if (OrdersQuery.Read(context.Request.Query, CallerProof.CallerOf(context).Owner).IsRejected(out var why, out var query))
            return SwapCoffeeErrors.From(why);
        var page = query is null ? [] : (await orders.HandleAsync(query, token)).Value.Orders;
        var shape = new OrderJson(tokens.Find, router.Terms, options.Value.CloseTimestampUnit);
        return JsonAnswer.Fresh(context, [.. page.Select(shape.Of)], SwapCoffeeJson.Default.IReadOnlyListStrategyRecord);
    }
}
