using OrderService.Auth;
using OrderService.Domain;
using OrderService.Domain.Orders;

namespace OrderService.Orders;

/// <summary>Cancels an order for good, or says which transaction decides. A cancel that answered with the order is never followed by a swap of an order of one slice.</summary>
internal sealed class CancelOrder(ChangeOrder change, FindOrder find)
{
    public async Task<Result<OrderView>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token)
    {
        var cancelled = await change.HandleAsync(uuid, caller, (order, now) => Refuse(order, order.Cancel(now)), token);
        if (cancelled.IsRejected(out var why)) return why;
        return (await find.HandleAsync(uuid, token))!;
    }

    private static Result<CancelOutcome> Refuse(Order order, Result<CancelOutcome> outcome) =>
        !outcome.IsRejected(out _, out var value) && value is CancelOutcome.InFlight inFlight && (order.Slices.Count == 1 || !inFlight.Requested)
            ? new OrderError.InFlight(inFlight.TxId)
            : outcome;
}
