using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// The transactions that only use a nonce. Each is stored before it is sent, and sent again, outbid and settled like any other.
/// </summary>
internal static class NonceFills
{
    /// <summary>Stores one that is about to be sent.</summary>
    public static async Task AddAsync(OrdersDb db, PreparedTransaction fill, DateTimeOffset now, CancellationToken token)
    {
        db.Add(new NonceFill(fill, now));
        db.Tell(new NonceFilled(fill.Solver, checked((long)fill.Nonce), fill.TxId, fill.Fee), owner: null, Actors.System, now);
        await db.SaveChangesAsync(token);
    }

    /// <summary>
    /// Nothing of it will ever be mined. Its bytes are the same where its nonces come free again, so nothing is kept of it but what was
    /// told.
    /// </summary>
    public static async Task ForgetAsync(OrdersDb db, NonceFill fill, CancellationToken token)
    {
        await db.Versions.Where(version => version.TransactionId == fill.Id).ExecuteDeleteAsync(token);
        db.Remove(fill);
    }
}
