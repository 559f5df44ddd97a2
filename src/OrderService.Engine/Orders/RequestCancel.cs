using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Engine.Orders;

/// <summary>Cancels an order for its owner: at once where nothing of it is in flight, otherwise what is left of it, and it ends with what is in flight. Refused where that was asked for before.</summary>
internal sealed class RequestCancel(ChangeOrder change)
{
    public Task<Result<CancelOutcome>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) => change.HandleAsync(uuid, caller, Ask, token);

    private static Result<CancelOutcome> Ask(Order order, DateTimeOffset now) =>
        order.Status == OrderStatus.Cancelling ? new OrderError.NotOpen("cancelling") : order.Cancel(now, requests: true);
}
