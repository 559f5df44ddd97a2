using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// POST cancel_all_orders: all that has not ended, or all that names these accounts. What a person paused is spared by default, what the
/// service paused never.
/// </summary>
internal static class PostCancelAll
{
    private static readonly CurveStanding[] Open =
        [CurveStanding.Scheduled, CurveStanding.Active, CurveStanding.Finisher, CurveStanding.Paused];

    public static async Task<IResult> HandleAsync(
        HttpContext context, BulkCall bulk, FundingAccounts accounts, CancelOrder cancel, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        if (OrdersQuery.ReadFlag(context.Request.Query, "exclude_paused", absent: true, out var withoutPaused) is { } badFlag)
            return badFlag;
        var names = OrdersQuery.Csv(BodyFilter<CancelAllRecord>.BodyOf(context).AccountNames.Value);
        var (named, unknown) = await accounts.NamedAsync(caller, names, token);
        var curve = new CurveCriteria
        {
            Standings = Open, WithoutPausedByPerson = withoutPaused,
            Labels = names.Count == 0 ? null : [.. named.Select(FundingAccounts.Label)],
        };
        var wanted = new OrderQuery { Dialect = NewOrderTerms.Dialect, Owner = caller.Owner, Curve = curve };
        var found = await bulk.FindAsync(wanted, token);
        var missing = unknown.Count == 0
            ? "" : $"Failed to fetch accounts: {TreadFaults.Listed(unknown.Select(name => $"Account not found: {name}"))}";
        if (found.Count == 0 && unknown.Count > 0)
            return new TreadFault(400, FaultShape.Message, "unknown_account", $"No active orders to cancel. {missing}");
        var failed = await bulk.ApplyAsync(found,
            async order => IsDone((await cancel.HandleAsync(order.Terms.Uuid, caller.For(order.Terms.Owner), token)).Error));
        if (failed.Count == 0 && unknown.Count == 0) return Answers.Message(context, "Successfully canceled all orders.");
        var list = TreadFaults.Listed(failed.Select(id => $"Failed to cancel order {id:D}"));
        return TreadFaults.Error(422, "partial_failure",
            $"Canceled {JsonText.Text(found.Count - failed.Count)} orders with {JsonText.Text(failed.Count)} failures: {list} {missing}".TrimEnd());
    }

    // It ended meanwhile: that is what was asked for.
    private static OrderError? IsDone(OrderError? refused) => refused is OrderError.NotOpen ? null : refused;
}
