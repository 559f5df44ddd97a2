using System.Globalization;
using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>A month of ended orders: how many there are, how many of them were exported, and whether it was dropped.</summary>
internal sealed record EndedMonth(DateOnly Month, long Orders, long? Exported, DateTimeOffset? ExportedAt, DateTimeOffset? DroppedAt);

/// <summary>Exports months of ended orders, and drops them. What is dropped is known by its uuid and its end, for ever.</summary>
internal static class EndedArchive
{
    // All that was kept of an order, a JSON object a row; without the bytes that were sent, which the chain has.
    private const string ExportStatement =
        """
        SELECT row_to_json(line)::text FROM (
            SELECT o.*,
                (SELECT coalesce(json_agg(s ORDER BY s.number), '[]') FROM ended_slices s WHERE s.order_id = o.id AND s.month = o.month) AS slices,
                (SELECT row_to_json(c) FROM ended_curves c WHERE c.order_id = o.id AND c.month = o.month) AS curve,
                (SELECT coalesce(json_agg(to_jsonb(t) - 'raw' ORDER BY t.id), '[]') FROM ended_transactions t WHERE t.order_id = o.id AND t.month = o.month) AS transactions,
                (SELECT coalesce(json_agg(to_jsonb(v) - 'raw' ORDER BY v.fee), '[]') FROM ended_versions v JOIN ended_transactions t ON t.id = v.transaction_id AND t.month = v.month
                    WHERE t.order_id = o.id AND v.month = o.month) AS versions,
                (SELECT coalesce(json_agg(e ORDER BY e.id), '[]') FROM (
                    SELECT n.id, n.slice_number, n.kind, n.at, n.detail, n.actor, n.order_status, n.order_filled, n.order_reason FROM order_events n WHERE n.order_id = o.id) AS e) AS events
            FROM ended_orders o WHERE o.month = $1 ORDER BY o.id) AS line
        """;

    /// <summary>The months, the oldest first.</summary>
    public static async Task<List<EndedMonth>> ReadAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT m.month, (SELECT count(*) FROM ended_orders o WHERE o.month = m.month), m.orders, m.exported_at, m.dropped_at FROM ended_months m ORDER BY m.month
            """);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(token);
        var months = new List<EndedMonth>();
        while (await reader.ReadAsync(token))
        {
            months.Add(new EndedMonth(reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2),
                reader.MomentOrNull(3), reader.MomentOrNull(4)));
        }
        return months;
    }

    /// <summary>Writes a month, an order a line, as it is read; returns how many. <see cref="NoteAsync"/> says that it is safe.</summary>
    public static async Task<long> ExportAsync(NpgsqlDataSource source, DateOnly month, TextWriter to, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using var command = new NpgsqlCommand(ExportStatement, connection) { CommandTimeout = 0 };
        command.Add(month);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, token);
        var orders = 0L;
        for (; await reader.ReadAsync(token); orders++)
        {
            // What a client spelled over several lines is the same on one: in its texts a line's end is written as an escape.
            var line = reader.GetString(0).Replace('\n', ' ').Replace('\r', ' ');
            await to.WriteAsync(line.AsMemory(), token);
            await to.WriteAsync("\n".AsMemory(), token);
        }
        return orders;
    }

    /// <summary>Notes that so many orders of a month were exported.</summary>
    public static async Task NoteAsync(NpgsqlDataSource source, DateOnly month, long orders, DateTimeOffset at, CancellationToken token)
    {
        await using var command = source.CreateCommand("UPDATE ended_months SET exported_at = $2, orders = $3 WHERE month = $1");
        command.Add(month);
        command.Add(at.UtcDateTime);
        command.Add(orders);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// Drops a month: first nothing is moved there any more, then its partitions leave without a lock that anybody would wait for, and are
    /// removed. Why not, where it is not exported as it is and that was not said to be right. What was cut off is finished by the next
    /// call.
    /// </summary>
    public static async Task<string?> DropAsync(
        NpgsqlDataSource source, DateOnly month, bool withoutExport, DateTimeOffset at, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        if (!await EndedMonths.TryLockAsync(connection, token)) return "Partitions are being made or dropped: try again in a moment.";
        try
        {
            if (await MarkAsync(connection, month, withoutExport, at, token) is { } refusal) return refusal;
            foreach (var (_, ended) in EndedDb.Tables) await DropAsync(connection, ended, EndedMonths.NameOf(ended, month), token);
            return null;
        }
        finally
        {
            await EndedMonths.UnlockAsync(connection);
        }
    }

    // Whoever moves an order there holds the month's row until it is moved.
    private static async Task<string?> MarkAsync(
        NpgsqlConnection connection, DateOnly month, bool withoutExport, DateTimeOffset at, CancellationToken token)
    {
        await using var transaction = await connection.BeginTransactionAsync(token);
        var (exported, isDropped) = (default(long?), false);
        await using (var read = new NpgsqlCommand(
            "SELECT orders, dropped_at IS NOT NULL FROM ended_months WHERE month = $1 FOR UPDATE", connection))
        {
            read.Add(month);
            await using var reader = await read.ExecuteReaderAsync(token);
            if (!await reader.ReadAsync(token)) return "There are no ended orders of that month.";
            (exported, isDropped) = (reader.IsDBNull(0) ? null : reader.GetInt64(0), reader.GetBoolean(1));
        }
        if (isDropped) return null;
        if (!withoutExport && await RefusalAsync(connection, month, exported, token) is { } refusal) return refusal;
        await using var mark = new NpgsqlCommand("UPDATE ended_months SET dropped_at = $2 WHERE month = $1", connection);
        mark.Add(month);
        mark.Add(at.UtcDateTime);
        await mark.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync(token);
        return null;
    }

    // To count is to read the month once more: only where its export is asked about.
    private static async Task<string?> RefusalAsync(NpgsqlConnection connection, DateOnly month, long? exported, CancellationToken token)
    {
        await using var count = new NpgsqlCommand("SELECT count(*) FROM ended_orders WHERE month = $1", connection) { CommandTimeout = 0 };
        count.Add(month);
        var orders = (long)(await count.ExecuteScalarAsync(token))!;
        return exported == orders
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"Of the {orders} orders of that month {exported ?? 0} were exported: export it first (export-ended), or say --without-export.");
    }

    private static async Task DropAsync(NpgsqlConnection connection, string ended, string name, CancellationToken token)
    {
        await using var ask = new NpgsqlCommand(
            "SELECT i.inhdetachpending FROM pg_inherits i WHERE i.inhrelid = to_regclass($1) AND i.inhparent = $2::regclass", connection);
        ask.Add(name);
        ask.Add(ended);
        if (await ask.ExecuteScalarAsync(token) is bool isPending)
        {
            var how = isPending ? "FINALIZE" : "CONCURRENTLY";
            await ExecuteAsync(connection, $"ALTER TABLE {ended} DETACH PARTITION {name} {how}", token);
        }
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {name}", token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(token);
    }
}
