using System.Text.Json;

namespace OrderService.Api.Tread;

/// <summary>A swap attempt as a placement. Price and quantity are those of its quote.</summary>
internal static class PlacementJson
{
    /// <summary>How many are shown of one order, the newest.</summary>
    public const int CountMax = 1_000;

    /// <summary>Inside the detail of its order.</summary>
    public static void Write(Utf8JsonWriter json, PlacementFacts placement)
    {
        json.WriteStartObject();
        WriteFields(json, placement);
        json.WriteEndObject();
    }

    /// <summary>In the list of placements, which adds three fields.</summary>
    public static void WriteListed(Utf8JsonWriter json, PlacementFacts placement)
    {
        json.WriteStartObject();
        WriteFields(json, placement);
        json.WriteString("base_qty", placement.Order.BaseText(placement.QuotedBase));
        json.WriteNumber("pct_filled", placement.IsFilled ? 100 : 0);
        json.WriteString("failure_reason", placement.Status is ("FAILED", _) ? placement.Attempt.Reason ?? "" : "");
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, PlacementFacts placement)
    {
        var (order, (status, sub)) = (placement.Order, placement.Status);
        json.WriteString("id", placement.Id);
        json.WriteMoment("created_at", placement.Attempt.PreparedAt);
        json.WriteString("order", order.Order.Id);
        json.WriteString("placement_type", "TAKE");
        json.WriteString("price", placement.QuotedPrice?.ToString() ?? "0");
        json.WriteString("qty", order.BaseText(placement.QuotedBase));
        json.WriteString("exchange", order.Fields.Venue);
        json.WriteStartArray("fills");
        if (placement.IsFilled) FillJson.WriteNested(json, placement);
        json.WriteEndArray();
        json.WriteString("passiveness", order.Fields.Passiveness);
        json.WriteBoolean("filled", placement.IsFilled);
        json.WriteString("external_id", placement.Attempt.TxId);
        json.WriteString("status", status);
        json.WriteString("sub_status", sub);
        json.WriteBoolean("is_cross", false);
        json.WriteBoolean("is_simple", order.Strategy.IsSimple);
        json.WriteString("contract_value", "1");
        json.WriteString("client_order_id", placement.ClientOrderId);
    }
}
