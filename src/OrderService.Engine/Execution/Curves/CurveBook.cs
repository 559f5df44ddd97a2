using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// An order that is looked at with each price, as far as a look needs it. <paramref name="Condition"/> is what holds it back, null where it
/// is in a pause; then the order itself is read.
/// <paramref name="Token"/> is the target's as it is stored: few conditions ask for it, so it is not read ten thousand times a beat.
/// </summary>
internal sealed record WatchedCurve(Guid Id, string? Condition, string? Kept, bool IsBlind, string Token, TokenAmount Target)
{
    /// <summary>What the target is an amount of.</summary>
    public TokenId TargetToken => TokenId.Parse(Token);
}

/// <summary>
/// The reads that find orders with something to decide that no slice waits for: moments of an order itself, and what is looked at with each
/// price.
/// </summary>
internal static class CurveBook
{
    // Of what waits for its condition nothing is executed yet: the row of the plan is all that a look needs, and ten thousand of them are
    // read in one statement.
    private const string WatchedStatement =
        """
        SELECT c.order_id, CASE WHEN c.activated_at IS NULL THEN c.condition END, c.kept::text, c.is_blind, CASE WHEN c.is_exact_out THEN o.buy_token ELSE o.sell_token END, c.target
        FROM curves c JOIN orders o ON o.id = c.order_id WHERE c.is_watching AND c.order_id > $1 ORDER BY c.order_id LIMIT $2
        """;

    private const string DueStatement = "SELECT order_id FROM curves WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2";

    /// <summary>Both reads in one round trip: most beats find nothing, and cost no more than this.</summary>
    public static async Task<(List<Guid> Due, List<WatchedCurve> Watched)> LookAsync(
        NpgsqlDataSource source, int dueMax, int watchedMax, Guid after, DateTimeOffset now, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Due(dueMax, now));
        batch.BatchCommands.Add(Watched(watchedMax, after));
        await using var reader = await batch.ExecuteReaderAsync(token);
        var due = await DueAsync(reader, token);
        await reader.NextResultAsync(token);
        return (due, await WatchedAsync(reader, token));
    }

    /// <summary>Orders whose moment has come, the longest due first.</summary>
    public static Task<List<Guid>> DueAsync(NpgsqlDataSource source, int rowsMax, DateTimeOffset now, CancellationToken token) =>
        OneAsync(source, Due(rowsMax, now), DueAsync, token);

    /// <summary>Orders that are looked at with each price, after an id, in the order of their ids.</summary>
    public static Task<List<WatchedCurve>> WatchedAsync(NpgsqlDataSource source, int rowsMax, Guid after, CancellationToken token) =>
        OneAsync(source, Watched(rowsMax, after), WatchedAsync, token);

    private static async Task<T> OneAsync<T>(
        NpgsqlDataSource source, NpgsqlBatchCommand command, Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        return await read(reader, token);
    }

    private static NpgsqlBatchCommand Due(int rowsMax, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(DueStatement);
        command.Add(now.UtcDateTime);
        command.Add(rowsMax);
        return command;
    }

    private static NpgsqlBatchCommand Watched(int rowsMax, Guid after)
    {
        var command = new NpgsqlBatchCommand(WatchedStatement);
        command.Add(after);
        command.Add(rowsMax);
        return command;
    }

    private static async Task<List<Guid>> DueAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var ids = new List<Guid>();
        while (await reader.ReadAsync(token)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static async Task<List<WatchedCurve>> WatchedAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var watched = new List<WatchedCurve>();
        while (await reader.ReadAsync(token))
        {
            watched.Add(new WatchedCurve(
                reader.GetGuid(0), reader.TextOrNull(1), reader.TextOrNull(2), reader.GetBoolean(3), reader.GetString(4),
                new TokenAmount((UInt128)reader.GetFieldValue<BigInteger>(5))));
        }
        return watched;
    }
}
