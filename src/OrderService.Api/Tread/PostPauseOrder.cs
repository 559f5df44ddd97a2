using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>POST pause_order: a person's pause; with <c>resume_condition</c> it ends by itself as soon as that holds.</summary>
internal static class PostPauseOrder
{
    private static readonly OrderFaults Faults = OrderFaults.Named(_ => "No order found with given ID!");
    private static readonly TreadFault NotRunning = TreadFaults.Error(422, "order_not_running", "Order is not running.");

    public static async Task<IResult> HandleAsync(
        HttpContext context, TreadOrders orders, TradedAssets names, PauseCurve pause, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        var body = BodyFilter<PauseRecord>.BodyOf(context);
        var (order, fault) = await orders.FindAsync(caller, body.OrderId, Faults, token);
        if (order is null) return fault!;
        if (order.View.Standing != CurveStanding.Active) return NotRunning;
        string? resumeWhen = null;
        if (body.ResumeCondition.IsRead)
        {
            if (!ConditionReader.TryRead(JsonText.AsGiven(body.ResumeCondition.Value), names, out var condition, out var reason))
                return TreadFaults.Error(422, "invalid_resume_condition", $"Invalid resume condition: {reason}");
            resumeWhen = condition.ToInfix();
        }
        var refused = (await pause.HandleAsync(order.Order.Terms.Uuid, caller.For(order.Order.Terms.Owner), resumeWhen, token)).Error;
        return refused is null ? Answers.Message(context, "Successfully paused order.", StatusCodes.Status202Accepted) : FaultOf(refused);
    }

    private static TreadFault FaultOf(OrderError refused) => refused switch
    {
        OrderError.InFlight => TreadFaults.Error(422, "order_in_flight", "Failed to cancel all placements"),
        OrderError.Unprocessable { Code: "target_time" } => TreadFaults.Error(422, "target_time", "Target Time orders cannot be paused."),
        _ => NotRunning,
    };
}
