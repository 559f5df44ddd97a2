using Npgsql;
using OrderService.Domain.Orders;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Persistence;

/// <summary>Appends what happened to orders: one statement, whatever the number of events, in the order in which they are given.</summary>
internal static class EventRows
{
    private const string Statement =
        "INSERT INTO order_events (order_id, slice_number, kind, at, detail, actor) SELECT order_id, number, kind, at, detail::json, actor FROM unnest($1, $2, $3, $4, $5, $6) AS e (order_id, number, kind, at, detail, actor)";

    /// <summary>The statement, for a batch of the transaction in which the events became true.</summary>
    public static NpgsqlBatchCommand Append(IReadOnlyList<OrderEvent> events)
    {
        var command = new NpgsqlBatchCommand(Statement);
        command.AddColumn(Uuid, events, e => e.OrderId);
        command.AddColumn(Integer, events, e => e.SliceNumber);
        command.AddColumn(Text, events, e => e.Kind);
        command.AddColumn(TimestampTz, events, e => e.At.UtcDateTime);
        command.AddColumn(Text, events, e => e.Detail);
        command.AddColumn(Text, events, e => e.Actor);
        return command;
    }
}
