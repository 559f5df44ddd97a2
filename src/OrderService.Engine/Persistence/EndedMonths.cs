using System.Globalization;
using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>The partitions of ended orders, a table a month for each of <see cref="EndedDb.Tables"/>.</summary>
internal sealed class EndedMonths
{
    // Any number will do as long as it stays the same.
    private const long AdvisoryLock = 7_310_579_425_094;

    private readonly HashSet<DateOnly> _made = [];

    /// <summary>The name of a month's partition.</summary>
    public static string NameOf(string ended, DateOnly month) => ended + month.ToString("'_'yyyy'_'MM", CultureInfo.InvariantCulture);

    /// <summary>
    /// Makes the partitions of months that have none. Each is a table of its own first, so that readers of the others go on meanwhile.
    /// </summary>
    public async Task MakeAsync(NpgsqlConnection connection, IReadOnlyList<DateOnly> months, CancellationToken token)
    {
        if (months.All(_made.Contains) || !await TryLockAsync(connection, token)) return;
        try
        {
            foreach (var month in months) await MakeAsync(connection, month, token);
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    /// <summary>Partitions are made and dropped by one at a time; false where somebody else is at it.</summary>
    public static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({AdvisoryLock})", connection);
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>Ends it.</summary>
    public static async Task UnlockAsync(NpgsqlConnection connection)
    {
        // a connection that broke has lost the lock already
        if (connection.FullState == System.Data.ConnectionState.Open)
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
    }

    private async Task MakeAsync(NpgsqlConnection connection, DateOnly month, CancellationToken token)
    {
        await using var transaction = await connection.BeginTransactionAsync(token);
        await ExecuteAsync(connection, "SET LOCAL lock_timeout = '3s'", token);
        foreach (var (_, ended) in EndedDb.Tables)
        {
            var name = NameOf(ended, month);
            await ExecuteAsync(connection, $"CREATE TABLE IF NOT EXISTS {name} (LIKE {ended} INCLUDING ALL)", token);
            if (await IsAttachedAsync(connection, name, token)) continue;
            await ExecuteAsync(connection,
                string.Create(CultureInfo.InvariantCulture,
                    $"ALTER TABLE {ended} ATTACH PARTITION {name} FOR VALUES IN ('{month:yyyy-MM-dd}')"), token);
        }
        // What comes late to a month that was dropped opens it again.
        await using var note = new NpgsqlCommand("""
            INSERT INTO ended_months AS m (month) VALUES ($1)
            ON CONFLICT (month) DO UPDATE SET dropped_at = NULL, exported_at = NULL, orders = NULL WHERE m.dropped_at IS NOT NULL
            """, connection);
        note.Add(month);
        await note.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync(token);
        _made.Add(month);
    }

    /// <summary>
    /// The months that have partitions, held as they are until the transaction ends that the connection is in: none of them is dropped.
    /// </summary>
    public async Task<HashSet<DateOnly>> MadeAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("SELECT month FROM ended_months WHERE dropped_at IS NULL FOR KEY SHARE", connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        var made = new HashSet<DateOnly>();
        while (await reader.ReadAsync(token)) made.Add(reader.GetFieldValue<DateOnly>(0));
        _made.IntersectWith(made);
        return made;
    }

    /// <summary>The columns of a table, all of which the one of what has ended must have: nothing is lost on the way.</summary>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(
        NpgsqlConnection connection, string live, string ended, CancellationToken token)
    {
        var (of, kept) = (await ColumnsAsync(connection, live, token), await ColumnsAsync(connection, ended, token));
        return of.Except(kept, StringComparer.Ordinal).ToArray() is [var lost, ..]
            ? throw new InvalidOperationException($"{ended} has no column {lost}, which {live} has") : of;
    }

    private static async Task<List<string>> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            connection);
        command.Add(table);
        await using var reader = await command.ExecuteReaderAsync(token);
        var columns = new List<string>();
        while (await reader.ReadAsync(token)) columns.Add(reader.GetString(0));
        return columns;
    }

    private static async Task<bool> IsAttachedAsync(NpgsqlConnection connection, string name, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = $1::regclass)", connection);
        command.Add(name);
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(token);
    }
}
