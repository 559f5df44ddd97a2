using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>Why several orders were not stored together: which of them, and what is wrong with it.</summary>
internal sealed record RefusedOrder(int At, OrderError Why);

/// <summary>Stores several orders that wallets signed: each for itself, or all of them in one transaction or none.</summary>
internal sealed class PlaceOrders(
    PlaceOrder place, ReserveOrder reserve, FindOrder find, NpgsqlDataSource source, NextWake next, EngineTelemetry telemetry)
{
    /// <summary>Each for itself: those that may be are stored, whatever is wrong with the others.</summary>
    public async Task<IReadOnlyList<Result<Order>>> EachAsync(IReadOnlyList<NewOrder> wanted, CancellationToken token) =>
        await Task.WhenAll(wanted.Select(order => place.HandleAsync(order, token))); // the writer makes few batches of them

    /// <summary>
    /// All or none. Those that were stored before with equal terms are as good as stored now. Their uuids are different ones.
    /// </summary>
    public Task<(IReadOnlyList<Order> Stored, RefusedOrder? Refused)> TogetherAsync(
        IReadOnlyList<NewOrder> wanted, CancellationToken token) => TogetherAsync(wanted, group: null, token);

    /// <summary>The same of the legs of a group, whose terms name it.</summary>
    public async Task<(IReadOnlyList<Order> Stored, RefusedOrder? Refused)> TogetherAsync(
        IReadOnlyList<NewOrder> wanted, GroupSlot? group, CancellationToken token)
    {
        var ready = new List<ReadyOrder>(wanted.Count);
        foreach (var order in wanted)
        {
            if ((await place.PrepareAsync(order, token)).IsRejected(out var why, out var one)) return Refusal(wanted, ready.Count, why);
            ready.Add(one);
        }
        var stored = ready.ConvertAll(one => one.Order);
        if (group is not null && ready.TrueForAll(one => one.Row is not null)) OrderGroup.Make(group, stored);
        if (group is not null && stored[0].Account is not null)
        {
            if (ready.Exists(one => one.Row is null))
                return ready.TrueForAll(one => one.Row is null) ? (stored, null) : Refusal(wanted, 0, GroupExists);
            if ((await reserve.TogetherAsync(ready.ConvertAll(one => one.Row!), group, token)).IsRejected(out var unpaid, out var together))
                return Refusal(wanted, 0, unpaid);
            foreach (var order in together) next.See(order);
            return (together, null);
        }
        await using var connection = await source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        if ((group is null ? true : await GroupRows.AddAsync(connection, group, token)) is not { } isNew)
            return Refusal(wanted, 0, GroupExists);
        // two writers lock uuids in one order
        OrderRow[] rows = [.. ready.Select(one => one.Row).OfType<OrderRow>().OrderBy(row => row.Order.Id)];
        var inserted = rows.Length == 0 || !isNew ? [] : await OrderInsert.WriteAsync(connection, rows, token);
        foreach (var (at, row) in ready.Index().Where(one => one.Item.Row is { } row && !inserted.Contains(row.Order.Id))
            .Select(one => (one.Index, one.Item.Row!)))
        {
            // Somebody else stored it a moment ago; that is committed, or the insert would still wait for it.
            var known = await find.SameAsync(row.Order, token) ?? (isNew ? FindOrder.BeingStored : GroupExists);
            if (known.IsRejected(out var other, out var same)) return Refusal(wanted, at, other);
            stored[at] = same;
        }
        await transaction.CommitAsync(token);
        foreach (var order in stored)
        {
            next.See(order);
            telemetry.Answered(order, order.Dialect);
        }
        return (stored, null);
    }

    internal static readonly OrderError.Exists GroupExists = new("groupId");

    private (IReadOnlyList<Order> Stored, RefusedOrder? Refused) Refusal(IReadOnlyList<NewOrder> wanted, int at, OrderError why)
    {
        telemetry.Answered(why, wanted[at].Dialect);
        return ([], new RefusedOrder(at, why));
    }
}
