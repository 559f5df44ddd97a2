using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Switches;

/// <summary>
/// Cancels what a switch is about once its moment has come: the open orders that are older than it, a batch a transaction; what is in
/// flight is asked to end with what the chain decides. The switch goes with the transaction after the last batch, so whatever is killed
/// meanwhile, the rest is cancelled by whoever looks next.
/// </summary>
internal sealed class FireSwitches(ListOrders list, IDbContextFactory<OrdersDb> databases, NpgsqlDataSource source, TimeProvider time)
{
    private const int BatchMax = 100;
    private const int SwitchesMax = 100;

    /// <summary>Fires what is due; true where there may be more.</summary>
    public async Task<bool> TickAsync(CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        var due = await SwitchRows.DueAsync(connection, time.GetUtcNow(), SwitchesMax, token);
        foreach (var one in due) await FireAsync(one, token);
        return due.Count == SwitchesMax;
    }

    /// <summary>Fires one where it is due.</summary>
    public async Task OneAsync(StacksAddress owner, OrderFilter filter, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        var armed = (await SwitchRows.OfAsync(connection, owner, token)).Find(one => one.Filter.Scope == filter.Scope);
        if (armed is not null && armed.FiresAt <= time.GetUtcNow()) await FireAsync(armed, token);
    }

    private async Task FireAsync(CancelSwitch fired, CancellationToken token)
    {
        for (var page = fired.Filter.OpenOf(fired.Owner) with { Limit = BatchMax, Before = fired.FiresAt }; ;)
        {
            var found = await list.KeysAsync(page, token);
            if (!await CancelAsync(fired, [.. found.Select(key => key.Id)], isLast: found.Count < BatchMax, token)
                || found.Count < BatchMax)
            {
                return;
            }
            page = page with { Cursor = found[^1].ToString() };
        }
    }

    // False where somebody else has done it all, or it was put off.
    private async Task<bool> CancelAsync(CancelSwitch fired, IReadOnlyList<Guid> ids, bool isLast, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var (now, connection, scope) = (time.GetUtcNow(), db.TransactionConnection(), fired.Filter.Scope);
        if (await SwitchRows.LockDueAsync(connection, fired.Owner, scope, now, token) is not { } before) return false;
        var orders = await db.LockOrdersAsync(ids, token);
        var cancelled = orders.Values.Count(
            order => order.Status != OrderStatus.Cancelling && order.Cancel(now, requests: true, CancelSwitch.Reason).Error is null);
        if (isLast)
        {
            await SwitchRows.DisarmAsync(connection, fired.Owner, scope, token);
            db.Tell(new CancelAllFired(scope, fired.FiresAt, fired.ArmedBy, before + cancelled), fired.Owner, Actors.System, now);
        }
        else
        {
            await SwitchRows.CountAsync(connection, fired.Owner, scope, cancelled, token);
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        return true;
    }
}
