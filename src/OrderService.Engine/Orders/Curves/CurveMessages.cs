using System.Text.Json;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution.Curves;

namespace OrderService.Engine.Orders.Curves;

/// <summary>How much a message asks of its reader.</summary>
internal enum MessageLevel
{
    Info,
    Warn,
    Error,
}

/// <summary>What a reader of an order is told of one event. The number is the event's own.</summary>
internal sealed record CurveMessage(long Number, DateTimeOffset At, MessageLevel Level, string Text);

/// <summary>
/// Turns the events of an order that is planned slice by slice into messages: one for each change of a reason, none for what only the
/// engine wants to know.
/// </summary>
internal static class CurveMessages
{
    /// <summary>
    /// The messages of these events, in their order. <paramref name="account"/> is the name of the one that pays. A cancel that had to wait
    /// for what was in flight is told when it was asked for, and not again when it is done.
    /// </summary>
    public static IEnumerable<CurveMessage> Of(IReadOnlyCollection<OrderEvent> events, string account)
    {
        var isAsked = events.Any(told => told is { Kind: OrderEventKinds.CancelRequested, SliceNumber: null });
        foreach (var told in events)
        {
            if (isAsked && told is { Kind: OrderEventKinds.Cancelled, SliceNumber: null }) continue;
            if (TextOf(told, account) is { } message) yield return new CurveMessage(told.Id, told.At, message.Level, message.Text);
        }
    }

    private static (MessageLevel Level, string Text)? TextOf(OrderEvent told, string account) =>
        (told.Kind, told.SliceNumber is null) switch
        {
            (OrderEventKinds.Created, _) => (MessageLevel.Info, $"Order received; account {account} pays"),
            (OrderEventKinds.Activated, _) => (MessageLevel.Info, "Generating execution schedule"),
            (OrderEventKinds.NoVolume, _) => (MessageLevel.Warn, "No volume data; running as TWAP"),
            (OrderEventKinds.ConditionUnknown, _) => (MessageLevel.Warn, "Something in the order condition is not known now; waiting"),
            (OrderEventKinds.ConditionMet, _) => (MessageLevel.Info, "Order condition met"),
            (OrderEventKinds.Paused, _) =>
                (MessageLevel.Info, Text(told, "by") == "system" ? "Price is outside the limit; order paused" : "Order paused"),
            (OrderEventKinds.Resumed, _) =>
                (MessageLevel.Info, Text(told, "by") == "system" ? "Price is within the limit; order resumed" : "Order resumed"),
            (OrderEventKinds.Amended, _) => (MessageLevel.Info, $"Order amended: {Fields(told)}"),
            (OrderEventKinds.Completed, true) =>
                Has(told, "partial")
                    ? (MessageLevel.Warn, "Order partially filled due to market conditions")
                    : (MessageLevel.Info, "Order execution completed"),
            (OrderEventKinds.Cancelled or OrderEventKinds.CancelRequested, true) =>
                Text(told, "reason") is { } reason ? (MessageLevel.Error, ReasonText(reason)) : (MessageLevel.Info, "Order canceled"),
            (OrderEventKinds.Failed, true) => (MessageLevel.Error, ReasonText(Text(told, "reason"))),
            (OrderEventKinds.Rejected or OrderEventKinds.Reverted or OrderEventKinds.Replaced or OrderEventKinds.Failed, false) =>
                (MessageLevel.Warn, $"Failed to place order on exchange: {Text(told, "reason") ?? told.Kind}"),
            (OrderEventKinds.BackedOff, _) => WaitText(Text(told, "reason")),
            (OrderEventKinds.Reorged, _) => (MessageLevel.Warn, "A fill was taken back by a chain reorganisation"),
            _ => null,
        };

    private static (MessageLevel, string)? WaitText(string? reason) => reason switch
    {
        "insufficient_balance" => (MessageLevel.Error, "Insufficient balance for order execution"),
        "price_impact" => (MessageLevel.Warn, "Price impact is too high; waiting"),
        CurveLimit.Unknown => (MessageLevel.Warn, "The limit price is not known now; waiting"),
        _ => null,
    };

    /// <summary>Why an order ended, as a sentence.</summary>
    public static string ReasonText(string? reason) => reason switch
    {
        null => "",
        "no_fills" => "Order ended without fills",
        "condition_expired" => "Order condition expired",
        "paused_too_long" => "Paused for more than 24 hours",
        "intent_already_used" => "The intent was used by somebody else",
        "insufficient_balance" => "Insufficient balance for order execution",
        _ => $"Failed to place order on exchange: {reason}",
    };

    private static string? Text(OrderEvent told, string name)
    {
        if (told.Detail is null) return null;
        using var detail = JsonDocument.Parse(told.Detail);
        return detail.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static bool Has(OrderEvent told, string name)
    {
        if (told.Detail is null) return false;
        using var detail = JsonDocument.Parse(told.Detail);
        return detail.RootElement.TryGetProperty(name, out _);
    }

    private static string Fields(OrderEvent told)
    {
        if (told.Detail is null) return "";
        using var detail = JsonDocument.Parse(told.Detail);
        return detail.RootElement.TryGetProperty("fields", out var fields)
            ? string.Join(", ", fields.EnumerateArray().Select(f => f.GetString())) : "";
    }
}
