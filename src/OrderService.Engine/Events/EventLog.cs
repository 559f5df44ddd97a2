using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Events;

/// <summary>Where a log is: its id, its last position, and whether events wait for theirs.</summary>
internal readonly record struct LogLook(string LogId, long Head, bool HasFresh);

/// <summary>
/// Gives committed events their positions. It keeps a snapshot, not a number: what the snapshot of now sees and the one before did not is
/// new, however long its transaction took and however many began after it. So nothing waits for the oldest transaction, nothing is missed
/// and nothing is numbered twice. Rounds are one after the other, each a transaction of one round trip, which no process that stands still
/// can hold open; a reader's snapshot sees whole rounds, so positions without a gap.
/// </summary>
internal static class EventLog
{
    // Every relay asks for it, and waits: the statement behind it, with a snapshot of its own, then sees the round before.
    private const string Lock = "SELECT log_id FROM event_log FOR UPDATE";

    private const string Last = "SELECT head, seen, target, cut FROM event_rounds ORDER BY head DESC LIMIT 1";

    private const string LookStatement =
        $"""
        SELECT l.log_id, r.head, r.target IS NOT NULL
            OR EXISTS (SELECT 1 FROM order_events e WHERE e.xid >= pg_snapshot_xmax(r.seen))
            OR EXISTS (SELECT 1 FROM pg_snapshot_xip(r.seen) AS running (xid) JOIN order_events e ON e.xid = running.xid)
        FROM event_log l CROSS JOIN LATERAL ({Last}) AS r
        """;

    // Of one order what happened later has the higher id, and is in no earlier round: whoever changes an order waits for the commit of who
    // changed it before.
    private const string FreshOnly =
        """
        SELECT e.id, e.order_id, e.owner, e.xid FROM last, order_events e WHERE e.xid >= pg_snapshot_xmax(last.seen)
        UNION ALL
        SELECT e.id, e.order_id, e.owner, e.xid FROM last, pg_snapshot_xip(last.seen) AS running (xid), order_events e WHERE e.xid = running.xid
        """;

    private const string Unnumbered = "SELECT e.id, e.order_id, e.owner, e.xid FROM order_events e WHERE NOT EXISTS (SELECT 1 FROM event_positions p WHERE p.event_id = e.id)";

    private static readonly string RoundStatement = NumberThem(FreshOnly) +
        """

        INSERT INTO event_rounds AS r (head, seen, target, cut)
        SELECT coalesce(n.head, l.head), CASE WHEN n.more THEN l.seen ELSE s.upto END, CASE WHEN n.more THEN s.upto END, CASE WHEN n.more THEN n.cut END
        FROM last l CROSS JOIN LATERAL (SELECT coalesce(l.target, pg_current_snapshot()) AS upto) AS s
        CROSS JOIN (SELECT max(position) AS head, max(event_id) AS cut, count(*) = $1 AS more FROM placed) AS n
        ON CONFLICT (head) DO UPDATE SET seen = excluded.seen, target = excluded.target, cut = excluded.cut
        RETURNING r.head - (SELECT head FROM last)
        """;

    // Whatever transactions the ids of before meant, those from here on are this cluster's: none that is numbered may be taken for one to
    // come.
    private static readonly string WholeRound = NumberThem(Unnumbered, isWhole: true) +
        """
        , settled AS (UPDATE order_events SET xid = '0' WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()))
        INSERT INTO event_rounds AS r (head, seen) SELECT coalesce(max(n.position), (SELECT head FROM last)), pg_current_snapshot() FROM placed n
        ON CONFLICT (head) DO UPDATE SET seen = excluded.seen, target = NULL, cut = NULL
        """;

    private const string BeginStatement =
        """
        WITH begun AS (SELECT substr(replace(gen_random_uuid()::text, '-', ''), 17) AS id, system_identifier FROM pg_control_system())
        UPDATE event_log SET log_id = b.id, system = b.system_identifier, begun_at = now() FROM begun b RETURNING log_id
        """;

    /// <summary>Looks without a lock: what it costs while nothing happens.</summary>
    public static async Task<LogLook> LookAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(LookStatement, connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return new LogLook(reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2));
    }

    /// <summary>One round: numbers what is new, so many at most. Returns how many.</summary>
    public static async Task<long> NumberAsync(NpgsqlConnection connection, int eventsMax, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock));
        var round = new NpgsqlBatchCommand(RoundStatement);
        round.Add(eventsMax);
        batch.BatchCommands.Add(round);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.NextResultAsync(token);
        var numbered = await reader.ReadAsync(token) ? reader.GetInt64(0) : 0;
        await reader.NextResultAsync(token); // throws where the commit did not succeed
        return numbered;
    }

    /// <summary>Removes all but the last rounds, which say nothing any more.</summary>
    public static async Task ForgetRoundsAsync(NpgsqlConnection connection, long before, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("DELETE FROM event_rounds WHERE head < $1", connection);
        command.Add(before);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Begins a new log with what the store has, all of it numbered; returns its id.</summary>
    public static async Task<string> BeginAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, token);
        foreach (var sql in (string[])["SET LOCAL statement_timeout = 0", Lock, WholeRound])
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(token);
        }
        await using var begin = new NpgsqlCommand(BeginStatement, connection);
        var logId = (string)(await begin.ExecuteScalarAsync(token))!;
        await transaction.CommitAsync(token);
        return logId;
    }

    /// <summary>Notes in which cluster the log is; false where it has come from another, whose transactions say nothing here.</summary>
    public static async Task<bool> IsAtHomeAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("""
            WITH cluster AS (SELECT system_identifier FROM pg_control_system()),
            noted AS (UPDATE event_log SET system = c.system_identifier FROM cluster c WHERE system IS NULL)
            SELECT coalesce(l.system = c.system_identifier, true) FROM event_log l, cluster c
            """, connection);
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    // They are sorted by a sum, so that no plan reads the whole log in the order of its key to find the few.
    private static string NumberThem(string fresh, bool isWhole = false) =>
        $"""
        WITH last AS MATERIALIZED ({Last}),
        placed AS (
            INSERT INTO event_positions (position, event_id, owner)
            SELECT n.head + row_number() OVER (ORDER BY n.id), n.id, coalesce(n.owner, (SELECT o.owner FROM orders o WHERE o.id = n.order_id), (SELECT k.owner FROM order_ids k WHERE k.id = n.order_id))
            FROM (
                SELECT f.id + 0 AS id, f.order_id, f.owner, last.head FROM last, ({fresh}) AS f
                {(isWhole ? "" : "WHERE last.target IS NULL OR (f.id > last.cut AND pg_visible_in_snapshot(f.xid, last.target))")} ORDER BY 1{(isWhole ? "" : " LIMIT $1")}) AS n
            RETURNING position, event_id)
        """;
}
