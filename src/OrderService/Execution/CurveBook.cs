using Npgsql;
using OrderService.Persistence;

namespace OrderService.Execution;

/// <summary>The reads that find orders with something to decide that no slice waits for: moments of an order itself, and what is looked at with each price.</summary>
internal static class CurveBook
{
    /// <summary>Orders whose moment has come, the longest due first.</summary>
    public static Task<List<Guid>> DueAsync(NpgsqlDataSource source, int rowsMax, DateTimeOffset now, CancellationToken token) =>
        ReadAsync(source, "SELECT order_id FROM curves WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2", rowsMax, now, token);

    /// <summary>Orders that are looked at with each price, after an id, in the order of their ids.</summary>
    public static async Task<List<Guid>> WatchedAsync(NpgsqlDataSource source, int rowsMax, Guid after, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT order_id FROM curves WHERE is_watching AND order_id > $1 ORDER BY order_id LIMIT $2");
        command.Add(after);
        command.Add(rowsMax);
        return await ReadAsync(command, token);
    }

    private static async Task<List<Guid>> ReadAsync(NpgsqlDataSource source, string statement, int rowsMax, DateTimeOffset now, CancellationToken token)
    {
        await using var command = source.CreateCommand(statement);
        command.Add(now.UtcDateTime);
        command.Add(rowsMax);
        return await ReadAsync(command, token);
    }

    private static async Task<List<Guid>> ReadAsync(NpgsqlCommand command, CancellationToken token)
    {
        await using var reader = await command.ExecuteReaderAsync(token);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(token)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
