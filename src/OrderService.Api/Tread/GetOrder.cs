using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>GET order/{id}: everything about an order; its fills where they are asked for.</summary>
internal static class GetOrder
{
    public static async Task<IResult> HandleAsync(HttpContext context, string? id, TreadOrders orders, CancellationToken token)
    {
        if (OrdersQuery.ReadFlag(context.Request.Query, "include_fills", absent: false, out var withFills) is { } badFlag) return badFlag;
        var (order, fault) = await orders.FindAsync(TokenProof.CallerOf(context), id, OrderFaults.Bare, token);
        if (order is null) return fault!;
        var messages = await orders.MessagesAsync([order], token);
        return JsonAnswer.Fresh(context, OrderDetailJson.Of(order, withFills, messages[order.Order.Id]),
            TreadJson.Default.OrderDetailRecord);
    }
}
