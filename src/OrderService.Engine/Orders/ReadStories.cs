using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>
/// Reads what happened to the orders of a page, in one statement: the tries of their parts and the ends of the orders. What became of a
/// spent uuid is the engine's own business.
/// </summary>
internal static class ReadStories
{
    private const int EventsMax = 10_000;
    private const int EventsMin = 100;

    private static readonly string[] PartKinds =
    [
        OrderEventKinds.BackedOff, OrderEventKinds.Rejected, OrderEventKinds.Replaced, OrderEventKinds.Reverted, OrderEventKinds.Failed,
        OrderEventKinds.Confirmed, OrderEventKinds.Reorged,
    ];

    private static readonly string[] OrderKinds =
        [OrderEventKinds.Cancelled, OrderEventKinds.Expired, OrderEventKinds.Failed, OrderEventKinds.Completed];

    private const string Statement =
        """
        SELECT e.order_id, e.slice_number, e.kind, e.at, e.detail ->> 'reason', coalesce(e.detail ->> 'txid', s.tx_id), s.amount_in, s.amount_out
        FROM unnest($1) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT * FROM order_events e WHERE e.order_id = wanted.id AND e.kind = ANY(CASE WHEN e.slice_number IS NULL THEN $3 ELSE $2 END) ORDER BY e.id DESC LIMIT $4) AS e
        LEFT JOIN all_slices s ON s.order_id = e.order_id AND s.number = e.slice_number
        WHERE e.kind NOT IN ('rejected', 'replaced', 'reverted')
            OR NOT EXISTS (SELECT 1 FROM all_attempts a WHERE a.order_id = e.order_id AND a.slice_number = e.slice_number AND a.kind = 'spend' AND a.tx_id = e.detail ->> 'txid')
        ORDER BY e.order_id, e.id
        """;

    /// <summary>The orders with their stories. Together these have a limit; of one that is too long the newest events are told.</summary>
    public static async Task<IReadOnlyList<ScheduledView>> TellAsync(
        NpgsqlConnection connection, IReadOnlyList<ScheduledView> orders, CancellationToken token)
    {
        if (orders.Count == 0) return orders;
        var eventsMax = Math.Max(EventsMin, EventsMax / orders.Count);
        await using var command = new NpgsqlCommand(Statement, connection);
        command.Add(orders.Select(o => o.Id).ToArray());
        command.Add(PartKinds);
        command.Add(OrderKinds);
        command.Add(eventsMax);
        var told = orders.ToDictionary(o => o.Id, _ => new List<PartEvent>());
        await using (var reader = await command.ExecuteReaderAsync(token))
        {
            while (await reader.ReadAsync(token)) told[reader.GetGuid(0)].Add(Read(reader));
        }
        return [.. orders.Select(o => o with { Story = told[o.Id], StoryIsCut = told[o.Id].Count >= eventsMax })];
    }

    private static PartEvent Read(NpgsqlDataReader reader) => new(
        reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.TextOrNull(4),
        reader.TextOrNull(5), Amount(reader, 6), Amount(reader, 7));

    private static TokenAmount Amount(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? TokenAmount.Zero : new((UInt128)reader.GetFieldValue<BigInteger>(column));
}
