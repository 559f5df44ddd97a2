using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders.Curves;

/// <summary>Finds orders that are planned slice by slice.</summary>
internal sealed class FindCurves(NpgsqlDataSource source, IDbContextFactory<OrdersDb> databases, EndedOrders ended, TimeProvider time)
{
    /// <summary>A page of them.</summary>
    public async Task<CurvesPage> HandleAsync(OrderQuery query, CancellationToken token)
    {
        var (now, curves) = (time.GetUtcNow(), query with { Curve = query.Curve ?? new CurveCriteria() });
        await using var connection = await source.OpenConnectionAsync(token);
        var total = await OrderSelection.CountAsync(connection, curves, now, int.MaxValue, token);
        var isBeyond = ((long)(query.Page ?? 1) - 1) * query.Limit >= total;
        var keys = isBeyond ? [] : await OrderSelection.KeysAsync(connection, curves, now, more: 0, token);
        return new CurvesPage(await ReadAsync([.. keys.Select(key => key.Id)], token), total);
    }

    /// <summary>The views of these, in this order; ids of no such order are left out.</summary>
    public async Task<IReadOnlyList<CurveView>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken token)
    {
        if (ids.Count == 0) return [];
        await using var db = await databases.CreateDbContextAsync(token);
        return (await ended.ReadBothAsync(
            db, ids, (from, some) => ReadAsync(from, some, token), view => (view.Order, view.Attempts), token)).Found;
    }

    private async Task<List<CurveView>> ReadAsync(OrdersDb db, IReadOnlyList<Guid> ids, CancellationToken token)
    {
        var orders = await Whole(db).Where(o => ids.Contains(o.Id) && o.IsCurve).ToDictionaryAsync(o => o.Id, token);
        var sent = orders.Values.Where(o => o.Slices.Any(s => s.WasSent)).Select(o => o.Id).ToArray();
        var attempts = (sent.Length == 0
            ? []
            : await db.Attempts.AsNoTracking().Where(a => sent.Contains(a.OrderId)).OrderBy(a => a.Id)
                .ToListAsync(token)).ToLookup(a => a.OrderId);
        var now = time.GetUtcNow();
        return [.. ids.Where(orders.ContainsKey).Select(id => new CurveView(orders[id], [.. attempts[id]], now))];
    }

    /// <summary>One order with its plan and slices, whoever owns it; null where there is none.</summary>
    public async Task<Order?> OrderAsync(Guid id, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        if (await Whole(db).SingleOrDefaultAsync(o => o.Id == id && o.IsCurve, token) is { } order) return order;
        return (await ended.ReadAsync(db, [id], token)).GetValueOrDefault(id) is { IsCurve: true } left ? left : null;
    }

    /// <summary>What happened to orders, newest first, at most <paramref name="limit"/> of each.</summary>
    public async Task<ILookup<Guid, OrderEvent>> EventsAsync(IReadOnlyList<Guid> ids, int limit, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var events = new List<OrderEvent>();
        foreach (var id in ids)
        {
            events.AddRange(await db.Events.AsNoTracking().Where(e => e.OrderId == id).OrderByDescending(e => e.Id).Take(limit)
                .ToListAsync(token));
        }
        return events.ToLookup(e => e.OrderId!.Value);
    }

    /// <summary>Orders with their plans and slices.</summary>
    public static IQueryable<Order> Whole(OrdersDb db) =>
        db.Orders.AsNoTracking().Include(o => o.Curve).Include(o => o.Slices.OrderBy(s => s.Number));
}
