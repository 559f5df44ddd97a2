using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// POST resume_order: the rest is planned anew, without catching up. What the service paused stays paused until its price is inside, and
/// that is no refusal.
/// </summary>
internal static class PostResumeOrder
{
    private static readonly OrderFaults Faults = OrderFaults.Named(_ => "Order not found.");

    public static async Task<IResult> HandleAsync(HttpContext context, TreadOrders orders, ResumeCurve resume, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        var (order, fault) = await orders.FindAsync(caller, BodyFilter<OrderIdRecord>.BodyOf(context).OrderId, Faults, token);
        if (order is null) return fault!;
        var refused = (await resume.HandleAsync(order.Order.Terms.Uuid, caller.For(order.Order.Terms.Owner), token)).Error;
        return refused switch
        {
            null => Answers.Message(context, "Successfully resumed order.", StatusCodes.Status202Accepted),
            OrderError.Unprocessable => TreadFaults.Error(422, "cannot_plan", "Failed to amend order schedule"),
            _ => TreadFaults.Error(422, "order_not_paused", "Order is not paused."),
        };
    }
}
