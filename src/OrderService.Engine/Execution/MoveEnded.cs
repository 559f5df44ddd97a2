using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Moves orders that have ended for good, with all that belongs to them, to the partitions of their month. First the uuid is noted, which
/// creates ask for from then on. The order leaves when every statement has ended that began before that: one of these might still find
/// neither the note nor the order, and store it once more. Whatever is cut off is done again by the next look.
/// </summary>
internal sealed class MoveEnded(
    NpgsqlDataSource source, EndedMonths months, IOptions<EndedOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    private const int ScanMax = 5_000;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FencePause = TimeSpan.FromMilliseconds(50);
    private const int FenceTries = 20; // then the next look has its turn

    // The log tells what has ended, in the order of its positions and each once, without an index that every end would have to keep. A node
    // of a version before does not ask for what is noted here: it has had as long as an order stays to be replaced.
    private const string NoteStatement =
        """
        WITH place AS (SELECT coalesce((SELECT p.position FROM ended_progress p), 0) AS position
            WHERE (SELECT m.applied_at FROM schema_migrations m WHERE m.number = 94) <= clock_timestamp() - $4),
        scan AS MATERIALIZED (
            SELECT p.position, e.order_id, e.at FROM place CROSS JOIN LATERAL (
                SELECT s.position, s.event_id FROM event_positions s WHERE s.position > place.position ORDER BY s.position LIMIT $3) AS p JOIN order_events e ON e.id = p.event_id),
        due AS MATERIALIZED (SELECT * FROM scan WHERE position < coalesce((SELECT min(position) FROM scan WHERE at >= $1), 9223372036854775807)),
        noted AS (
            INSERT INTO order_ids (id, uuid, dialect, owner, public_id, group_id, leg, is_signed, status, reason, ended_at, try_at)
            SELECT o.id, o.uuid, o.dialect, o.owner, o.public_id, o.group_id, o.leg, o.funding = 'signed', o.status, o.reason, o.ended_at, $2
            FROM (SELECT DISTINCT order_id FROM due WHERE order_id IS NOT NULL) AS d JOIN orders o ON o.id = d.order_id WHERE o.ended_at < $1
            ON CONFLICT (id) DO NOTHING)
        INSERT INTO ended_progress AS p (position) SELECT max(position) FROM due HAVING count(*) > 0
        ON CONFLICT (is_only) DO UPDATE SET position = EXCLUDED.position
        RETURNING (SELECT count(*) FROM due)
        """;

    // The notes of one snapshot, and a moment behind it.
    private const string FenceStatement =
        """
        SELECT clock_timestamp(), coalesce(array_agg(n.id), '{}') FROM (SELECT k.id FROM order_ids k WHERE k.try_at <= $1 ORDER BY k.try_at LIMIT $2) AS n
        """;

    private const string PassedStatement =
        """
        SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND xact_start <= $1)
        """;

    // In the order in which every transaction locks orders; the legs of a group together.
    private const string LockStatement =
        """
        SELECT o.id FROM orders o
        WHERE o.id = ANY($1) OR (o.group_id IN (SELECT g.group_id FROM orders g WHERE g.id = ANY($1) AND g.group_id IS NOT NULL) AND EXISTS (SELECT 1 FROM order_ids k WHERE k.id = o.id AND k.try_at <= $2))
        ORDER BY o.id FOR UPDATE OF o SKIP LOCKED
        """;

    // Confirmed beyond finality or ended without a swap, nothing in flight, nothing set aside, nobody left to be told, no best price that
    // its story shows. Legs of a group leave together or not at all.
    private const string SettledStatement =
        """
        WITH settled AS MATERIALIZED (
            SELECT o.id, o.group_id, date_trunc('month', o.ended_at AT TIME ZONE 'UTC')::date AS month FROM orders o
            WHERE o.id = ANY($1) AND o.ended_at < $2
                AND NOT EXISTS (SELECT 1 FROM slices s WHERE s.order_id = o.id AND s.ended_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM outgoing_transactions t WHERE t.order_id = o.id AND NOT t.is_final)
                AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.order_id = o.id AND r.reserved > 0)
                AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.order_id = o.id AND d.status = 'pending')
                AND NOT EXISTS (SELECT 1 FROM slices s JOIN watermarks w ON w.id = s.watermark_id WHERE s.order_id = o.id))
        SELECT s.id, s.month FROM settled s
        WHERE s.group_id IS NULL OR (SELECT count(*) FROM orders l WHERE l.group_id = s.group_id) = (SELECT count(*) FROM settled x WHERE x.group_id = s.group_id)
        """;

    private (DateTimeOffset At, Guid[] Ids)? _fence;

    /// <summary>Notes and moves one batch each; returns how many orders were moved, or looked at in the log.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(token);
        var noted = await NoteAsync(connection, now, token);
        _fence ??= await FenceAsync(connection, now, token);
        if (_fence is not { Ids: { Length: > 0 } ids } fence)
        {
            _fence = null;
            return noted;
        }
        for (var tries = 0; !await IsPassedAsync(connection, fence.At, token); tries++)
        {
            if (tries == FenceTries) return 0;
            await Task.Delay(FencePause, token);
        }
        _fence = null;
        var moved = await MoveAsync(connection, ids, now, token);
        if (moved > 0) telemetry.OrdersMoved(moved);
        return Math.Max(noted, moved);
    }

    private async Task<int> NoteAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(NoteStatement, connection);
        command.Add((now - options.Value.MoveAfter).UtcDateTime);
        command.Add(now.UtcDateTime);
        command.Add(ScanMax);
        command.Add(options.Value.MoveAfter);
        return await command.ExecuteScalarAsync(token) is long scanned ? (int)scanned : 0;
    }

    private async Task<(DateTimeOffset, Guid[])?> FenceAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(FenceStatement, connection);
        command.Add(now.UtcDateTime);
        command.Add(options.Value.BatchMax);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return (reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<Guid[]>(1));
    }

    private static async Task<bool> IsPassedAsync(NpgsqlConnection connection, DateTimeOffset fence, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(PassedStatement, connection);
        command.Add(fence.UtcDateTime);
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    private async Task<int> MoveAsync(NpgsqlConnection connection, Guid[] ids, DateTimeOffset now, CancellationToken token)
    {
        var cutoff = now - options.Value.MoveAfter;
        // Partitions are made before the orders are locked: who makes one waits for nobody with locks in hand.
        await months.MakeAsync(connection, [.. (await SettledAsync(connection, ids, cutoff, token)).Values.Distinct()], token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        var locked = await LockAsync(connection, ids, now, token);
        var settled = await SettledAsync(connection, locked, cutoff, token);
        var known = await months.MadeAsync(connection, token);
        foreach (var (id, month) in settled.ToArray()) if (!known.Contains(month)) settled.Remove(id);
        await using var batch = new NpgsqlBatch(connection);
        if (settled.Count > 0) foreach (var command in await CopyAsync(connection, settled, token)) batch.BatchCommands.Add(command);
        var later = new NpgsqlBatchCommand("UPDATE order_ids SET try_at = $2 WHERE id = ANY($1) AND try_at IS NOT NULL");
        later.Add(ids.Except(settled.Keys).ToArray());
        later.Add((now + TryAgainAfter).UtcDateTime);
        batch.BatchCommands.Add(later);
        await batch.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync(token);
        return settled.Count;
    }

    private static async Task<Guid[]> LockAsync(NpgsqlConnection connection, Guid[] ids, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(LockStatement, connection);
        command.Add(ids);
        command.Add(now.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var locked = new List<Guid>();
        while (await reader.ReadAsync(token)) locked.Add(reader.GetGuid(0));
        return [.. locked];
    }

    private static async Task<Dictionary<Guid, DateOnly>> SettledAsync(
        NpgsqlConnection connection, Guid[] ids, DateTimeOffset cutoff, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(SettledStatement, connection);
        command.Add(ids);
        command.Add(cutoff.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var settled = new Dictionary<Guid, DateOnly>();
        while (await reader.ReadAsync(token)) settled.Add(reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1));
        return settled;
    }

    // Children first. What authorised a swap is not copied: nothing can be swapped with it any more.
    private static async Task<List<NpgsqlBatchCommand>> CopyAsync(
        NpgsqlConnection connection, Dictionary<Guid, DateOnly> settled, CancellationToken token)
    {
        var commands = new List<NpgsqlBatchCommand>();
        foreach (var (live, ended) in EndedDb.Tables)
        {
            var columns = await EndedMonths.ColumnsAsync(connection, live, ended, token);
            var (of, from) = live switch
            {
                "orders" => ("r.id = m.id", "moved m"),
                "outgoing_versions" => ("r.transaction_id = t.id", "moved m JOIN outgoing_transactions t ON t.order_id = m.id"),
                _ => ("r.order_id = m.id", "moved m"),
            };
            var values = columns.Select(name => name is "signature" or "terms_signature" ? "NULL" : $"g.{name}");
            var command = new NpgsqlBatchCommand($"""
                WITH moved AS (SELECT * FROM unnest($1, $2) AS m (id, month)),
                gone AS (DELETE FROM {live} r USING {from} WHERE {of} RETURNING r.*, m.month)
                INSERT INTO {ended} ({string.Join(", ", columns)}, month) SELECT {string.Join(", ", values)}, g.month FROM gone g
                """);
            AddMoved(command);
            commands.Add(command);
        }
        var note = new NpgsqlBatchCommand("""
            UPDATE order_ids k SET status = e.status, reason = e.reason, ended_at = e.ended_at, month = m.month, try_at = NULL
            FROM unnest($1, $2) AS m (id, month) JOIN ended_orders e ON e.id = m.id AND e.month = m.month WHERE k.id = m.id
            """);
        AddMoved(note);
        commands.Add(note);
        return commands;

        void AddMoved(NpgsqlBatchCommand command)
        {
            command.Add(settled.Keys.ToArray());
            command.Add(settled.Values.ToArray());
        }
    }
}
