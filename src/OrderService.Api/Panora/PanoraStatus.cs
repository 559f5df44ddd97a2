using System.Diagnostics;
using OrderService.Domain.Orders;

namespace OrderService.Api.Panora;

/// <summary>
/// Where an order stands, in this wire's words. What the owner ended is cancelled; what ended any other way before all of it was swapped is
/// refunded.
/// </summary>
internal static class PanoraStatus
{
    public const string Active = "active";
    public const string Filled = "filled";
    public const string Cancelled = "cancelled";
    public const string Refunded = "refunded";

    /// <summary>The word of a filter that takes the three ends together.</summary>
    public const string Completed = "completed";

    /// <summary>The word, for an order of which everything was swapped, or not.</summary>
    public static string Of(OrderStatus status, bool isSwapped) => status switch
    {
        OrderStatus.Open or OrderStatus.Paused or OrderStatus.Cancelling => Active,
        OrderStatus.Cancelled => Cancelled,
        OrderStatus.Completed => isSwapped ? Filled : Refunded,
        OrderStatus.Failed or OrderStatus.Expired => Refunded,
        _ => throw new UnreachableException($"no word for an order that is {status}"),
    };

    /// <summary>Reads a filter: true for active, false for completed.</summary>
    public static bool TryReadFilter(string? text, out bool isOpen)
    {
        isOpen = text == Active;
        return text is Active or Completed;
    }
}
