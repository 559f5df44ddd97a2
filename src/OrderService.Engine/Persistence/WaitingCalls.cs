using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Transactions;

namespace OrderService.Engine.Persistence;

/// <summary>
/// What waits behind its account's calls. It is woken in the transaction in which one comes to its end, or another that the same account
/// pays for, so that it is the chain's pace at which an account calls: so many as places came free, and where nothing of its own is under
/// way any more, so many as an account may have. On whichever node: what is not woken looks again at its own moment.
/// </summary>
internal static class WaitingCalls
{
    private const int AccountMax = 24; // more than that waits for no block at once

    // What another transaction has locked is on its way already. Where nobody waits, that is all that is asked.
    private const string WakeStatement =
        """
        UPDATE slices s SET wake_at = $5 FROM (
            SELECT w.order_id, w.number FROM slices w JOIN (
                SELECT d.order_id, d.number FROM unnest($1) AS a (account) CROSS JOIN LATERAL (
                    SELECT order_id, number FROM slices WHERE calls_of = a.account AND wake_at > $5 ORDER BY wake_at, order_id LIMIT $4) AS d
                WHERE (SELECT EXISTS (SELECT 1 FROM slices WHERE calls_of IS NOT NULL AND wake_at IS NOT NULL))
                    AND NOT EXISTS (SELECT 1 FROM outgoing_transactions t WHERE t.origin = a.account AND t.status IN ('prepared', 'sent'))
                UNION
                SELECT d.order_id, d.number FROM unnest($2, $3) AS p (payer, places) CROSS JOIN LATERAL (
                    SELECT e.order_id, e.number FROM (
                        SELECT DISTINCT t.origin FROM outgoing_transactions t WHERE t.solver = p.payer AND t.origin IS NOT NULL AND NOT t.is_final AND t.status IN ('prepared', 'sent')) AS o
                    CROSS JOIN LATERAL (
                        SELECT order_id, number, wake_at FROM slices WHERE calls_of = o.origin AND wake_at > $5 ORDER BY wake_at, order_id LIMIT p.places) AS e
                    ORDER BY e.wake_at, e.order_id LIMIT p.places) AS d
                WHERE (SELECT EXISTS (SELECT 1 FROM slices WHERE calls_of IS NOT NULL AND wake_at IS NOT NULL))
            ) AS picked USING (order_id, number) WHERE w.status = 'waiting' AND w.wake_at > $5 FOR NO KEY UPDATE OF w SKIP LOCKED) AS due
        WHERE s.order_id = due.order_id AND s.number = due.number
        """;

    /// <summary>The transactions whose end this context is about to save; found before it does.</summary>
    public static OutgoingTransaction[] EndedIn(OrdersDb db) =>
        [.. db.ChangeTracker.Entries<OutgoingTransaction>()
            .Where(entry => !entry.Entity.Status.IsLive() && entry.Property(one => one.Status) is { IsModified: true } status
                && status.OriginalValue.IsLive())
            .Select(entry => entry.Entity)];

    /// <summary>Wakes what waits for the places of these, for a batch, once they are saved; none where there are none.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Wake(IReadOnlyList<OutgoingTransaction> ended, DateTimeOffset now)
    {
        if (ended.Count == 0) yield break;
        var command = new NpgsqlBatchCommand(WakeStatement);
        command.Add(ended.Where(one => one.Origin is not null).Select(one => one.Origin!.Value.ToString()).Distinct().ToArray());
        var payers = ended.GroupBy(one => one.Solver, one => one.Nonce).ToList();
        command.AddColumn(NpgsqlDbType.Text, payers, payer => payer.Key.ToString());
        command.AddColumn(NpgsqlDbType.Integer, payers, payer => payer.Distinct().Count());
        command.Add(AccountMax);
        command.Add(now.UtcDateTime);
        yield return command;
    }
}
