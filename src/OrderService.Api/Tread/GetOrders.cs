using OrderService.Api.Wire;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Orders;

namespace OrderService.Api.Tread;

/// <summary>GET orders: a page of the caller's orders of the past twelve months, newest first; by custom ids too.</summary>
internal static class GetOrders
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, TreadOrders orders, FundingAccounts accounts, TimeProvider time, CancellationToken token)
    {
        var (caller, query) = (TokenProof.CallerOf(context), context.Request.Query);
        var wanted = new OrderQuery { Dialect = NewOrderTerms.Dialect, Owner = caller.Owner };
        if (OrdersQuery.ReadList(query, time.GetUtcNow(), ref wanted) is { } fault) return fault;
        var names = OrdersQuery.Csv(query["account_names"]);
        if (names.Count > 0)
        {
            var (found, unknown) = await accounts.NamedAsync(caller, names, token);
            if (unknown.Count > 0) return FundingAccounts.Unknown(unknown[0]);
            wanted = wanted with
            {
                Curve = (wanted.Curve ?? new CurveCriteria()) with { Labels = [.. found.Select(FundingAccounts.Label)] },
            };
        }
        var (page, count) = await orders.PageAsync(wanted, token);
        return JsonAnswer.Fresh(context, Answers.Page(page.Select(OrderJson.Of), wanted.Page ?? 1, wanted.Limit, count),
            TreadJson.Default.PageRecordListedRecord);
    }
}
