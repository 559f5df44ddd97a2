using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>An event on the wire: where it stands, what happened, whose doing it was, what it is about, and its facts.</summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter json, LoggedEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("position", happened.Position);
        json.WriteString("kind", happened.Kind);
        json.WriteString("at", IsoTime.Text(happened.At));
        json.WriteString("actor", happened.Actor);
        if (happened.Owner is { } owner) json.WriteString("owner", owner);
        if (happened.OrderUuid is { } uuid)
        {
            json.WriteString("order", uuid);
            json.WriteString("dialect", happened.Dialect);
            if (happened.OrderStatus is { } status) json.WriteString("orderStatus", status);
        }
        if (happened.Slice is { } slice) json.WriteNumber("slice", slice);
        if (happened.Facts is { } facts)
        {
            json.WritePropertyName("facts");
            json.WriteRawValue(facts);
        }
        json.WriteEndObject();
    }
}
