using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>What the document says of each operation.</summary>
internal static class TreadOperations
{
    private static readonly TreadFault NotRunning = TreadFaults.Error(422, "order_not_running", "Order is not running.");
    private static readonly TreadFault PartlyPaused =
        TreadFaults.Error(422, "partial_failure", "Paused 2 orders with 1 failures: ['a13f34c2-7529-4ed9-97cb-f52f9daea4a0']");
    private static readonly TreadFault NoId = TreadFaults.Error(400, "missing_fields", "Missing required field: order_id");

    private static readonly TreadFault[] Create =
    [
        TreadFaults.Error(400, "missing_fields", "Missing required fields: ['pair', 'duration']"),
        TreadFaults.Errors(400, "invalid_quantity",
            "Need one of the qty fields: ['base_asset_qty', 'quote_asset_qty', 'sell_token_amount']"),
        TreadFaults.Errors(400, "invalid_order", "Invalid order data", "Pair is required", "Side must be either 'Buy' or 'Sell'"),
        FundingAccounts.Unknown("other"),
        TreadFaults.Errors(400, "invalid_token", "Invalid buy_token ASDF"), TreadFaults.NoPermission, TreadFaults.Superuser,
        TreadFaults.Error(403, "foreign_account", "Access denied to specified accounts"),
        TreadFaults.Error(403, "not_tradable", "Trading not allowed for this pair on the specified venue"),
        TreadFaults.Errors(422, "insufficient_balance", "Insufficient balance for order execution"),
        TreadFaults.Errors(422, "market_closed", "Market is closed for the specified trading pair"),
        TreadFaults.Errors(422, "order_size", "Order size exceeds exchange limits"), Incompatible.Fault(),
    ];

