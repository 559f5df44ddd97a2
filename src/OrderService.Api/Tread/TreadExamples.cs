using System.Text.Json.Nodes;

namespace OrderService.Api.Tread;

/// <summary>Bodies and answers as the document shows them. The bodies run as they are for a wallet whose account is called main.</summary>
internal static class TreadExamples
{
    public const string OrderId = "a13f34c2-7529-4ed9-97cb-f52f9daea4a0";

    public static JsonNode Twap() =>
        Parse("""{"pair":"CHA-sUSDT","side":"sell","accounts":["main"],"strategy":"TWAP","duration":3600,"base_asset_qty":100,"engine_passiveness":0.02,"schedule_discretion":0.06,"custom_order_id":"my-1"}""");

    public static JsonNode Conditional() => Parse(
        """{"pair":"CHA-sUSDT","side":"buy","accounts":["main"],"strategy":"VWAP","super_strategy":"Impact Minimization","duration":300,"quote_asset_qty":"10","limit_price":"0.05","order_condition":"CHA-sUSDT@simulated <= 0.04 AND TIME > dt2026-01-01T00:00"}""");

    public static JsonNode Market() =>
        Parse("""{"pair":"CHA-sUSDT","side":"sell","accounts":["main"],"strategy":"Market","sell_token_amount":"10"}""");

    public static JsonObject Submitted() => Parse(
        """
        {"id":"a13f34c2-7529-4ed9-97cb-f52f9daea4a0","parent_order":null,"batch_order":null,"chained_orders":[],"created_at":"2026-12-01T09:00:00.008559Z","buy_token":"CHA","sell_token":"sUSDT","pair":"CHA-sUSDT","side":"buy",
         "sell_token_amount":"1000","buy_token_amount":null,"target_order_qty":1000,"target_remaining_qty":1000,"strategy":"8fd62b68-85d9-4346-8366-311c9a2a1d7a","super_strategy":"Impact Minimization",
         "super_strategy_name":"Impact Minimization","strategy_params":{},"limit_price":"0.05","is_reverse_limit_price":false,"time_start":"2026-12-01T09:00:00.000000Z","time_end":"2026-12-01T09:05:00.000000Z",
         "is_simple":false,"orig_time_end":"2026-12-01T09:05:00.000000Z","duration":300,"accounts":["31fbd341-9486-4c28-87c2-bd786fd072c7"],"account_names":["main"],"unique_venues":["simulated"],
         "user":"ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM","placements":[],"executed_qty":0,"executed_buy_qty":0,"executed_price":null,"executed_notional":0,"executed_token":0,"active":false,"status":"SCHEDULED",
         "engine_passiveness":"0.02","schedule_discretion":"0.06","alpha_tilt":"0","exposure_tolerance":null,"pov_limit":null,"pov_target":null,"order_condition":"CHA-sUSDT@simulated 0.05 <=","order_condition_vars":{},
         "order_condition_expiry":null,"failure_reason":"","stop_price":"-1","notes":"","custom_order_id":"","updated_leverage":null,"vwap":null,"interval_volume":null,"arrival_price":null,"departure_price":null,
         "pct_filled":0,"order_variable_normal":{},"order_condition_normal":"CHA-sUSDT@simulated <= 0.05","paused_at":null,"resumed_at":null,"market_type":"spot","max_otc":"0","pos_side":null,"order_slices":null,
         "auto_order_metadata":{},"batch_order_strategy":null,"chase_decay":null}
        """).AsObject();

    public static JsonObject Listed() => Parse(
        """
        {"id":"a13f34c2-7529-4ed9-97cb-f52f9daea4a0","custom_order_id":"","parent_order_id":null,"batch_order_id":null,"batch_order_strategy":null,"notes":"","pair":"CHA-sUSDT","side":"buy","exchanges":["simulated"],
         "buy_token":"CHA","buy_token_amount":null,"sell_token":"sUSDT","sell_token_amount":1000,"executed_qty":500,"executed_buy_qty":10040.16,"average_executed_price":"0.049800003187200203","executed_notional":500,
         "target_order_qty":1000,"target_remaining_qty":500,"target_token":"sUSDT","target_executed_qty":500,"pct_filled":"50.00","total_fee":0,"fee_asset":"sUSDT","total_fee_in_base":0,"strategy":"VWAP",
         "super_strategy":"Impact Minimization","duration":300,"accounts":["31fbd341-9486-4c28-87c2-bd786fd072c7"],"account_names":["main"],"engine_passiveness":0.02,"schedule_discretion":0.06,"pov_limit":null,
         "pov_target":null,"alpha_tilt":0,"strategy_params":{},"user":"ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM","status":"ACTIVE","active":true,"is_simple":false,"failure_reason":"","limit_price":"0.05",
         "is_reverse_limit_price":false,"time_start":"2026-12-01T09:02:10.000000Z","time_end":"2026-12-01T09:07:10.000000Z","created_at":"2026-12-01T09:00:00.008559Z","updated_at":"2026-12-01T09:04:40.112233Z"}
        """).AsObject();

