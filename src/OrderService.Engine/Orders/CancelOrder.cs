using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Engine.Orders;

/// <summary>Cancels an order for good, at once or as soon as what was ever sent is spent, or says which swap decides. A cancel that answered with the order is never followed by a swap of an order of one slice.</summary>
internal sealed class CancelOrder(ChangeOrder change, FindOrder find)
{
    public async Task<Result<OrderView>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token)
    {
        var cancelled = await change.HandleAsync(uuid, caller, Ask, token);
        return cancelled.IsRejected(out var why, out var order) ? why : await find.ViewAsync(order, token);
    }

    private static Result<Order> Ask(Order order, DateTimeOffset now)
    {
        if (order.Cancel(now).IsRejected(out var why, out var outcome)) return why;
        return outcome is CancelOutcome.InFlight inFlight && (order.IsOneSwap || !inFlight.Requested) ? new OrderError.InFlight(inFlight.TxId) : order;
    }
}
