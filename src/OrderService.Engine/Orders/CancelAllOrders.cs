using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Orders;

/// <summary>What became of one order of many.</summary>
internal sealed record CancelledOrder(OrderUuid Uuid, Result<Order> Done);

/// <summary>What became of all that were meant; not complete where there was no time for more.</summary>
internal sealed record CancelledOrders(IReadOnlyList<CancelledOrder> Orders, bool IsComplete);

/// <summary>
/// Cancels every open order of an owner that is meant, newest first, a batch a transaction, and each as definitively as one alone. The
/// message is used up with the first batch, whether that has any orders or none.
/// </summary>
internal sealed class CancelAllOrders(ListOrders list, ChangeOrder change, TimeProvider time)
{
    private const int BatchMax = 100;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    public async Task<Result<CancelledOrders>> HandleAsync(OrderFilter which, Caller caller, CancellationToken token)
    {
        var (done, until, asking) = (new List<CancelledOrder>(), time.RealNow() + TimeMax, caller);
        for (var page = which.OpenOf(caller.Owner) with { Limit = BatchMax }; ;)
        {
            var found = await list.KeysAsync(page, token);
            if ((await change.HandleAsync<CancelledOrder>([.. found.Select(key => key.Id)], asking, Cancel, token)).IsRejected(out var why,
                out var answers))
            {
                return why;
            }
            done.AddRange(answers.Where(answer => answer.Error is null).Select(answer => answer.Value));
            if (found.Count < BatchMax) return new CancelledOrders(done, IsComplete: true);
            if (time.RealNow() > until) return new CancelledOrders(done, IsComplete: false);
            (page, asking) = (page with { Cursor = found[^1].ToString() }, caller with { Message = null });
        }
    }

    private static Result<CancelledOrder> Cancel(Order order, DateTimeOffset now) =>
        new CancelledOrder(order.Terms.Uuid, CancelOrder.Definitely(order, now));
}
