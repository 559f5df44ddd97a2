using System.Text.Json;

namespace OrderService.Api.Tread;

/// <summary>An order as an item of a list: fields, their order and their JSON types are the original's.</summary>
internal static class OrderJson
{
    /// <summary>The item of the list.</summary>
    public static void Write(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteStartObject();
        WriteFields(json, order);
        json.WriteEndObject();
    }

    /// <summary>The item of the open orders, which carries its fills.</summary>
    public static void WriteOpen(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteStartObject();
        WriteFields(json, order);
        json.WriteString("pos_side", order.Fields.PosSide);
        json.WriteStartArray("fills");
        foreach (var placement in PlacementFacts.Of(order).Where(p => p.IsFilled)) FillJson.WriteOfOpen(json, placement);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, OrderFacts order)
    {
        var fields = order.Fields;
        json.WriteString("id", order.Order.Id);
        json.WriteString("custom_order_id", fields.CustomId);
        json.WriteNull("parent_order_id");
        json.WriteNull("batch_order_id");
        json.WriteNull("batch_order_strategy");
        json.WriteString("notes", fields.Notes);
        json.WriteString("pair", fields.Pair);
        json.WriteString("side", order.Side);
        json.WriteTexts("exchanges", [fields.Venue]);
        json.WriteString("buy_token", order.BuyToken);
        json.WriteDecimal("buy_token_amount", order.BuyAmount is { } buy ? Decimals.Text(buy, order.BuyDecimals) : null);
        json.WriteString("sell_token", order.SellToken);
        json.WriteDecimal("sell_token_amount", Decimals.Text(order.SellAmount, order.SellDecimals));
        json.WriteDecimal("executed_qty", order.Text(order.Executed));
        json.WriteDecimal("executed_buy_qty", Decimals.Text(order.Out, order.BuyDecimals));
        json.WriteString("average_executed_price", order.AveragePrice?.ToString());
        json.WriteDecimal("executed_notional", order.QuoteText(order.Quote));
        json.WriteDecimal("target_order_qty", order.Text(order.Asked.Target));
        json.WriteDecimal("target_remaining_qty", order.Text(order.Remaining));
        json.WriteString("target_token", order.TargetToken);
        json.WriteDecimal("target_executed_qty", order.Text(order.Executed));
        json.WriteString("pct_filled", Decimals.Padded(Decimals.Percent(order.Executed, order.Asked.Target), 2));
        json.WriteNumber("total_fee", 0);
        json.WriteString("fee_asset", fields.Quote);
        json.WriteNumber("total_fee_in_base", 0);
        json.WriteString("strategy", order.Strategy.Name);
        json.WriteString("super_strategy", order.SuperStrategy);
        json.WriteNumber("duration", order.Duration);
        json.WriteTexts("accounts", fields.Accounts.Select(id => id.ToString("D")));
        json.WriteTexts("account_names", fields.AccountNames);
        json.WriteDecimal("engine_passiveness", fields.Passiveness);
        json.WriteDecimal("schedule_discretion", fields.Discretion);
        json.WriteDecimal("pov_limit", fields.PovLimit);
        json.WriteDecimal("pov_target", order.PovTarget);
        json.WriteDecimal("alpha_tilt", fields.Tilt);
        json.WriteStored("strategy_params", order.StrategyParams);
        json.WriteString("user", order.Order.Terms.Owner.ToString());
        json.WriteString("status", TreadStatus.Of(order.View.Standing));
        json.WriteBoolean("active", TreadStatus.IsActive(order.View.Standing));
        json.WriteBoolean("is_simple", order.Strategy.IsSimple);
        json.WriteString("failure_reason", order.FailureReason);
        json.WriteString("limit_price", order.LimitPrice);
        json.WriteBoolean("is_reverse_limit_price", order.Asked.IsReverseLimit);
        json.WriteMoment("time_start", order.TimeStart);
        json.WriteMoment("time_end", order.TimeEnd);
        json.WriteMoment("created_at", order.Order.CreatedAt);
        json.WriteMoment("updated_at", order.UpdatedAt);
    }
}
