using System.Text.Json;

namespace OrderService.Api.Tread;

/// <summary>A fill in the three shapes that it has.</summary>
internal static class FillJson
{
    /// <summary>Of an open order in the list.</summary>
    public static void WriteOfOpen(Utf8JsonWriter json, PlacementFacts placement)
    {
        var order = placement.Order;
        json.WriteStartObject();
        json.WriteString("id", placement.FillId);
        json.WriteString("order_id", order.Order.Id);
        json.WriteString("exchange", order.Fields.Venue);
        json.WriteString("pair", order.Fields.Pair);
        json.WriteString("side", order.Side);
        json.WriteString("quantity", order.BaseText(placement.FillBase));
        json.WriteString("price", placement.FillPrice?.ToString() ?? "0");
        json.WriteMoment("timestamp", placement.FillTime);
        json.WriteString("fee", "0");
        json.WriteString("fee_currency", order.Fields.Quote);
        json.WriteEndObject();
    }

    /// <summary>Of an order with statistics, whose decimals are padded, and of the detail, where they are shortest.</summary>
    public static void WriteOfStats(Utf8JsonWriter json, PlacementFacts placement, bool isPadded)
    {
        var order = placement.Order;
        json.WriteStartObject();
        json.WriteString("placement_id", placement.Id);
        json.WriteString("exchange", order.Fields.Venue);
        json.WriteString("role", "TAKE");
        json.WriteString("executed_price", Text(placement.FillPrice?.ToString() ?? "0", 2));
        json.WriteString("executed_qty", Text(order.BaseText(placement.FillBase), 8));
        json.WriteString("executed_notional", Text(order.QuoteText(placement.FillQuote), 2));
        json.WriteString("fee", Text("0", 2));
        json.WriteMoment("fill_time", placement.FillTime);
        json.WriteEndObject();

        string Text(string number, int digits) => isPadded ? Decimals.Padded(number, digits) : number;
    }

    /// <summary>Inside its placement.</summary>
    public static void WriteNested(Utf8JsonWriter json, PlacementFacts placement)
    {
        var order = placement.Order;
        json.WriteStartObject();
        json.WriteString("id", placement.FillId);
        json.WriteMoment("created_at", placement.FillTime);
        json.WriteMoment("fill_time", placement.FillTime);
        json.WriteString("role", "TAKE");
        json.WriteString("external_id", placement.Attempt.TxId);
        json.WriteDecimal("executed_price", placement.FillPrice?.ToString() ?? "0");
        json.WriteDecimal("executed_qty", order.BaseText(placement.FillBase));
        json.WriteString("exchange", order.Fields.Venue);
        json.WriteNumber("fee", 0);
        json.WriteEndObject();
    }
}
