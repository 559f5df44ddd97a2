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
    public const string All = "all";
    public const string Filled = "filled";
    public const string PartiallyFilled = "partially_filled";

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

    /// <summary>The word, for an order as it stands now.</summary>
    public static string Of(Order order, DateTimeOffset now) =>
        Of(order.StatusAt(now), order.Slices.Any(slice => slice.Status == SliceStatus.Broadcast));

    /// <summary>The word of a refusal that says how an order stands in the engine's own, and what there is to know beside it.</summary>
    public static (string Status, string? Reason) Of(string engineWord) => engineWord switch
    {
        "completed" => (Confirmed, null),
        "expired" => (Cancelled, engineWord),
        "paused" or "scheduled" or "finishing" => (Open, engineWord),
        _ => (engineWord, null),
    };

    /// <summary>
    /// The words of a filter. <c>open</c> includes broadcasted and cancelling. <c>filled</c> is another word for confirmed, and
    /// <c>partially_filled</c> finds what a signed order never is: it is one swap.
    /// </summary>
    public static IReadOnlyList<string> Filters { get; } =
        [All, Open, Broadcasted, Cancelling, Confirmed, Filled, PartiallyFilled, Failed, Cancelled];

    /// <summary>
    /// How the orders of a filter read; null for all of them, and none for <c>partially_filled</c>, which is asked about beside. False for
    /// another word.
    /// </summary>
    public static bool TryFilter(string word, out IReadOnlyCollection<OrderReading>? readings)
    {
        readings = word switch
        {
            Open => [OrderReading.Open, OrderReading.Broadcast, OrderReading.Cancelling],
            Broadcasted => [OrderReading.Broadcast],
            Cancelling => [OrderReading.Cancelling],
            Confirmed or Filled => [OrderReading.Completed],
            Failed => [OrderReading.Failed],
            Cancelled => [OrderReading.Cancelled, OrderReading.Expired],
            PartiallyFilled => [],
            _ => null,
        };
        return readings is not null || word == All;
    }
}
