using System.Text.Json;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Tread;

/// <summary>The short form of an order, and the one with statistics, whose decimals are padded texts.</summary>
internal static class SummaryJson
{
    private const int Digits = 8;
    private const int MoneyDigits = 2;

    /// <summary>The summary.</summary>
    public static void Write(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteStartObject();
        WriteFields(json, order, order.SuperStrategy, json.WriteDecimal, json.WriteDecimal, "start_datetime");
        json.WriteString("failure_reason", order.FailureReason);
        json.WriteString("limit_price", order.LimitPrice);
        json.WriteEndObject();
    }

    /// <summary>The order with its statistics and fills.</summary>
    public static void WriteWithStats(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteStartObject();
        WriteFields(json, order, order.Strategy.Name, Padding(json, Digits), Padding(json, MoneyDigits), "time_start");
        WriteStats(json, order);
        json.WriteStartArray("fills");
        foreach (var placement in PlacementFacts.Of(order).Where(p => p.IsFilled)) FillJson.WriteOfStats(json, placement, isPadded: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, OrderFacts order, string? strategy, Action<string, string?> number, Action<string, string?> money, string start)
    {
        var fields = order.Fields;
        json.WriteString("id", order.Order.Id);
        json.WriteString("pair", fields.Pair);
        json.WriteString("side", order.Side);
        json.WriteString("status", TreadStatus.Of(order.View.Standing));
        json.WriteMoment(start, order.TimeStart);
        json.WriteNumber("duration", order.Duration);
        json.WriteString("target_token", order.TargetToken);
        number("order_qty", order.Text(order.Asked.Target));
        number("remaining_qty", order.Text(order.Remaining));
        number("executed_qty", order.Text(order.Executed));
        money("executed_notional", order.QuoteText(order.Quote));
        json.WriteTexts("exchange_names", [fields.Venue]);
        json.WriteTexts("account_names", fields.AccountNames);
        number("schedule_discretion", fields.Discretion);
        number("engine_passiveness", fields.Passiveness);
        number("alpha_tilt", fields.Tilt);
        json.WriteString("strategy", strategy);
        json.WriteString("trajectory", order.Strategy.Name);
        json.WriteStored("strategy_params", order.StrategyParams);
        number("participation_rate_target_percent", Decimals.Percent(order.PovTarget));
        json.WriteString("market_type", "spot");
        json.WriteNull("parent_order_id");
    }

    private static void WriteStats(Utf8JsonWriter json, OrderFacts order)
    {
        var (isKnown, curve) = (order.HasStatistics, order.Curve);
        json.WriteStartObject("stats");
        json.WriteString("order_id", order.Order.Id);
        json.WriteString("stat_id", StableId.Of(order.Order.Id, "stats"));
        var write = Padding(json, Digits);
        write("interval_volume", isKnown ? order.IntervalVolume : null);
        write("vwap", Shown(curve.Vwap));
        write("arrival_price", Shown(curve.ArrivalPrice));
        write("departure_price", Shown(curve.DeparturePrice));
        json.WriteEndObject();

        string? Shown(Price? price) => isKnown ? price?.ToString() : null;
    }

    private static Action<string, string?> Padding(Utf8JsonWriter json, int digits) =>
        (name, number) => json.WriteString(name, number is null ? null : Decimals.Padded(number, digits));
}
