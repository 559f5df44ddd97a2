using System.Diagnostics;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>Where an order stands, in this wire's words.</summary>
internal static class SwapCoffeeStatus
{
    public const string Active = "active";
    public const string RequestedCancellation = "requested_cancellation";
    public const string CancelledByUser = "cancelled_by_user";
    public const string CancelledBySystem = "cancelled_by_system";
    public const string Executed = "executed";
    public const string MaxRetriesExceeded = "max_retries_exceeded";

    /// <summary>
    /// The word. An order that the engine gave up for any reason but its budget (no route any more, its key gone) was ended by the system.
    /// </summary>
    public static string Of(Order order) => order.Status switch
    {
        OrderStatus.Open or OrderStatus.Paused => Active,
        OrderStatus.Cancelling => RequestedCancellation,
        OrderStatus.Completed => Executed,
        OrderStatus.Cancelled => order.Reason == CancelBySystem.Reason ? CancelledBySystem : CancelledByUser,
        OrderStatus.Failed => order.IsOutOfAttempts ? MaxRetriesExceeded : CancelledBySystem,
        OrderStatus.Expired => CancelledBySystem,
        _ => throw new UnreachableException($"no word for an order that is {order.Status}"),
    };
}
