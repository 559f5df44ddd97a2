using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Engine.Orders;

/// <summary>
/// Ends an order for its owner. What was never sent is never sent; <see cref="Order.Cancel"/> says what becomes of the rest.
/// </summary>
internal sealed class CancelOrder(ChangeOrder change)
{
    /// <summary>
    /// Cancels it for good, at once or as soon as what was ever sent is spent, or says which swap decides (<c>order_in_flight</c>). Where
    /// it answers with the order, no swap of an order of one slice follows.
    /// </summary>
    public Task<Result<Order>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) =>
        change.HandleAsync(uuid, caller, Definitely, token);

    /// <summary>The same of several in one transaction, each for itself.</summary>
    public Task<Result<Result<Order>[]>> HandleAsync(IReadOnlyList<OrderUuid> uuids, Caller caller, CancellationToken token) =>
        change.HandleAsync(uuids, caller, Definitely, token);

    /// <summary>
    /// Cancels it at once where nothing of it is in flight, otherwise what is left of it, and it ends with what is in flight. Refused where
    /// that was asked for before.
    /// </summary>
    public Task<Result<CancelOutcome>> RequestAsync(OrderUuid uuid, Caller caller, CancellationToken token) =>
        change.HandleAsync(uuid, caller, Request, token);

    internal static Result<Order> Definitely(Order order, DateTimeOffset now)
    {
        if (order.Cancel(now).IsRejected(out var why, out var outcome)) return why;
        return outcome is CancelOutcome.InFlight inFlight && (order.IsOneSwap || !inFlight.Requested)
            ? new OrderError.InFlight(inFlight.TxId) : order;
    }

    private static Result<CancelOutcome> Request(Order order, DateTimeOffset now) =>
        order.Status == OrderStatus.Cancelling ? new OrderError.NotOpen("cancelling") : order.Cancel(now, requests: true);
}
