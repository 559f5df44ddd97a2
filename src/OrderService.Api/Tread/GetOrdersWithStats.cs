using OrderService.Api.Wire;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Orders;

namespace OrderService.Api.Tread;

/// <summary>GET orders_with_stats: a page of orders, newest first, with the statistics of those that have ended and their fills.</summary>
internal static class GetOrdersWithStats
{
    public static async Task<IResult> HandleAsync(HttpContext context, TreadOrders orders, CancellationToken token)
    {
        if (OrdersQuery.ReadPage(context.Request.Query, out var page, out var size) is { } fault) return fault;
        var (found,
            count) = await orders.PageAsync(new OrderQuery { Dialect = NewOrderTerms.Dialect, Owner = TokenProof.CallerOf(context).Owner,
                Page = page, Limit = size }, token);
        return JsonAnswer.Fresh(context, Answers.Page(found.Select(SummaryJson.WithStatsOf), page, size, count),
            TreadJson.Default.PageRecordWithStatsRecord);
    }
}