    public static JsonObject Open() => Merged(Listed(), """{"pos_side":null,"fills":[]}""");

    public static JsonObject Summary() => Parse(
        """
        {"id":"a13f34c2-7529-4ed9-97cb-f52f9daea4a0","pair":"CHA-sUSDT","side":"buy","status":"ACTIVE","start_datetime":"2026-12-01T09:02:10.000000Z","duration":300,"target_token":"sUSDT","order_qty":1000,
         "remaining_qty":500,"executed_qty":500,"executed_notional":500,"exchange_names":["simulated"],"account_names":["main"],"schedule_discretion":0.06,"engine_passiveness":0.02,"alpha_tilt":0,
         "strategy":"Impact Minimization","trajectory":"VWAP","strategy_params":{},"participation_rate_target_percent":null,"market_type":"spot","parent_order_id":null,"failure_reason":"","limit_price":"0.05"}
        """).AsObject();

    public static JsonObject WithStats() => Parse(
        """
        {"id":"a13f34c2-7529-4ed9-97cb-f52f9daea4a0","pair":"CHA-sUSDT","side":"buy","status":"COMPLETE","time_start":"2026-12-01T09:02:10.000000Z","duration":300,"target_token":"sUSDT","order_qty":"1000.00000000",
         "remaining_qty":"0.00000000","executed_qty":"1000.00000000","executed_notional":"1000.00","exchange_names":["simulated"],"account_names":["main"],"schedule_discretion":"0.06000000",
         "engine_passiveness":"0.02000000","alpha_tilt":"0.00000000","strategy":"VWAP","trajectory":"VWAP","strategy_params":{},"participation_rate_target_percent":null,"market_type":"spot","parent_order_id":null,
         "stats":{"order_id":"a13f34c2-7529-4ed9-97cb-f52f9daea4a0","stat_id":"0b3f6f0e-6d0c-5a53-9c6a-7f1f6e0c2d11","interval_volume":"51200.00000000","vwap":"0.04991000","arrival_price":"0.05000000","departure_price":"0.04980000"},
         "fills":[]}
        """).AsObject();

    public static JsonObject Detail()
    {
        var detail = Submitted();
        detail.Remove("placements");
        return Merged(detail, """
            {"updated_at":"2026-12-01T09:00:00.008559Z","parent_order_id":null,"batch_order_id":null,"exchanges":["simulated"],"average_executed_price":null,"target_token":"sUSDT","target_executed_qty":0,"total_fee":0,
             "fee_asset":"sUSDT","total_fee_in_base":0,"resume_condition_normal":null,"start_datetime":"2026-12-01T09:00:00.000000Z","remaining_qty":1000,"exchange_names":["simulated"],"trajectory":"VWAP",
             "participation_rate_target_percent":null,"placement_live_qty":0,"placements":[],"messages":[]}
            """);
    }

    public static JsonObject Page(JsonObject item) => new()
    {
        ["orders"] = new JsonArray(item), ["page_number"] = 1, ["page_size"] = 100, ["num_pages"] = 1, ["order_count"] = 1,
    };

    public static JsonNode Messages() =>
        Parse($$"""{"{{OrderId}}":[{"message":"Order received; account main pays","message_type":"INFO","created_at":"2026-12-01T09:00:00.008559Z"}]}""");

    public static JsonNode Message(string text) => new JsonObject { ["message"] = text };

    public static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    private static JsonObject Merged(JsonObject of, string more)
    {
        foreach (var (name, value) in Parse(more).AsObject().ToList()) of[name] = value?.DeepClone();
        return of;
    }
}
