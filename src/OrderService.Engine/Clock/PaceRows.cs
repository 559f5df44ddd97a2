using Npgsql;
using NpgsqlTypes;

namespace OrderService.Engine.Clock;

/// <summary>The paces of engine time as they stand in the store, where all nodes read the same.</summary>
internal static class PaceRows
{
    // The database's clock and the rows in one round trip; a row of nothing where there are none.
    private const string ReadStatement =
        """
        SELECT clock_timestamp(), p.from_at, p.engine_at, p.pace FROM (SELECT 1) AS one LEFT JOIN clock_paces p ON true ORDER BY p.from_at
        """;

    // What is to come is replaced; of what has been, what no clock asks about any more goes.
    private const string ReplaceStatement =
        """
        DELETE FROM clock_paces
        WHERE from_at >= $1 OR (from_at < $2 AND from_at < (SELECT max(from_at) FROM clock_paces WHERE from_at < $2))
        """;

    /// <summary>What the database's clock says, and every pace.</summary>
    public static async Task<(DateTimeOffset Now, PaceBook Paces)> ReadAsync(NpgsqlCommand command, CancellationToken token)
    {
        command.CommandText = ReadStatement;
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        var now = reader.GetFieldValue<DateTimeOffset>(0);
        if (await reader.IsDBNullAsync(1, token)) return (now, PaceBook.Real);
        var spans = new List<PaceSpan>();
        do
        {
            spans.Add(new PaceSpan(reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt32(3)));
        }
        while (await reader.ReadAsync(token));
        return (now, new PaceBook(spans));
    }

    /// <summary>Writes what holds from a moment on.</summary>
    public static async Task ReplaceAsync(
        NpgsqlConnection connection, PaceBook paces, DateTimeOffset from, DateTimeOffset forgetBefore, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReplaceStatement) { Parameters = { Moment(from), Moment(forgetBefore) } });
        foreach (var span in paces.Spans.Where(span => span.From >= from))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO clock_paces (from_at, engine_at, pace) VALUES ($1, $2, $3)")
            {
                Parameters = { Moment(span.From), Moment(span.EngineAt), new NpgsqlParameter { Value = span.Pace } },
            });
        }
        await batch.ExecuteNonQueryAsync(token);
    }

    private static NpgsqlParameter Moment(DateTimeOffset at) => new() { Value = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
