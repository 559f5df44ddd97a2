using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>POST pause_all_orders: all that runs and may be paused.</summary>
internal static class PostPauseAll
{
    public static async Task<IResult> HandleAsync(HttpContext context, BulkCall bulk, PauseCurve pause, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        var running = await bulk.FindAsync(new OrderQuery { Dialect = NewOrderTerms.Dialect, Owner = caller.Owner,
            Curve = new CurveCriteria { Standings = [CurveStanding.Active] } }, token);
        var found = running.Where(o => o.Strategy != Strategy.TargetTime && !CurveCourse.IsAllInFlight(o.Order)).ToList();
        if (found.Count == 0) return new TreadFault(400, FaultShape.Message, "nothing_to_do", "No active orders to pause.");
        var failed = await bulk.ApplyAsync(found,
            async order => (await pause.HandleAsync(order.Terms.Uuid, caller.For(order.Terms.Owner), resumeWhen: null, token)).Error);
        return BulkCall.Answer(context, "Paused", found, failed);
    }
}
