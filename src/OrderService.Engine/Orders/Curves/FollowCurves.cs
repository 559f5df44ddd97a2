using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders.Curves;

/// <summary>One thing that happened to an order, with its place in the store's order of appending.</summary>
internal sealed record CurveHappening(long Sequence, Guid OrderId, string Kind, bool IsOfSlice);

/// <summary>
/// Reads what happened to the orders of an owner after a place in the log. Places may be filled late, by a transaction that took longer:
/// the reader looks back.
/// </summary>
internal sealed class FollowCurves(NpgsqlDataSource source)
{
    private static readonly string[] Kinds =
    [
        OrderEventKinds.Created, OrderEventKinds.Activated, OrderEventKinds.Confirmed, OrderEventKinds.Paused, OrderEventKinds.Resumed,
        OrderEventKinds.Amended, OrderEventKinds.Cancelled,
        OrderEventKinds.CancelRequested, OrderEventKinds.Completed, OrderEventKinds.Failed, OrderEventKinds.Expired,
    ];

    /// <summary>The last place that is filled now.</summary>
    public async Task<long> LatestAsync(CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT coalesce(max(id), 0) FROM order_events");
        return (long)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>The orders of an owner to which something happened last, the latest first; a null owner stands for everybody.</summary>
    public async Task<List<Guid>> LatelyAsync(string dialect, StacksAddress? owner, int rowsMax, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT o.id FROM all_orders o CROSS JOIN LATERAL (SELECT max(e.id) AS last FROM order_events e WHERE e.order_id = o.id) AS e
            WHERE o.dialect = $1 AND ($2 = '' OR o.owner = $2) ORDER BY e.last DESC NULLS LAST LIMIT $3
            """);
        command.Add(dialect);
        command.Add(owner?.ToString() ?? "");
        command.Add(rowsMax);
        await using var reader = await command.ExecuteReaderAsync(token);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(token)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    /// <summary>
    /// What happened after a place, in its order; a null owner stands for everybody. A cancel that had to wait for what was in flight
    /// happened when it was asked for, and not again when it is done.
    /// </summary>
    public async Task<List<CurveHappening>> ReadAsync(
        string dialect, StacksAddress? owner, long after, int rowsMax, CancellationToken token)
    {
        await using var command = source.CreateCommand($"""
            SELECT e.id, e.order_id, e.kind, e.slice_number IS NOT NULL FROM order_events e {EndedOrders.OrderOfEvent}
            WHERE e.id > $1 AND e.kind = ANY($2) AND o.dialect = $3 AND ($4 = '' OR o.owner = $4)
                AND NOT (e.kind = 'cancelled' AND e.slice_number IS NULL
                    AND EXISTS (SELECT FROM order_events asked WHERE asked.order_id = e.order_id AND asked.kind = 'cancel_requested' AND asked.slice_number IS NULL AND asked.id < e.id))
            ORDER BY e.id LIMIT $5
            """);
        command.Add(after);
        command.Add(Kinds);
        command.Add(dialect);
        command.Add(owner?.ToString() ?? "");
        command.Add(rowsMax);
        await using var reader = await command.ExecuteReaderAsync(token);
        var read = new List<CurveHappening>();
        while (await reader.ReadAsync(token))
            read.Add(new CurveHappening(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetBoolean(3)));
        return read;
    }
}
