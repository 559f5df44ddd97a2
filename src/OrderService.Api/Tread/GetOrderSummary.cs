using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>GET order_summary/{id}: an order in short.</summary>
internal static class GetOrderSummary
{
    public static async Task<IResult> HandleAsync(HttpContext context, string? id, TreadOrders orders, CancellationToken token)
    {
        var (order, fault) = await orders.FindAsync(TokenProof.CallerOf(context), id, OrderFaults.Bare, token);
        return order is null ? fault! : JsonAnswer.Fresh(context, SummaryJson.Of(order), TreadJson.Default.SummaryRecord);
    }
}
