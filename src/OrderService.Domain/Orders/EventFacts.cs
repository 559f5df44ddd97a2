using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrderService.Domain.Orders;

/// <summary>The small facts of an event as a JSON object, written by a serialiser: what a node or a client says is text in it, and never more.</summary>
internal static class EventFacts
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // read by JSON readers, never as HTML

    /// <summary>The facts in this order; those that are null are left out.</summary>
    public static string Of(params (string Name, object? Value)[] facts) =>
        JsonSerializer.Serialize(facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Name, fact => fact.Value), Plain);
}
