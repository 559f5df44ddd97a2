using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>Sends the same bytes again where the chain does not show them. The lowest nonces first: those behind wait for them.</summary>
internal sealed class SendAgain(
    IDbContextFactory<OrdersDb> databases, SendStored send, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private const int SendsMax = 50; // a look; the rest have their turn at the next

    /// <summary>Sends again what is lost of these.</summary>
    public async Task HandleAsync(IReadOnlyList<OutgoingLook> waiting, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var lost = waiting
            .Where(look => look.Status is TransactionStatus.Unknown && look.Transaction.LastSentAt + PauseOf(look.Transaction) < now)
            .OrderBy(look => look.Transaction.Nonce).Take(SendsMax).ToList();
        if (lost.Count == 0) return;
        var counted = await CountAsync(lost.ConvertAll(look => look.Transaction), now, token);
        await send.HandleAsync(lost.Where(look => counted.Contains(look.Transaction.Id)).Select(look => look.Transaction.Transaction()),
            token);
    }

    private TimeSpan PauseOf(OutgoingTransaction one) =>
        one is { Status: OutgoingStatus.Prepared, SendsCount: 1 } && options.Value.SendUnsentAfter < options.Value.ResendAfter
            ? options.Value.SendUnsentAfter : options.Value.ResendAfter;

    // Counted before they are sent: from the second send on, no refusal is definite. What was settled or outbid meanwhile is left alone,
    // and a swap past its window is never sent again.
    private async Task<HashSet<long>> CountAsync(List<OutgoingTransaction> lost, DateTimeOffset now, CancellationToken token)
    {
        var (ids, bytes) = (lost.ConvertAll(one => one.Id).ToArray(), lost.ConvertAll(one => one.TxId).ToArray());
        await using var db = await databases.CreateDbContextAsync(token);
        var counted = await db.Database.SqlQuery<long>(
            $"""
            UPDATE outgoing_transactions a SET sends_count = sends_count + 1, last_sent_at = {now} FROM unnest({ids}, {bytes}) AS lost (id, tx_id)
            WHERE a.id = lost.id AND a.tx_id = lost.tx_id AND a.status IN ('prepared', 'sent')
                AND NOT (a.kind = 'swap' AND EXISTS (SELECT FROM slices s WHERE s.order_id = a.order_id AND s.number = a.slice_number AND s.not_after < {now}))
            RETURNING a.id AS "Value"
            """).ToListAsync(token);
        return [.. counted];
    }
}
