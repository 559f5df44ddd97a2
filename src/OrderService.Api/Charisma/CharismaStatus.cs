using System.Diagnostics;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>Where an order stands, in this wire's words. Waiting, executing and paused are all <c>open</c>.</summary>
internal static class CharismaStatus
{
    public const string Open = "open";
    public const string Broadcasted = "broadcasted";
    public const string Cancelling = "cancelling";
    public const string Confirmed = "confirmed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>The word, for an order that stands so and whose slices may be in flight.</summary>
    public static string Of(OrderStatus status, bool isBroadcast) => status switch
    {
        OrderStatus.Open or OrderStatus.Paused => isBroadcast ? Broadcasted : Open,
        OrderStatus.Cancelling => Cancelling,
        OrderStatus.Completed => Confirmed,
        OrderStatus.Failed => Failed,
        OrderStatus.Cancelled or OrderStatus.Expired => Cancelled,
        _ => throw new UnreachableException($"no word for an order that is {status}"),
    };

    /// <summary>The word of a refusal that says how an order stands in the engine's own, and what there is to know beside it.</summary>
    public static (string Status, string? Reason) Of(string engineWord) => engineWord switch
    {
        "completed" => (Confirmed, null),
        "expired" => (Cancelled, engineWord),
        "paused" or "scheduled" or "finishing" => (Open, engineWord),
        _ => (engineWord, null),
    };

    /// <summary>What a filter means: <c>all</c> is none, the legacy <c>filled</c> is <c>broadcasted</c>, and <c>open</c> includes broadcasted and cancelling. Another word finds nothing.</summary>
    public static IReadOnlyCollection<OrderReading>? Filter(string? asked) => asked switch
    {
        null or "" or "all" => null,
        Open => [OrderReading.Open, OrderReading.Broadcast, OrderReading.Cancelling],
        Broadcasted or "filled" => [OrderReading.Broadcast],
        Cancelling => [OrderReading.Cancelling],
        Confirmed => [OrderReading.Completed],
        Failed => [OrderReading.Failed],
        Cancelled => [OrderReading.Cancelled, OrderReading.Expired],
        _ => [],
    };
}
