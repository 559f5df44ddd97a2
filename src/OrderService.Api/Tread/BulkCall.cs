using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Clock;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// A change of many orders, oldest first, each in a transaction of its own. What is not reached within its time has failed.
/// </summary>
internal sealed class BulkCall(TreadOrders orders, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    /// <summary>The orders that a query finds, all pages of it.</summary>
    public async Task<IReadOnlyList<OrderFacts>> FindAsync(OrderQuery query, CancellationToken token)
    {
        var found = new List<OrderFacts>();
        for (var page = 1; ; page++)
        {
            var (some, _) = await orders.PageAsync(query with { Ascending = true, Page = page, Limit = PageSize }, token);
            found.AddRange(some);
            if (some.Count < PageSize) return found;
        }
    }

    /// <summary>Changes one after the other; answers the ids of those that were not.</summary>
    public async Task<IReadOnlyList<Guid>> ApplyAsync(IReadOnlyList<OrderFacts> found, Func<Order, Task<OrderError?>> change)
    {
        var (until, failed) = (time.RealNow() + TimeMax, new List<Guid>());
        foreach (var order in found)
        {
            if (time.RealNow() > until || await change(order.Order) is not null) failed.Add(order.Order.Id);
        }
        return failed;
    }

    /// <summary>
    /// The answer of a call that did to all what <paramref name="done"/> says, <c>Paused</c> or <c>Resumed</c>, but for those that failed.
    /// </summary>
    public static IResult Answer(HttpContext context, string done, IReadOnlyList<OrderFacts> found, IReadOnlyList<Guid> failed) =>
        failed.Count == 0
        ? Answers.Message(context, $"Successfully {done.ToLowerInvariant()} all orders.")
        : TreadFaults.Error(
            422, "partial_failure",
            $"{done} {JsonText.Text(found.Count - failed.Count)} orders with {JsonText.Text(failed.Count)} failures: {TreadFaults.Listed(failed.Select(id => id.ToString("D")))}");
}
