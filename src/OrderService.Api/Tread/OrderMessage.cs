using System.Globalization;
using OrderService.Api.Tread.Records;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// What an order has to say, in this wire's shape: the engine's messages, and with the first of them what this wire warns of.
/// </summary>
internal sealed record OrderMessage(Guid Id, Guid Order, string Type, string Text, DateTimeOffset At)
{
    private const string AmendedMark = "Order amended: ";

    /// <summary>How many are shown of one order.</summary>
    public const int CountMax = 100;

    /// <summary>The messages of an order whose events come newest first, newest first.</summary>
    public static IReadOnlyList<OrderMessage> Of(OrderFacts order, IReadOnlyCollection<OrderEvent> events)
    {
        var (messages, told) = (new List<OrderMessage>(), CurveMessages.Of(events, order.Fields.PaidBy).ToLookup(m => m.Number));
        foreach (var happened in events)
        {
            if (happened.Kind == OrderEventKinds.Created)
            {
                messages.AddRange(order.Fields.Warnings.Reverse().Append(order.Fields.Receiver)
                    .Select((text, at) => Made(order, happened, at + 1, at < order.Fields.Warnings.Length ? "WARN" : "INFO", text)));
            }
            messages.AddRange(
                told[happened.Id].Select(m => Made(order, happened, 0, m.Level.ToString().ToUpperInvariant(), TextOf(order, m.Text))));
        }
        return messages.Count > CountMax ? messages[..CountMax] : messages;
    }

    /// <summary>In the list of messages.</summary>
    public OrderMessageRecord OfList() => new() { Message = Text, MessageType = Type, CreatedAt = TreadTime.Text(At) };

    /// <summary>In the detail of its order.</summary>
    public DetailMessageRecord OfDetail() => new()
    {
        Id = Id.ToString(), Order = Order.ToString(), Sender = "system", Message = Text, MessageType = Type, CreatedAt = TreadTime.Text(At),
    };

    private static OrderMessage Made(OrderFacts order, OrderEvent happened, int number, string type, string text) =>
        new(StableId.Of(order.Order.Id, string.Create(CultureInfo.InvariantCulture, $"message/{happened.Id}/{number}")), order.Order.Id,
            type, text, happened.At);

    // The engine names what was amended in its own words.
    private static string TextOf(OrderFacts order, string text)
    {
        if (!text.StartsWith(AmendedMark, StringComparison.Ordinal)) return text;
        return AmendedMark + string.Join(", ", text[AmendedMark.Length..].Split(", ").Select(word => word switch
        {
            "quantity" => order.TargetsBase ? "base_asset_qty" : "quote_asset_qty",
            "volume_target" => "pov_target",
            "clip_max" => StrategyParamsJson.ClipKey,
            _ => word,
        }));
    }
}
