using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>
/// Reads one order, wherever it is by now. The uuid's text is matched as it was signed, case included.
/// </summary>
internal sealed class FindOrder(
    IDbContextFactory<OrdersDb> databases, EndedOrders ended, PriceBoard board, BaseAssets bases, TimeProvider time)
{
    /// <summary>The refusal where an order was in the way of the insert of the same one, and is not to be seen yet.</summary>
    public static OrderError.Unavailable BeingStored { get; } = new("busy", "The same order is being stored", TimeSpan.FromSeconds(1));

    public async Task<OrderView?> HandleAsync(OrderUuid uuid, CancellationToken token)
    {
        var found = await ReadAsync([uuid.Key], token);
        return found.Count == 1 && found[0].Order.Terms.Uuid == uuid ? found[0] : null;
    }

    /// <summary>Whose order it is; null where there is none of that uuid.</summary>
    public async Task<StacksAddress?> OwnerAsync(OrderUuid uuid, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var found = await db.Orders.Where(o => o.Id == uuid.Key).Select(o => new { o.Terms.Uuid, o.Terms.Owner })
            .SingleOrDefaultAsync(token);
        if (found is not null) return found.Uuid == uuid ? found.Owner : null;
        return await ended.EndAsync(uuid.Key, token) is { } end && end.Uuid == uuid ? end.Owner : null;
    }

    /// <summary>The end of an order that was not found since it was dropped with its month; null where there was never one.</summary>
    public async Task<GoneOrder?> AbsentAsync(OrderUuid uuid, CancellationToken token) =>
        await ended.EndAsync(uuid.Key, token) is { } end && end.Uuid == uuid
            ? new GoneOrder(end.Owner, end.IsSigned, end.Refusal) : null;

    /// <summary>
    /// What is stored under the uuid of an order that comes again, whatever could be created by now: the order, or the refusal that names
    /// the first field that differs. Null where nothing is stored.
    /// </summary>
    public Task<Result<Order>?> SameAsync(Order order, CancellationToken token) =>
        SameAsync(order.Terms.Uuid, stored => stored.FirstDifference(order), token);

    /// <summary>The same over a connection that the caller has.</summary>
    public Task<Result<Order>?> SameAsync(OrdersDb db, Order order, CancellationToken token) =>
        SameAsync(db, order.Terms.Uuid, stored => stored.FirstDifference(order), token);

    /// <summary>The same by the terms alone, before there is an order of them.</summary>
    public Task<Result<Order>?> SameAsync(OrderTerms terms, CancellationToken token) =>
        SameAsync(terms.Uuid, stored => stored.FirstDifference(terms), token);

    /// <summary>Orders in the order of the ids that were asked for; unknown ids are left out.</summary>
    public async Task<List<OrderView>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken token)
    {
        if (ids.Count == 0) return [];
        await using var db = await databases.CreateDbContextAsync(token);
        return (await ReadBothAsync(db, ids, token)).Found;
    }

    /// <summary>The view of an order that was just changed.</summary>
    public async Task<OrderView> ViewAsync(Order order, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var attempts = await AttemptsAsync(db, [order], token);
        if (EndedOrders.HasLost(order, [.. attempts[order.Id]]) && await ReadAsync([order.Id], token) is [var left]) return left;
        return new OrderView(order, [.. attempts[order.Id]],
            time.GetUtcNow()) { Outbid = await OutbidAsync(db, attempts, token) }.Beside(board, bases.Default);
    }

    private Task<(List<OrderView> Found, IReadOnlyList<Guid> Gone)> ReadBothAsync(
        OrdersDb db, IReadOnlyList<Guid> ids, CancellationToken token) =>
        ended.ReadBothAsync(db, ids, (from, some) => ReadAsync(from, some, token), view => (view.Order, view.Attempts), token);

    private async Task<List<OrderView>> ReadAsync(OrdersDb db, IReadOnlyList<Guid> ids, CancellationToken token)
    {
        var orders = await db.Orders.AsNoTracking().Include(o => o.Slices.OrderBy(s => s.Number)).Where(o => ids.Contains(o.Id))
            .ToDictionaryAsync(o => o.Id, token);
        foreach (var (id, planned) in await CurvesAsync(db, orders.Values, token)) orders[id] = planned;
        var attempts = await AttemptsAsync(db, orders.Values, token);
        var (outbid, now) = (await OutbidAsync(db, attempts, token), time.GetUtcNow());
        return [.. ids.Where(orders.ContainsKey)
            .Select(id => new OrderView(orders[id], [.. attempts[id]], now) { Outbid = outbid }.Beside(board, bases.Default))];
    }

    private async Task<Result<Order>?> SameAsync(OrderUuid uuid, Func<Order, string?> firstDifference, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await SameAsync(db, uuid, firstDifference, token);
    }

    private async Task<Result<Order>?> SameAsync(
        OrdersDb db, OrderUuid uuid, Func<Order, string?> firstDifference, CancellationToken token)
    {
        var (found, gone) = await ReadBothAsync(db, [uuid.Key], token);
        if (gone.Count > 0) return (await ended.EndAsync(uuid.Key, token))!.Refusal;
        if (found.Count == 0) return null;
        return firstDifference(found[0].Order) is { } field ? new OrderError.Exists(field) : found[0].Order;
    }

    // Those that are planned slice by slice, with their plans; few are, so nobody else's read pays for it.
    private static async Task<Dictionary<Guid, Order>> CurvesAsync(OrdersDb db, IEnumerable<Order> orders, CancellationToken token)
    {
        var curves = orders.Where(order => order.IsCurve).Select(order => order.Id).ToArray();
        return curves.Length == 0 ? [] : await FindCurves.Whole(db).Where(o => curves.Contains(o.Id)).ToDictionaryAsync(o => o.Id, token);
    }

    // Only what was sent has any.
    private static async Task<ILookup<Guid, SwapAttempt>> AttemptsAsync(OrdersDb db, IEnumerable<Order> orders, CancellationToken token)
    {
        var sent = orders.Where(order => order.Slices.Any(slice => slice.WasSent)).Select(order => order.Id).ToArray();
        var attempts = sent.Length == 0
            ? [] : await db.Attempts.AsNoTracking().Where(a => sent.Contains(a.OrderId)).OrderBy(a => a.Id).ToListAsync(token);
        return attempts.ToLookup(a => a.OrderId);
    }

    private static async Task<ILookup<long, string>> OutbidAsync(OrdersDb db, ILookup<Guid, SwapAttempt> attempts, CancellationToken token)
    {
        var raised = attempts.SelectMany(of => of).Where(a => a.Raises > 0).Select(a => a.Id).ToArray();
        var versions = raised.Length == 0
            ? [] : await db.Versions.AsNoTracking().Where(v => raised.Contains(v.TransactionId)).OrderBy(v => v.Fee).ToListAsync(token);
        return versions.ToLookup(v => v.TransactionId, v => v.TxId);
    }
}
