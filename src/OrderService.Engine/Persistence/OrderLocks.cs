using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence;

/// <summary>
/// How an order is changed: its row is locked first, then its slices by number, then it is asked, then it is saved with what it has to
/// tell. A leg of a group is locked with all of its legs and their slot, so that what its change means for these is decided in the same
/// transaction.
/// </summary>
internal static class OrderLocks
{
    /// <summary>Locks and loads orders in the order of their ids, inside the caller's transaction. Unknown ids are absent.</summary>
    public static Task<Dictionary<Guid, Order>> LockOrdersAsync(this OrdersDb db, IEnumerable<Guid> ids, CancellationToken token) =>
        db.LockOrdersAsync(ids, LockingReads.Tag, token);

    /// <summary>The same of those that nobody else holds: of work that several nodes find, each does a share.</summary>
    public static Task<Dictionary<Guid, Order>> LockFreeOrdersAsync(this OrdersDb db, IEnumerable<Guid> ids, CancellationToken token) =>
        db.LockOrdersAsync(ids, LockingReads.FreeTag, token);

    private static async Task<Dictionary<Guid, Order>> LockOrdersAsync(
        this OrdersDb db, IEnumerable<Guid> ids, string tag, CancellationToken token)
    {
        var asked = ids.Distinct().Order().ToArray();
        // With the other legs of their groups, found by the statement that locks them: which these are never changes.
        var legs = db.Database.SqlQuery<Guid>($"""SELECT unnest({asked}) AS "Value" UNION SELECT l.id FROM orders o JOIN orders l ON l.group_id = o.group_id WHERE o.id = ANY({asked})""");
        // A row that had to be waited for is read as the holder of its lock before us left it; slices are a statement of their own, which
        // begins after that.
        var orders = await db.Orders.Where(o => legs.Contains(o.Id)).OrderBy(o => o.Id).TagWith(tag).ToDictionaryAsync(o => o.Id, token);
        var locked = orders.Keys.Order().ToArray();
        await db.Slices
            .FromSql($"SELECT * FROM slices WHERE order_id = ANY({locked}) ORDER BY order_id, number FOR NO KEY UPDATE")
            .LoadAsync(token);
        if (orders.Values.Any(o => o.IsCurve)) await db.Curves.Where(c => locked.Contains(c.OrderId)).LoadAsync(token);
        var apart = await db.LockGroupsAsync(orders.Values, token);
        foreach (var other in orders.Keys.Except(asked).Concat(apart).ToArray()) orders.Remove(other);
        return orders;
    }

    /// <summary>
    /// Draws what follows for the groups, saves what changed, appends the events of every order that is tracked, and moves the holds, and
    /// what managed orders have set aside, along with their slices.
    /// </summary>
    public static async Task SaveWithNewsAsync(this OrdersDb db, DateTimeOffset now, CancellationToken token)
    {
        var groups = db.ConcludeGroups(now);
        var released = groups.Select(group => group.Released).OfType<Guid>().ToArray();
        var (told, moves, holds, credited) = (new List<OrderEvent>(), groups.SelectMany(group => TakenBack(group, now)).ToList(),
            new List<HoldMove>(), new List<HoldKey>());
        var at = DateTimeOffset.MinValue;
        var orders = db.ChangeTracker.Entries<Order>().ToArray(); // finds what changed, of everything; from here on nothing does
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var ended = WaitingCalls.EndedIn(db);
        try
        {
            foreach (var entry in orders)
            {
                var news = entry.Entity.TakeNews();
                told.AddRange(news);
                SliceMove[] moved = [.. SliceMove.Of(db, entry.Entity, news).Select(move => move.For(entry.Entity))];
                if (entry.Entity.Account is not null) moves.AddRange(moved);
                holds.AddRange(moved.Where(one => one.Move.TouchesInFlight)
                    .Select(one => new HoldMove(HoldKey.Of(entry.Entity), one.Move)));
                if (moved.Any(one => one.Move.To == FundsState.Spent) && HoldLedger.TryKeyOfPaid(entry.Entity.Terms, out var paid))
                    credited.Add(paid);
                if (moved.Length > 0) at = moved.Max(one => one.At);
            }
            if (moves.Count > 0) await ReservationLedger.MoveAsync(db.TransactionConnection(), moves, token);
            if (released.Length > 0) await ReservationLedger.ReleaseAsync(db.TransactionConnection(), released, now, token);
            await ChangedRows.WriteAsync(db, token);
            await db.SaveChangesAsync(token);
            if (told.Count == 0 && holds.Count == 0 && ended.Length == 0) return;
            // After the slices: what lacks these funds, or waits for these places, is woken beside them.
            await using var batch = new NpgsqlBatch(db.TransactionConnection());
            if (told.Count > 0) batch.BatchCommands.Add(EventRows.Append(told));
            if (holds.Count > 0) foreach (var command in HoldLedger.Settle(holds)) batch.BatchCommands.Add(command);
            NpgsqlBatchCommand[] wakes = [.. HoldLedger.Wake(holds, credited, at), .. WaitingCalls.Wake(ended, now)];
            foreach (var wake in wakes) batch.BatchCommands.Add(wake);
            await batch.ExecuteNonQueryAsync(token);
            if (wakes.Any(wake => wake.RecordsAffected > 0)) db.Woke(now);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    // What was set aside for legs whose turn has gone again.
    private static IEnumerable<SliceMove> TakenBack(OrderGroup group, DateTimeOffset now)
    {
        if (group.TakenBack is { } amount && group.Later.First() is var leg)
            yield return new SliceMove(leg.Id, null, new FundsMove(FundsState.Reserved, FundsState.Returned, amount), now).For(leg);
    }

    private static OrderGroup[] ConcludeGroups(this OrdersDb db, DateTimeOffset now)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false; // nothing is asked but which orders there are
        OrderGroup[] groups = [.. db.ChangeTracker.Entries<Order>().Select(entry => entry.Entity.Group).OfType<OrderGroup>().Distinct()];
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        foreach (var group in groups) group.Conclude(now);
        return groups;
    }
}
