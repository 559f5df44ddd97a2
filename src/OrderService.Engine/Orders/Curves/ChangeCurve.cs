using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution.Curves;

namespace OrderService.Engine.Orders.Curves;

/// <summary>Pauses an order that runs; with <c>resumeWhen</c>, a condition in RPN, it resumes by itself as soon as that holds.</summary>
internal sealed class PauseCurve(ChangeOrder change)
{
    public Task<Result<Order>> HandleAsync(OrderUuid uuid, Caller caller, string? resumeWhen, CancellationToken token) =>
        change.HandleAsync(uuid, caller, (order, now) => CurvePauses.Pause(order, resumeWhen, now), token);
}

/// <summary>Resumes what a person paused; what the service paused stays paused until its price is inside, and that is no refusal.</summary>
internal sealed class ResumeCurve(ChangeOrder change, CurveMarket market)
{
    public Task<Result<Order>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) =>
        change.HandleAsync(uuid, caller,
            (order, now) => order.Curve is { } curve
                ? CurvePauses.Resume(order, market.Look(order.Terms, curve.Asked), bySystem: false, now) : new OrderError.NotFound(),
                token);
}
