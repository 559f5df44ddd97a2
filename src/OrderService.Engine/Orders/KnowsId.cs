using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>Whether a partition knows an id, which says nothing of where its order is.</summary>
internal sealed class KnowsId(NpgsqlDataSource source)
{
    private const string Statement =
        """
        SELECT coalesce((SELECT created_at FROM orders WHERE id = $1), (SELECT ended_at FROM order_ids WHERE id = $1),
            (SELECT created_at FROM orders WHERE group_id = $1 ORDER BY leg LIMIT 1), (SELECT 'epoch'::timestamptz FROM group_slots WHERE group_id = $1))
        """;

    /// <summary>Since when there is an order or a group of this id; null where there is none.</summary>
    public async Task<DateTime?> SinceAsync(Guid id, CancellationToken token)
    {
        await using var command = source.CreateCommand(Statement);
        command.Add(id);
        return await command.ExecuteScalarAsync(token) as DateTime?;
    }
}
