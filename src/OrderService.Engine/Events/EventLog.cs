using Npgsql;
using NpgsqlTypes;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Events;

/// <summary>Where a log is: its id, its last position, and whether events wait for theirs.</summary>
internal readonly record struct LogLook(string LogId, long Head, bool HasFresh);

/// <summary>How many one round numbered, of which log and behind which position; and what was to be told of them.</summary>
internal readonly record struct LogRound(string LogId, long Before, long Count, IReadOnlyList<LoggedEvent> Events)
{
    /// <summary>A round of more tells nothing: who wants to know reads.</summary>
    public const int ToldMax = 1_000;

    /// <summary>Where the log is with it.</summary>
    public LogHead Head => new(LogId, Before + Count);
}

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
    private static string FreshOnly(string columns) =>
        $"""
        SELECT {columns} FROM last, order_events e WHERE e.xid >= pg_snapshot_xmax(last.seen)
        UNION ALL
        SELECT {columns} FROM last, pg_snapshot_xip(last.seen) AS running (xid), order_events e WHERE e.xid = running.xid
        """;

    private const string Ids = "e.id, e.order_id, e.owner, e.xid";

    private const string Facts = "kind, at, actor, slice_number, detail, order_status, order_filled, order_reason";

    private const string Unnumbered = $"SELECT {Ids} FROM order_events e WHERE NOT EXISTS (SELECT 1 FROM event_positions p WHERE p.event_id = e.id)";

    private const string Round =
        """
        INSERT INTO event_rounds AS r (head, seen, target, cut)
        SELECT coalesce(n.head, l.head), CASE WHEN n.more THEN l.seen ELSE s.upto END, CASE WHEN n.more THEN s.upto END, CASE WHEN n.more THEN n.cut END
        FROM last l CROSS JOIN LATERAL (SELECT coalesce(l.target, pg_current_snapshot()) AS upto) AS s
        CROSS JOIN (SELECT max(position) AS head, max(event_id) AS cut, count(*) = $1 AS more FROM placed) AS n
        ON CONFLICT (head) DO UPDATE SET seen = excluded.seen, target = excluded.target, cut = excluded.cut
        RETURNING (SELECT head FROM last) AS before, r.head - (SELECT head FROM last) AS count
        """;

    private static readonly string RoundStatement = $"{NumberThem(FreshOnly(Ids))}\n{Round}";

    // The events come with the round that numbers them, which has read them anyway.
    private static readonly string TellingStatement =
        $"""
        {NumberThem(FreshOnly($"{Ids}, {Of("e", Facts)}"), Facts)},
        round AS ({Round})
        SELECT r.before, r.count, t.* FROM round r LEFT JOIN (
            SELECT {EventReader.Columns} FROM fresh p CROSS JOIN LATERAL (SELECT p.order_id, {Of("p", Facts)}) AS e {EndedOrders.OrderOfEvent}
            WHERE $3::text[] IS NULL OR p.owner = ANY($3)) AS t ON r.count <= $2
        ORDER BY t.position
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

    /// <summary>One round: numbers what is new, so many at most, and tells of it what an audience is to see; nothing without one.</summary>
    public static async Task<LogRound> NumberAsync(
        NpgsqlConnection connection, int eventsMax, Audience? audience, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock));
        var round = new NpgsqlBatchCommand(audience is null ? RoundStatement : TellingStatement);
        round.Add(eventsMax);
        if (audience is not null)
        {
            round.Add(LogRound.ToldMax);
            round.AddNullable(NpgsqlDbType.Array | NpgsqlDbType.Text, audience.Owners?.ToArray());
        }
        batch.BatchCommands.Add(round);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        var (log, before, count, events) = (reader.GetString(0), 0L, 0L, new List<LoggedEvent>());
        await reader.NextResultAsync(token);
        while (await reader.ReadAsync(token))
        {
            (before, count) = (reader.GetInt64(0), reader.GetInt64(1));
            if (audience is not null && !reader.IsDBNull(2)) events.Add(EventReader.Read(reader));
        }
        await reader.NextResultAsync(token); // throws where the commit did not succeed
        return new LogRound(log, before, count, events);
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
    private static string NumberThem(string found, string facts = "", bool isWhole = false) =>
        $"""
        WITH last AS MATERIALIZED ({Last}),
        fresh AS (
            SELECT n.head + row_number() OVER (ORDER BY n.id) AS position, n.id AS event_id, n.order_id{And("n", facts)},
                coalesce(n.owner, (SELECT o.owner FROM orders o WHERE o.id = n.order_id), (SELECT k.owner FROM order_ids k WHERE k.id = n.order_id)) AS owner
            FROM (
                SELECT f.id + 0 AS id, f.order_id, f.owner, last.head{And("f", facts)} FROM last, ({found}) AS f
                {(isWhole ? "" : "WHERE last.target IS NULL OR (f.id > last.cut AND pg_visible_in_snapshot(f.xid, last.target))")} ORDER BY 1{(isWhole ? "" : " LIMIT $1")}) AS n),
        placed AS (
            INSERT INTO event_positions (position, event_id, owner) SELECT position, event_id, owner FROM fresh RETURNING position, event_id)
        """;

    private static string And(string table, string columns) => columns.Length == 0 ? "" : $", {Of(table, columns)}";

    private static string Of(string table, string columns) => $"{table}.{columns.Replace(", ", $", {table}.", StringComparison.Ordinal)}";
}