    /// <summary>By method and path.</summary>
    public static Dictionary<string, OperationText> All() =>
        new(Lists().Concat(Changes()).Concat(Bulk()).Concat(Reference()), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, OperationText>> Lists()
    {
        ParameterText size = new("page_size", ParameterLocation.Query, "Orders on a page.")
        {
            Bounds = (1, OrdersQuery.PageSizeMax), Default = OrdersQuery.PageSizeDefault,
        };
        ParameterText[] pages = [new("page", ParameterLocation.Query, "From 1.") { Bounds = (1, int.MaxValue), Default = 1 }, size];
        ParameterText accounts = new("account_names", ParameterLocation.Query, "Only orders that name one of these accounts.");
        TreadFault[] paging =
            [TreadFaults.Error(400, "invalid_page_size", "page_size cannot be greater than 1000"), FundingAccounts.Unknown("other")];
        yield return new("GET /api/orders",
            With(TreadDocument.Of("listOrders", "Your orders", "Newest first, of the past twelve months; by custom ids too.",
                typeof(PageRecord<ListedRecord>), TreadExamples.Page(TreadExamples.Listed()), OutageTexts.List,
            [.. paging, TreadFaults.Error(400, "invalid_status", "Invalid status: X"),
                new TreadFault(400, FaultShape.Message, "invalid_after", "Invalid after date format"),
                OutageTexts.Usual.Fault(isOutage: true) with { Code = "unavailable_by_custom_id" }]),
            [new("statuses", ParameterLocation.Query,
                "SCHEDULED, ACTIVE, PAUSED, FINISHER, COMPLETE, CANCELED, FAILED; several with commas."), accounts,
                new("after", ParameterLocation.Query, "Created after."),
             new("before", ParameterLocation.Query, "Created before."),
             new("custom_order_ids", ParameterLocation.Query, "Your own ids, with commas."), .. pages]));
        yield return new("GET /api/active_orders",
            With(TreadDocument.Of("listActiveOrders", "What has not ended",
                "Newest first, with fills; what a person paused is left out by default.", typeof(OpenListRecord),
            new JsonObject { ["orders"] = new JsonArray(TreadExamples.Open()), ["order_count"] = 1 }, OutageTexts.List,
            [FundingAccounts.Unknown("other")]),
            [new("only_active", ParameterLocation.Query, "true leaves ACTIVE and FINISHER.") { IsTruth = true, Default = false },
                new("exclude_paused", ParameterLocation.Query, "false keeps what a person paused.") { IsTruth = true, Default = true },
                accounts]));
        yield return new("GET /api/orders_with_stats",
            With(TreadDocument.Of("listOrdersWithStats", "Orders with statistics", "Statistics are written when an order ends.",
                typeof(PageRecord<WithStatsRecord>), TreadExamples.Page(TreadExamples.WithStats()),
            OutageTexts.Plain, paging[..1], tellsWhy: false), pages));
        yield return new("GET /api/order_errors",
            With(TreadDocument.Of("listOrderErrors", "Messages of orders", "Newest first; without ids of your latest orders.",
                typeof(Dictionary<string, IReadOnlyList<OrderMessageRecord>>), TreadExamples.Messages(), OutageTexts.Plain,
            [TreadFaults.Error(400, "invalid_order_id", "Invalid order ID format"),
                TreadFaults.Error(404, "order_not_found", $"Order {TreadExamples.OrderId} not found"), TreadDocument.Gone,
                TreadFaults.Error(401, "foreign_order", $"Order {TreadExamples.OrderId} does not belong to you")]),
            [new("order_ids", ParameterLocation.Query, "At most 100 ids, with commas.")]));
        yield return new("POST /api/order_messages",
            TreadDocument.Taking(typeof(OrderIdsRecord),
                TreadDocument.Of("findOrderMessages", "Messages of orders", "As order_errors, the ids in the body.",
                    typeof(Dictionary<string, IReadOnlyList<OrderMessageRecord>>),
            TreadExamples.Messages(), OutageTexts.Plain,
            [TreadFaults.Error(400, "invalid_order_id", "Invalid order ID format"),
                TreadFaults.Error(404, "order_not_found", $"Order {TreadExamples.OrderId} not found"), TreadDocument.Gone,
             TreadFaults.Error(401, "foreign_order", $"Order {TreadExamples.OrderId} does not belong to you")]),
             ("by id", new JsonObject { ["order_ids"] = new JsonArray(TreadExamples.OrderId) })));
        yield return new("GET /api/placements",
            With(TreadDocument.Of("listPlacements", "Placements of an order", "Its swap attempts, oldest first.",
                typeof(PlacementPageRecord), new JsonObject { ["placements"] = new JsonArray(), ["count"] = 0 }, OutageTexts.Plain,
            [NoId, TreadFaults.ForeignOrderError, TreadFaults.Error(404, "order_not_found", "No order found with given ID!"),
                TreadDocument.Gone]),
            [new("order_id", ParameterLocation.Query, "The order.", TreadExamples.OrderId, IsRequired: true),
                new("page_number", ParameterLocation.Query, "From 1.") { Bounds = (1, int.MaxValue), Default = 1 }, size,
             new("statuses", ParameterLocation.Query, "PENDING, ACTIVE, FILLED, FAILED; several with commas.")]));
        yield return new("GET /api/order_summary/{id}",
            TreadDocument.OfId("getOrderSummary", "An order in short", "strategy is the super strategy's name, trajectory the strategy's.",
                typeof(SummaryRecord), TreadExamples.Summary(), OutageTexts.Usual));
        yield return new("GET /api/order/{id}",
            With(TreadDocument.OfId("getOrder", "Everything about an order", "With its placements and messages.", typeof(OrderDetailRecord),
                TreadExamples.Detail(), OutageTexts.Detail, TreadFaults.Error(400, "invalid_include_fills", "Invalid include_fills")),
            [new("include_fills", ParameterLocation.Query, "true adds its fills.") { IsTruth = true, Default = false }]));
    }

    private static IEnumerable<KeyValuePair<string, OperationText>> Changes()
    {
        JsonObject Body() => new() { ["order_id"] = TreadExamples.OrderId };
        yield return new("POST /api/orders",
            TreadDocument.WithOnce(TreadDocument.Taking(typeof(NewOrderRecord), TreadDocument.Of("createOrder", "Place an order",
            "Sets the funds aside and stores the order, both or neither. Exactly one of base_asset_qty, quote_asset_qty and sell_token_amount sizes it.", typeof(SubmittedRecord), TreadExamples.Submitted(), OutageTexts.Usual, Create) with { Success = StatusCodes.Status201Created },
            ("TWAP", TreadExamples.Twap()), ("on a condition, within a limit", TreadExamples.Conditional()),
            ("Market", TreadExamples.Market()))));
        yield return new("POST /api/pause_order",
            TreadDocument.Taking(typeof(PauseRecord),
                TreadDocument.Of("pauseOrder", "Pause an order",
                    "Nothing new is sent; what is in flight settles. With resume_condition it resumes by itself.", typeof(MessageRecord),
            TreadExamples.Message("Successfully paused order."), OutageTexts.Usual,
            [NoId, TreadFaults.NoPermission, TreadFaults.ForeignOrderError,
                TreadFaults.Error(404, "order_not_found", "No order found with given ID!"), TreadDocument.Gone,
                NotRunning]) with { Success = 202 },
                ("by id", Body())));
        yield return new("POST /api/resume_order",
            TreadDocument.Taking(typeof(OrderIdRecord),
                TreadDocument.Of("resumeOrder", "Resume an order", "The rest is planned anew, without catching up.", typeof(MessageRecord),
            TreadExamples.Message("Successfully resumed order."), OutageTexts.Resume,
            [NoId, TreadFaults.NoPermission, TreadFaults.ForeignOrderError, TreadFaults.Error(404, "order_not_found", "Order not found."),
                TreadDocument.Gone, TreadFaults.Error(422, "order_not_paused", "Order is not paused.")]) with { Success = 202 }, ("by id", Body())));
        var amend = Body();
        amend["changes"] = new JsonObject { ["duration"] = 7200, ["limit_price"] = "0.01" };
        yield return new("POST /api/amend_order",
            TreadDocument.Taking(typeof(AmendRecord),
                TreadDocument.Of("amendOrder", "Amend an order",
                    "Quantity, duration, pov_target, limit_price, max_clip_size; all of it or none.", typeof(MessageRecord),
            TreadExamples.Message("Successfully amended order."), OutageTexts.List,
            [TreadFaults.Error(400, "missing_fields", "Missing required field(s): order_id, changes"), TreadFaults.Superuser,
                TreadFaults.NoPermission, TreadFaults.ForeignOrderError,
                TreadFaults.Error(404, "order_not_found", $"Order {TreadExamples.OrderId} not found"), TreadDocument.Gone,
             TreadFaults.Error(422, "below_executed", "New quantity must be at least 5% above the executed quantity"),
             TreadFaults.Error(422, "order_not_open", "Order is in a state that cannot be amended")]) with { Success = 202 },
             ("duration and limit", amend)));
        yield return new("DELETE /api/order/{id}",
            TreadDocument.OfId("cancelOrder", "Cancel an order",
                "Nothing unsent is sent any more; a swap in flight still counts. Twice is as well.", typeof(string),
                JsonValue.Create("Order canceled!"), OutageTexts.Usual,
            TreadFaults.NoPermission, TreadFaults.Error(422, "order_in_flight", "Failed to cancel all placements"),
            TreadFaults.Error(422, "order_not_open", "Order is in a state that cannot be canceled")));
    }

    private static IEnumerable<KeyValuePair<string, OperationText>> Bulk()
    {
        var cancel = TreadDocument.Taking(typeof(CancelAllRecord),
            TreadDocument.Of("cancelAllOrders", "Cancel all orders", "Spares what a person paused, by default. The body is optional.",
                typeof(MessageRecord), TreadExamples.Message("Successfully canceled all orders."), OutageTexts.Plain,
            [new TreadFault(400, FaultShape.Message, "unknown_account",
                "No active orders to cancel. Failed to fetch accounts: ['Account not found: X']"), TreadFaults.NoPermission,
             TreadFaults.Error(422, "partial_failure",
                 "Canceled 1 orders with 0 failures: [] Failed to fetch accounts: ['Account not found: X']")]), ("all", new JsonObject()));
        yield return new("POST /api/cancel_all_orders",
            With(cancel with { IsBodyOptional = true },
                [new("exclude_paused", ParameterLocation.Query, "false cancels what a person paused too.") { IsTruth = true,
                    Default = true }]));
        yield return new("POST /api/pause_all_orders",
            TreadDocument.Of("pauseAllOrders", "Pause all orders", "All that runs and may be paused.", typeof(MessageRecord),
                TreadExamples.Message("Successfully paused all orders."), OutageTexts.Plain,
            [new TreadFault(400, FaultShape.Message, "nothing_to_do", "No active orders to pause."), TreadFaults.NoPermission,
                PartlyPaused], tellsWhy: false));
        yield return new("POST /api/resume_all_orders",
            TreadDocument.Of("resumeAllOrders", "Resume all orders", "What the service paused goes on when its price is inside.",
                typeof(MessageRecord), TreadExamples.Message("Successfully resumed all orders."), OutageTexts.Plain,
            [new TreadFault(400, FaultShape.Message, "nothing_to_do", "No paused orders to resume."), TreadFaults.NoPermission,
                PartlyPaused], tellsWhy: false));
    }

    private static IEnumerable<KeyValuePair<string, OperationText>> Reference()
    {
        yield return new("GET /api/strategies", TreadDocument.Of("listStrategies", "Strategies", "Names and ids.", typeof(StrategiesRecord),
            TreadExamples.Parse("""{"strategies":[{"id":"6fe4ba3e-c578-45bd-824c-c523bf3c56de","name":"TWAP","is_simple":false}],"super_strategies":[]}"""), OutageTexts.Plain));
        yield return new("GET /api/get_token_pairs",
            TreadDocument.Of("listTokenPairs", "Pairs", "Every pair that can be traded either way.", typeof(PairListRecord),
            TreadExamples.Parse("""{"pairs":[{"name":"CHA-sUSDT","base":"CHA","quote":"sUSDT","exchanges":["simulated"],"is_contract":false,"is_inverse":false,"market_type":"spot"}]}"""), OutageTexts.Plain));
        yield return new("POST /api/validate_order_condition",
            TreadDocument.Taking(typeof(ConditionRecord),
                TreadDocument.Of("validateOrderCondition", "Try a condition", "In infix or RPN; answered in both.",
                    typeof(BothNotationsRecord),
            new JsonObject { ["order_condition"] = "CHA-sUSDT@simulated 0.05 <=",
                ["order_condition_normal"] = "CHA-sUSDT@simulated <= 0.05" }, OutageTexts.Plain,
            [TreadFaults.Error(400, "invalid_order_condition", "Invalid order condition: unexpected end")]),
            ("a price", new JsonObject { ["order_condition"] = "CHA-sUSDT@simulated <= 0.05" })));
    }

    private static OperationText With(OperationText text, IEnumerable<ParameterText> parameters) => text with
    {
        Parameters = [.. text.Parameters, .. parameters],
    };
}
