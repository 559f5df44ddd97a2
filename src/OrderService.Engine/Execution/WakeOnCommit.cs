using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// What a committed change lets wait for a moment is swept when that comes: a part that is next, an order that was resumed or given another
/// window, a swap that is tried again, what waited for the funds or the place of one that ended.
/// </summary>
internal sealed class WakeOnCommit(NextWake next) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is OrdersDb db) See(db);
        return Task.CompletedTask;
    }

    // What is tracked was locked until now, so it is as the store has it, and nothing needs to be compared again.
    private void See(OrdersDb db)
    {
        var tracker = db.ChangeTracker;
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        foreach (var entry in tracker.Entries<Slice>()) next.See(entry.Entity.WakeAt);
        tracker.AutoDetectChangesEnabled = detects;
        next.See(db.TakeWoken());
    }
}
