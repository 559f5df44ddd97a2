using System.Diagnostics;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>Where an order stands, in this wire's words, and why it ended.</summary>
internal static class TreadStatus
{
    /// <summary>The word of a standing.</summary>
    public static string Of(CurveStanding standing) => standing switch
    {
        CurveStanding.Scheduled => "SCHEDULED",
        CurveStanding.Active => "ACTIVE",
        CurveStanding.Paused => "PAUSED",
        CurveStanding.Finisher => "FINISHER",
        CurveStanding.Complete => "COMPLETE",
        CurveStanding.Canceled => "CANCELED",
        _ => throw new UnreachableException($"no word for {standing}"),
    };

    /// <summary>True where it runs.</summary>
    public static bool IsActive(CurveStanding standing) => standing is CurveStanding.Active or CurveStanding.Finisher;

    /// <summary>True for what has not ended.</summary>
    public static bool IsOpen(CurveStanding standing) => standing is not (CurveStanding.Complete or CurveStanding.Canceled);

    /// <summary>
    /// What a word of a filter stands for: both spellings of the texts and samples; FAILED is what ended without a swap for a reason, and
    /// SUBMITTED nothing. False for any other.
    /// </summary>
    public static bool TryParse(string word, out CurveStanding[] standings, out bool isFailed)
    {
        (var isKnown, standings, isFailed) = word.ToUpperInvariant() switch
        {
            "SCHEDULED" => (true, [CurveStanding.Scheduled], false),
            "ACTIVE" => (true, [CurveStanding.Active], false),
            "PAUSED" => (true, [CurveStanding.Paused], false),
            "FINISHER" => (true, [CurveStanding.Finisher], false),
            "COMPLETE" or "COMPLETED" => (true, [CurveStanding.Complete], false),
            "CANCELED" or "CANCELLED" => (true, [CurveStanding.Canceled], false),
            "FAILED" => (true, [], true),
            "SUBMITTED" => (true, [], false),
            _ => (false, Array.Empty<CurveStanding>(), false),
        };
        return isKnown;
    }

    /// <summary>Why it ended as it did, or nothing: a cancel that was asked for has no reason.</summary>
    public static string FailureReason(Order order) =>
        order.Status is OrderStatus.Open or OrderStatus.Paused || order.Reason is null or "" or "cancelled"
            ? "" : CurveMessages.ReasonText(order.Reason);
}
