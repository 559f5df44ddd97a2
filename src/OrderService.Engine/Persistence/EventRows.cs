using System.Numerics;
using Npgsql;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Persistence;

/// <summary>Appends what happened. Of orders: one statement, whatever the number of events, in the order in which they are given.</summary>
internal static class EventRows
{
    private const string Statement =
        """
        INSERT INTO order_events (order_id, slice_number, kind, at, detail, actor, order_status, order_filled, order_reason)
        SELECT order_id, number, kind, at, detail::json, actor, status, filled, reason
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS e (order_id, number, kind, at, detail, actor, status, filled, reason)
        """;

    /// <summary>The statement, for a batch of the transaction in which the events became true.</summary>
    public static NpgsqlBatchCommand Append(IReadOnlyList<OrderEvent> events)
    {
        var command = new NpgsqlBatchCommand(Statement);
        command.AddColumn(Uuid, events, e => e.OrderId!.Value);
        command.AddColumn(Integer, events, e => e.SliceNumber);
        command.AddColumn(Text, events, e => e.Kind);
        command.AddColumn(TimestampTz, events, e => e.At.UtcDateTime);
        command.AddColumn(Text, events, e => e.Detail);
        command.AddColumn(Text, events, e => e.Actor);
        command.AddColumn(Text, events, e => e.OrderStatus is { } status ? Words.Of(status) : null);
        command.AddColumn<OrderEvent, BigInteger?>(Numeric, events, e => Sql.Number(e.OrderFilled));
        command.AddColumn(Text, events, e => e.OrderReason);
        return command;
    }

    /// <summary>Appends what happened to what is no order, with what the context saves next. An owner of null is the operator.</summary>
    public static void Tell(this OrdersDb db, OwnerEvent happened, StacksAddress? owner, string actor, DateTimeOffset at) =>
        db.Add(new OrderEvent(happened, owner?.ToString(), actor, at));
}
