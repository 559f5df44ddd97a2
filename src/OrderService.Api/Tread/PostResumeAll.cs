using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>POST resume_all_orders: all that is paused; what the service paused goes on when its price is inside.</summary>
internal static class PostResumeAll
{
    public static async Task<IResult> HandleAsync(HttpContext context, BulkCall bulk, ResumeCurve resume, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        var found = await bulk.FindAsync(new OrderQuery { Dialect = NewOrderTerms.Dialect, Owner = caller.Owner,
            Curve = new CurveCriteria { Standings = [CurveStanding.Paused] } }, token);
        if (found.Count == 0) return new TreadFault(400, FaultShape.Message, "nothing_to_do", "No paused orders to resume.");
        var failed = await bulk.ApplyAsync(found,
            async order => (await resume.HandleAsync(order.Terms.Uuid, caller.For(order.Terms.Owner), token)).Error);
        return BulkCall.Answer(context, "Resumed", found, failed);
    }
}
