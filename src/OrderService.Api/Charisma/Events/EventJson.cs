using OrderService.Api.Wire;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>Makes the record of an event: where it stands, what happened, whose doing it was, what it is about, and its facts.</summary>
internal static class EventJson
{
    public static EventRecord Of(LoggedEvent happened) => new()
    {
        Position = happened.Position,
        Kind = happened.Kind,
        At = IsoTime.Text(happened.At),
        Actor = happened.Actor,
        Owner = happened.Owner,
        Order = happened.OrderUuid,
        Dialect = happened.OrderUuid is null ? null : new TextOrNull(happened.Dialect),
        OrderStatus = happened.OrderUuid is null ? null : happened.OrderStatus,
        OrderFilled = happened.OrderUuid is null ? null : happened.OrderFilled,
        OrderReason = happened.OrderUuid is null ? null : happened.OrderReason,
        GroupId = happened.GroupId?.ToString(),
        Leg = happened.Leg,
        Slice = happened.Slice,
        Facts = RawJson.Of(happened.Facts),
    };
}
