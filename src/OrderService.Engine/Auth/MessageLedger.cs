using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Auth;

/// <summary>Which signed messages were used up. Every answer stands in the transaction of the action that the message asks for.</summary>
internal sealed class MessageLedger
{
    // Nodes' clocks differ a little: a message that one node calls expired must not be new to another.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>
    /// True where the message may act now. A JSON message acts once per signer and digest, a read-only one as often as its window lasts; a
    /// bare uuid acts as often as it is presented, but never executes once it was presented for cancel. Runs on the context's transaction.
    /// </summary>
#pragma warning disable CA1822 // an instance, so that the constructor of a use case says that it uses messages up
    public Task<Result<bool>> RecordAsync(OrdersDb db, SignedMessage message, DateTimeOffset now, CancellationToken token)
    {
        if (WalletActions.IsReadOnly(message.Action)) return Task.FromResult<Result<bool>>(true);
        if (!message.IsBareUuid) return UseUpAsync(db, message, now, token);
        return message.Action == WalletActions.CancelOrder
            ? MarkAsCancelAsync(db, message, now, token) : CheckNotCancelAsync(db, message, token);
    }
#pragma warning restore CA1822

    /// <summary>Deletes at most that many messages that have left their window; answers how many.</summary>
    public static Task<int> PurgeAsync(OrdersDb db, DateTimeOffset now, int rowsMax, CancellationToken token)
    {
        var until = (now - ClockSlack).UtcDateTime;
        return db.Database.ExecuteSqlAsync($"""
            DELETE FROM used_messages WHERE (signer, digest) IN (
                SELECT signer, digest FROM used_messages WHERE expires_at < {until} ORDER BY expires_at LIMIT {rowsMax} FOR UPDATE SKIP LOCKED)
            """, token);
    }

    // Waits for a transaction that uses the same message, so of two at once exactly one acts.
    private static async Task<Result<bool>> UseUpAsync(OrdersDb db, SignedMessage message, DateTimeOffset now, CancellationToken token) =>
        await InsertAsync(db, message, now, token) == 1
            ? true
            : new OrderError.Unauthenticated("message_already_used", "This signed message was used already: sign a new one");

    private static async Task<Result<bool>> MarkAsCancelAsync(
        OrdersDb db, SignedMessage message, DateTimeOffset now, CancellationToken token)
    {
        await InsertAsync(db, message, now, token);
        return true;
    }

    private static async Task<Result<bool>> CheckNotCancelAsync(OrdersDb db, SignedMessage message, CancellationToken token)
    {
        var signer = message.Signer.ToString();
        var wasPresented = await db.Database.SqlQuery<bool>($"""
            SELECT EXISTS (SELECT FROM used_messages WHERE signer = {signer} AND digest = {message.Digest}) AS "Value"
            """).SingleAsync(token);
        return wasPresented
            ? new OrderError.Unauthenticated("message_presented_for_cancel",
                "This signature was presented to cancel the order: sign a JSON message with the action execute_order")
            : true;
    }

    private static Task<int> InsertAsync(OrdersDb db, SignedMessage message, DateTimeOffset now, CancellationToken token)
    {
        var (signer, usedAt, expiresAt) = (message.Signer.ToString(), now.UtcDateTime, message.ExpiresAt?.UtcDateTime);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO used_messages (signer, digest, action, used_at, expires_at) VALUES ({signer}, {message.Digest}, {message.Action}, {usedAt}, {expiresAt})
            ON CONFLICT (signer, digest) DO NOTHING
            """, token);
    }
}
