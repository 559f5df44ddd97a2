using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Orders;

namespace OrderService.Api.Tread;

/// <summary>
/// GET active_orders: what has not ended, newest first, with its fills. What a person paused is left out by default; what the service
/// paused resumes by itself and stays.
/// </summary>
internal static class GetActiveOrders
{
    private const int CountMax = 1_000;

    private static readonly CurveStanding[] Open =
        [CurveStanding.Scheduled, CurveStanding.Active, CurveStanding.Finisher, CurveStanding.Paused];
    private static readonly CurveStanding[] Running = [CurveStanding.Active, CurveStanding.Finisher];

    public static async Task<IResult> HandleAsync(
        HttpContext context, TreadOrders orders, FundingAccounts accounts, CancellationToken token)
    {
        var (caller, query) = (TokenProof.CallerOf(context), context.Request.Query);
        if (OrdersQuery.ReadFlag(query, "only_active", absent: false, out var onlyActive) is { } badActive) return badActive;
        if (OrdersQuery.ReadFlag(query, "exclude_paused", absent: true, out var withoutPaused) is { } badPaused) return badPaused;
        var wanted = new OrderQuery
        {
            Dialect = NewOrderTerms.Dialect, Owner = caller.Owner,
            Curve = new CurveCriteria { Standings = onlyActive ? Running : Open, WithoutPausedByPerson = withoutPaused }, Limit = CountMax,
        };
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
        var (page, _) = await orders.PageAsync(wanted, token);
        return JsonAnswer.Fresh(context, new OpenListRecord { Orders = [.. page.Select(OrderJson.OpenOf)], OrderCount = page.Count },
            TreadJson.Default.OpenListRecord);
    }
}
