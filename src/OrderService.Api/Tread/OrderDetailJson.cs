using System.Text.Json;

namespace OrderService.Api.Tread;

/// <summary>An order as it is answered when it is submitted, and the same with everything that happened to it.</summary>
internal static class OrderDetailJson
{
    /// <summary>The answer of a submit.</summary>
    public static void WriteSubmitted(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteStartObject();
        WriteIdentity(json, order);
        json.WriteTexts("placements", []);
        WriteState(json, order);
        WriteGiven(json, order);
        json.WriteEndObject();
    }

    /// <summary>The whole: the same fields, then what only the detail has, the placements among it. Fills where they are asked for, messages where they are given.</summary>
    public static void Write(Utf8JsonWriter json, OrderFacts order, bool withFills, IReadOnlyList<OrderMessage>? messages)
    {
        var placements = PlacementFacts.Of(order);
        json.WriteStartObject();
        WriteIdentity(json, order);
        WriteState(json, order);
        WriteGiven(json, order);
        WriteRest(json, order);
        json.WriteStartArray("placements");
        foreach (var placement in placements.TakeLast(PlacementJson.CountMax)) PlacementJson.Write(json, placement);
        json.WriteEndArray();
        if (withFills)
        {
            json.WriteStartArray("fills");
            foreach (var placement in placements.Where(p => p.IsFilled)) FillJson.WriteOfStats(json, placement, isPadded: false);
            json.WriteEndArray();
        }
        if (messages is not null)
        {
            json.WriteStartArray("messages");
            foreach (var message in messages) message.WriteOfDetail(json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteString("id", order.Order.Id);
        json.WriteNull("parent_order");
        json.WriteNull("batch_order");
        json.WriteTexts("chained_orders", []);
        json.WriteMoment("created_at", order.Order.CreatedAt);
        json.WriteString("buy_token", order.BuyToken);
        json.WriteString("sell_token", order.SellToken);
        json.WriteString("pair", order.Fields.Pair);
        json.WriteString("side", order.Side);
        json.WriteString("sell_token_amount", Decimals.Text(order.SellAmount, order.SellDecimals));
        json.WriteString("buy_token_amount", order.BuyAmount is { } buy ? Decimals.Text(buy, order.BuyDecimals) : null);
        json.WriteDecimal("target_order_qty", order.Text(order.Asked.Target));
        json.WriteDecimal("target_remaining_qty", order.Text(order.Remaining));
        json.WriteString("strategy", order.Strategy.Id);
        json.WriteString("super_strategy", order.SuperStrategy);
        json.WriteString("super_strategy_name", order.SuperStrategy);
        json.WriteStored("strategy_params", order.StrategyParams);
        json.WriteString("limit_price", order.LimitPrice);
        json.WriteBoolean("is_reverse_limit_price", order.Asked.IsReverseLimit);
        json.WriteMoment("time_start", order.TimeStart);
        json.WriteMoment("time_end", order.TimeEnd);
        json.WriteBoolean("is_simple", order.Strategy.IsSimple);
        json.WriteMoment("orig_time_end", order.OriginalTimeEnd);
        json.WriteNumber("duration", order.Duration);
        json.WriteTexts("accounts", order.Fields.Accounts.Select(id => id.ToString("D")));
        json.WriteTexts("account_names", order.Fields.AccountNames);
        json.WriteTexts("unique_venues", [order.Fields.Venue]);
        json.WriteString("user", order.Order.Terms.Owner.ToString());
    }

    private static void WriteState(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteDecimal("executed_qty", order.Text(order.Executed));
        json.WriteDecimal("executed_buy_qty", Decimals.Text(order.Out, order.BuyDecimals));
        json.WriteString("executed_price", order.AveragePrice?.ToString());
        json.WriteDecimal("executed_notional", order.QuoteText(order.Quote));
        json.WriteDecimal("executed_token", order.BaseText(order.Base));
        json.WriteBoolean("active", TreadStatus.IsActive(order.View.Standing));
        json.WriteString("status", TreadStatus.Of(order.View.Standing));
        json.WriteString("engine_passiveness", order.Fields.Passiveness);
        json.WriteString("schedule_discretion", order.Fields.Discretion);
        json.WriteString("alpha_tilt", order.Fields.Tilt);
        json.WriteNull("exposure_tolerance");
        json.WriteString("pov_limit", order.Fields.PovLimit);
        json.WriteString("pov_target", order.PovTarget);
    }

    private static void WriteGiven(Utf8JsonWriter json, OrderFacts order)
    {
        var fields = order.Fields;
        json.WriteString("order_condition", fields.Condition);
        WriteVariables(json, order);
        json.WriteMoment("order_condition_expiry", order.Asked.ConditionExpiry);
        json.WriteString("failure_reason", order.FailureReason);
        json.WriteString("stop_price", fields.StopPrice ?? "-1");
        json.WriteString("notes", fields.Notes);
        json.WriteString("custom_order_id", fields.CustomId);
        json.WriteWhole("updated_leverage", fields.Leverage);
        WriteStatistics(json, order);
        json.WriteDecimal("pct_filled", Decimals.Percent(order.Executed, order.Asked.Target));
        json.WriteStartObject("order_variable_normal");
        foreach (var variable in fields.Variables) json.WriteString(variable[0], variable[2]);
        json.WriteEndObject();
        json.WriteString("order_condition_normal", fields.ConditionInfix ?? "");
        json.WriteMoment("paused_at", order.Curve.PausedAt);
        json.WriteMoment("resumed_at", order.Curve.ResumedAt);
        json.WriteString("market_type", "spot");
        json.WriteString("max_otc", fields.MaxOtc);
        json.WriteString("pos_side", fields.PosSide);
        json.WriteWhole("order_slices", fields.OrderSlices);
        json.WriteStored("auto_order_metadata", fields.Metadata);
        json.WriteNull("batch_order_strategy");
        json.WriteWhole("chase_decay", fields.ChaseDecay);
    }

    // name: [RPN, the value that it kept of a look, or null]
    private static void WriteVariables(Utf8JsonWriter json, OrderFacts order)
    {
        using var kept = order.Curve.Kept is { } text ? JsonDocument.Parse(text) : null;
        json.WriteStartObject("order_condition_vars");
        foreach (var variable in order.Fields.Variables)
        {
            json.WriteStartArray(variable[0]);
            json.WriteStringValue(variable[1]);
            if (kept is not null && kept.RootElement.TryGetProperty(variable[0], out var value)) json.WriteStringValue(OrderFacts.KeptText(value));
            else json.WriteNullValue();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteStatistics(Utf8JsonWriter json, OrderFacts order)
    {
        var (ended, curve) = (order.HasStatistics, order.Curve);
        json.WriteString("vwap", ended ? curve.Vwap?.ToString() : null);
        json.WriteString("interval_volume", ended ? order.IntervalVolume : null);
        json.WriteString("arrival_price", ended ? curve.ArrivalPrice?.ToString() : null);
        json.WriteString("departure_price", ended ? curve.DeparturePrice?.ToString() : null);
    }

    private static void WriteRest(Utf8JsonWriter json, OrderFacts order)
    {
        json.WriteMoment("updated_at", order.UpdatedAt);
        json.WriteNull("parent_order_id");
        json.WriteNull("batch_order_id");
        json.WriteTexts("exchanges", [order.Fields.Venue]);
        json.WriteString("average_executed_price", order.AveragePrice?.ToString());
        json.WriteString("target_token", order.TargetToken);
        json.WriteDecimal("target_executed_qty", order.Text(order.Executed));
        json.WriteNumber("total_fee", 0);
        json.WriteString("fee_asset", order.Fields.Quote);
        json.WriteNumber("total_fee_in_base", 0);
        json.WriteString("resume_condition_normal", order.ResumeCondition);
        json.WriteMoment("start_datetime", order.TimeStart);
        json.WriteDecimal("remaining_qty", order.Text(order.Remaining));
        json.WriteTexts("exchange_names", [order.Fields.Venue]);
        json.WriteString("trajectory", order.Strategy.Name);
        json.WriteDecimal("participation_rate_target_percent", Decimals.Percent(order.PovTarget));
        json.WriteDecimal("placement_live_qty", order.Text(order.Live));
    }
}
