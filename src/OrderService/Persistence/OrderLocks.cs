using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Orders;

namespace OrderService.Persistence;

/// <summary>How an order is changed: its row is locked first, then its slices by number, then it is asked, then it is saved with what it has to tell.</summary>
internal static class OrderLocks
{
    /// <summary>Locks and loads orders in the order of their ids, inside the caller's transaction. Unknown ids are absent.</summary>
    public static async Task<Dictionary<Guid, Order>> LockOrdersAsync(this OrdersDb db, IEnumerable<Guid> ids, CancellationToken token)
    {
        var sorted = ids.Distinct().Order().ToArray();
        // A row that had to be waited for is read as the holder of its lock before us left it; slices are a statement of their own, which begins after that.
        var orders = await db.Orders.Where(o => sorted.Contains(o.Id)).OrderBy(o => o.Id).TagWith(LockingReads.Tag).ToDictionaryAsync(o => o.Id, token);
        await db.Slices
            .FromSql($"SELECT * FROM slices WHERE order_id = ANY({sorted}) ORDER BY order_id, number FOR NO KEY UPDATE")
            .LoadAsync(token);
        if (orders.Values.Any(o => o.IsCurve)) await db.Curves.Where(c => sorted.Contains(c.OrderId)).LoadAsync(token);
        return orders;
    }

    /// <summary>Saves what changed, appends the events of every order that is tracked, and moves what managed orders have set aside along with their slices.</summary>
    public static async Task SaveWithNewsAsync(this OrdersDb db, CancellationToken token)
    {
        var moves = new List<SliceMove>();
        var orders = db.ChangeTracker.Entries<Order>().ToArray(); // finds what changed, of everything; from here on nothing does
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var entry in orders)
            {
                var news = entry.Entity.TakeNews();
                db.Events.AddRange(news);
                if (entry.Entity.Account is not null) moves.AddRange(SliceMove.Of(db, entry.Entity, news));
            }
            if (moves.Count > 0) await ReservationLedger.MoveAsync(db.TransactionConnection(), moves, token);
            await db.SaveChangesAsync(token);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }
}
