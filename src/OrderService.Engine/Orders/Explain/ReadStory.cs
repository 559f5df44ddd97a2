using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders.Explain;

/// <summary>
/// What happened to one order behind a place in its story, oldest first, with the transactions that these events begin and what each of
/// these was outbid by. Next is null at the end.
/// </summary>
internal sealed record OrderStory(
    IReadOnlyList<OrderEvent> Events, IReadOnlyList<SwapAttempt> Attempts, ILookup<long, OutgoingVersion> Versions, long? Next);

/// <summary>
/// Reads an order's story, a page at a time. What happened later to one order has the higher number, so nothing comes late behind a place.
/// </summary>
internal sealed class ReadStory(IDbContextFactory<OrdersDb> databases, EndedOrders ended)
{
    public async Task<OrderStory> HandleAsync(Guid order, long after, int limit, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var events = await db.Events.AsNoTracking().Where(e => e.OrderId == order && e.Id > after).OrderBy(e => e.Id).Take(limit + 1)
            .ToListAsync(token);
        var isMore = events.Count > limit;
        if (isMore) events.RemoveAt(limit);
        var begun = events.Select(TxIdOf).OfType<string>().Distinct().ToArray();
        var (attempts, versions) = await AttemptsAsync(db, order, begun, token);
        if (begun.Length > 0 && attempts.Count == 0)
        {
            await using var past = await ended.OpenAsync(token);
            (attempts, versions) = await AttemptsAsync(past, order, begun, token);
        }
        return new OrderStory(events, attempts, versions.ToLookup(v => v.TransactionId), isMore ? events[^1].Id : null);
    }

    private static async Task<(List<SwapAttempt> Attempts, List<OutgoingVersion> Versions)> AttemptsAsync(
        OrdersDb db, Guid order, string[] begun, CancellationToken token)
    {
        if (begun.Length == 0) return ([], []);
        var attempts = await db.Attempts.AsNoTracking()
            .Where(a => a.OrderId == order
                && (begun.Contains(a.TxId) || db.Versions.Any(v => v.TransactionId == a.Id && begun.Contains(v.TxId)))).OrderBy(a => a.Id)
                .ToListAsync(token);
        var raised = attempts.Where(a => a.Raises > 0).Select(a => a.Id).ToArray();
        return (attempts, raised.Length == 0
            ? [] : await db.Versions.AsNoTracking().Where(v => raised.Contains(v.TransactionId)).OrderBy(v => v.Fee).ToListAsync(token));
    }

    /// <summary>The newest events of an order, oldest first, so many at most.</summary>
    public async Task<List<OrderEvent>> LatestAsync(Guid order, int limit, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var events = await db.Events.AsNoTracking().Where(e => e.OrderId == order).OrderByDescending(e => e.Id).Take(limit)
            .ToListAsync(token);
        events.Reverse();
        return events;
    }

    private static string? TxIdOf(OrderEvent told) =>
        told.Kind == OrderEventKinds.Broadcast && EventText.TryReadOrder(told.Kind, told.Detail, out var fact)
            && fact is OrderFact.Broadcast sent ? sent.Txid : null;
}
