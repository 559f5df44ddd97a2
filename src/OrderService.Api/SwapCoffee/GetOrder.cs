using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET {address}/order?id=: one order of the owner's.</summary>
internal static class GetOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ListOrders orders, AbsentOrders absent, TokenRegistry tokens, ISwapRouter router,
        IOptions<SwapCoffeeOptions> options, CancellationToken token)
    {
        if (OrdersQuery.ReadId(context.Request.Query.Text("id")).IsRejected(out var why, out var id)) return SwapCoffeeErrors.From(why);
        var asked = OrdersQuery.One(id, CallerProof.CallerOf(context).Owner);
        if (await orders.OneAsync(asked, token) is not { } order) return SwapCoffeeErrors.From(await absent.WhyAsync(asked, token));
        var shape = new OrderJson(tokens.Find, router.Terms, options.Value.CloseTimestampUnit);
        return JsonAnswer.Fresh(context, shape.Of(order), SwapCoffeeJson.Default.StrategyRecord);
    }
}
