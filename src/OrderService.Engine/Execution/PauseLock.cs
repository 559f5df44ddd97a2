using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>That the operator has paused all sends, since when, and why where that was said.</summary>
internal sealed record PausedSends(DateTimeOffset Since, string? Why);

/// <summary>
/// Asks, inside the transaction that decides a send and in its own round trip, whether sends are paused. The lock is shared among all who
/// send, so none waits for another; whoever pauses takes it alone once its row is committed, and so knows that the transactions which began
/// before have ended.
/// </summary>
internal sealed class PauseLock
{
    /// <summary>The key of the lock.</summary>
    public const long Key = 7_310_579_425_004;

    // Two statements: the second sees what was committed while the first waited.
    private const string LockStatement = "SELECT pg_advisory_xact_lock_shared($1)";

    private const string ReadStatement = "SELECT since, why FROM sends_pause";

    /// <summary>Null while sends go on.</summary>
    public PausedSends? Paused { get; private set; }

    /// <summary>The statements, for a batch.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Commands()
    {
        var share = new NpgsqlBatchCommand(LockStatement);
        share.Add(Key);
        return [share, new NpgsqlBatchCommand(ReadStatement)];
    }

    /// <summary>Reads their answer and goes to the next one.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        await reader.NextResultAsync(token); // the lock has nothing to say
        Paused = await RowAsync(reader, token);
        await reader.NextResultAsync(token);
    }

    /// <summary>The same by itself, inside the transaction that the connection is in.</summary>
    public static async Task<PausedSends?> TakeAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Commands()) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        var pause = new PauseLock();
        await pause.ReadAsync(reader, token);
        return pause.Paused;
    }

    /// <summary>How it stands, for who decides nothing by it.</summary>
    public static async Task<PausedSends?> LookAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand(ReadStatement);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await RowAsync(reader, token);
    }

    private static async Task<PausedSends?> RowAsync(NpgsqlDataReader reader, CancellationToken token) =>
        await reader.ReadAsync(token) ? new PausedSends(reader.GetFieldValue<DateTimeOffset>(0), reader.TextOrNull(1)) : null;
}
