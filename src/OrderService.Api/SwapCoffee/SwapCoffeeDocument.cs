using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>Says in the strategies document what the routes cannot say themselves. Proofs are made anew with every fetch.</summary>
internal sealed class SwapCoffeeDocument(ProofExample example, TimeProvider time) : DialectDocumentFilter(SwapCoffeeDocument.Name)
{
    public const string Name = "swapcoffee";

    private const string WalletProof = "walletProof";
    private const string AdminKey = "adminKey";
    private const string Base = SwapCoffeeEndpoints.BasePath;

    private static readonly OrderError.Unauthenticated Unproven = new("expired_timestamp",
        "x-verify has expired: proof.timestamp must be within 900 seconds of the server's clock, which is 1893499200");
    private static readonly OrderError.Unauthenticated NoAdmin =
        new("admin_key_required", "This route is the operator's: send an admin key as X-Api-Key");
    private static readonly OrderError.Field BadAddress = new("address", "must be a Stacks address");
    private static readonly OrderError.Field BadType = new("type", StrategyTypes.Shape);
    private static readonly ParameterText Once = new(IdempotencyFilter.Header, ParameterLocation.Header,
        "Optional: the same request again under the same key gets the same answer, and nothing twice.");

    private static readonly OrderError[] Repeats =
    [
        new OrderError.Field(IdempotencyFilter.Header, "must be one text of 1 to 200 visible ASCII characters", "invalid_idempotency_key"),
        new OrderError.Conflict("idempotency_in_flight", "The first request with this Idempotency-Key is still running"),
        new OrderError.Unprocessable("idempotency_key_reused",
            "Idempotency-Key was used for another request: send the same one again, or a new key"),
    ];

    private static readonly OrderError.NotFound NotFound = new();
    private static readonly OrderError.NotOpen NotActive = new("completed");

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; } = new Dictionary<string, OpenApiSecurityScheme>
    {
        [WalletProof] = Header(XVerify.Header,
            "The wallet's proof: JSON with its public key and its signature of the plain message order-service-proof/{domain_val}/{timestamp}/{payload}."),
        [AdminKey] = Header(Authenticator.KeyHeader, "An admin key, which only the operator has."),
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<string[]> WaysIn(Access access) => access.Who switch
    {
        Asker.Anyone => [],
        Asker.Operator => [[AdminKey]],
        _ => [[WalletProof]],
    };

    /// <inheritdoc/>
    protected override RefusalTexts RefusalsOf(string path) =>
        new(SwapCoffeeErrors.FactsOf, facts => Written(json => SwapCoffeeErrors.Write(json, facts, time.GetUtcNow())),
            _ => typeof(RefusalRecord));

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OperationText> Texts()
    {
        var dca = example.Order("dca", 2, new JsonObject { ["delay"] = 60, ["price_range_from"] = 0, ["price_range_to"] = 0 });
        var order = SwapCoffeeExamples.Order(dca, TokenAddress.Of(example.SellToken), example.Owner);
        var texts = new Dictionary<string, OperationText>(StringComparer.OrdinalIgnoreCase)
        {
            [$"GET {Base}/{{address}}/wallet"] = new("getWallet", "The strategies wallet",
                "Its address as a JSON text; 404 where it was not created yet.")
                {
                    Parameters = Owners(), Gives = typeof(string), Answer = JsonValue.Create(example.Owner.ToString()),
                    Refusals = [BadAddress, Unproven, NotFound],
                },
            [$"POST {Base}/{{address}}/wallet"] = new(
                "createWallet", "Create the strategies wallet",
                "At once, and once: again it answers the same wallet. The wallet is an account whose key this service holds; it pays for your orders, and what it holds "
                + "goes to your own wallet or back into orders, to nobody else. Send it the tokens that orders are to sell; on the simulated venue POST /simulator/faucet does.")
            {
                Parameters = Owners(), Gives = typeof(TransactionRecord),
                Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CreateWallet, example.Owner), Refusals = [BadAddress, Unproven],
            },
            [$"POST {Base}/{{address}}/order"] = Create(dca),
            [$"POST {Base}/{{address}}/order/confirm"] = Confirm(),
            [$"GET {Base}/{{address}}/order"] = new("getOrder", "One order", "By the id that X-Order-Id told when it was made.")
            {
                Parameters = [.. Owners(), Id()], Gives = typeof(StrategyRecord), Answer = order,
                Refusals = [BadAddress, new OrderError.Field("id", "is required"), Unproven, NotFound, ExampleRefusals.Gone],
            },
            [$"PATCH {Base}/{{address}}/order"] = Amend(),
            [$"DELETE {Base}/{{address}}/order"] = new(
                "cancelOrder", "Cancel an order",
                "At once where nothing of it is in flight; otherwise it becomes requested_cancellation, nothing more is sent, and what is in flight decides how it ends.")
            {
                Parameters = [.. Owners(), Id()], Gives = typeof(TransactionRecord), Headers = [IdempotencyFilter.OrderHeader],
                Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CancelOrder, example.Owner, 1),
                Refusals = [BadAddress, new OrderError.Field("id", "is required"), Unproven, NotFound, ExampleRefusals.Gone, NotActive],
            },
            [$"GET {Base}/{{address}}/orders"] = new("listOrders", "Your orders", "Newest first.")
            {
                Parameters =
                [
                    .. Owners(), new("type", ParameterLocation.Query, "Only of this kind.") { Words = ["limit", "dca", "vca"] },
                    new("include_finished", ParameterLocation.Query, "true adds those that have ended.")
                    {
                        IsTruth = true, Default = false,
                    },
                    new("size", ParameterLocation.Query, "How many at most.") { Bounds = (1, OrdersQuery.SizeMax),
                        Default = OrdersQuery.SizeMax },
                        new("before_id", ParameterLocation.Query, "Only orders with a lower id: the last id of the page before.")
                        {
                            Bounds = (0, int.MaxValue),
                        },
                ],
                Gives = typeof(IReadOnlyList<StrategyRecord>), Answer = new JsonArray(order.DeepClone()),
                Refusals = [BadAddress, BadType, new OrderError.Field("size", "must be a whole number of 1 to 100"), Unproven],
            },
        };
        foreach (var (key, text) in Eligibility().Concat(Operator())) texts[key] = text;
        return texts;
    }

    private OperationText Create(JsonObject dca) => new(
        "createOrder", "Create an order",
        "Active at once: nothing is to be signed or sent. The answer has the shape of the original's transaction, with a payload of ours that is no TON cell; the order's id is in X-Order-Id. "
        + "A limit swaps each part when its quote pays the minimum and the slippage above it, and never takes less than the minimum. A dca swaps a part every delay seconds while the price, "
        + "token_to for one token_from, is inside the range. max_invocations counts transactions, not looks at the price. The strategies wallet must exist and hold input_amount.")
    {
        Parameters = [.. Owners(), Once],
        Takes = typeof(NewStrategyRecord),
        Bodies = [("dca", dca), ("limit", example.Order("limit", 2, new JsonObject { ["min_output_amount"] = "100000000" }))],
        Gives = typeof(TransactionRecord), Headers = [IdempotencyFilter.OrderHeader, IdempotencyFilter.ReplayedHeader],
        Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CreateOrder, example.Owner, 1),
        Refusals =
        [
            BadAddress, BadType, new OrderError.Field("slippage", "must be above 0 and at most 1: 0.01 is 1 %"),
            new OrderError.Malformed("vca orders are not supported"), Unproven,
            new OrderError.NotFound { Message = "No strategies wallet yet: create it first" }, .. Repeats,
        ],
    };

    private OperationText Amend() => new(
        "amendOrder", "Change an order",
        "An extension of ours. Any of input_amount, max_suborders, max_invocations, slippage and settings, each as when it is created; all of it or nothing. What is swapped or in flight counts and "
        + "stays as it is; the rest is divided anew among the suborders that are left. More input is set aside at once, less is given back. Without min_output_amount a limit keeps its rate.")
    {
        Parameters = [.. Owners(), Id(), Once],
        Takes = typeof(AmendRecord),
        Bodies =
        [
            ("dca", new JsonObject { ["input_amount"] = "2000000", ["max_suborders"] = 3,
                ["settings"] = new JsonObject { ["delay"] = 120 } }),
            ("limit",
                new JsonObject
                {
                    ["slippage"] = JsonNode.Parse("0.02"), ["settings"] = new JsonObject { ["min_output_amount"] = "90000000" },
                }),
        ],
        Gives = typeof(TransactionRecord), Headers = [IdempotencyFilter.OrderHeader, IdempotencyFilter.ReplayedHeader],
        Answer = SwapCoffeeExamples.Transaction(TransactionBoc.AmendOrder, example.Owner, 1),
        Refusals =
        [
            BadAddress, new OrderError.Field("id", "is required"),
            new OrderError.Field("token_to", "cannot be changed: cancel the order and create another"),
            new OrderError.Field("max_suborders", "must be more than were swapped or are in flight"), Unproven, NotFound,
            ExampleRefusals.Gone, NotActive,
            .. Repeats,
        ],
    };

    private OperationText Confirm() => new(
        "confirmOrder", "Confirm an order",
        "An extension of ours, for services that run with SwapCoffee:Activation=Confirm: there, creating an order stores nothing and answers a payload that holds the whole order. Send it here and "
        + "the order is active; its id is in X-Order-Id. It is judged anew: the wallet must hold input_amount now. Sent again, it answers the same order. Where orders are active at once it is 400.")
    {
        Parameters = Owners(),
        Takes = typeof(ConfirmRecord),
        Bodies = [("payload", new JsonObject { ["payload_cell"] = "<payload_cell of the created order>" })],
        Gives = typeof(TransactionRecord), Headers = [IdempotencyFilter.OrderHeader],
        Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CreateOrder, example.Owner, 1),
        Refusals = [BadAddress, UnconfirmedOrder.NotOurs, Unproven, new OrderError.Exists("amountIn")],
    };

    private Dictionary<string, OperationText> Eligibility() => new()
    {
        [$"GET {Base}/eligibility/user/{{address}}"] = new("isEligible", "May a wallet use strategies?",
            "Every wallet may that proves itself.")
            {
                Parameters = Owners(), Gives = typeof(bool), Answer = JsonValue.Create(true), Refusals = [BadAddress, Unproven],
            },
        [$"GET {Base}/eligibility/from-tokens"] = new("listFromTokens", "What orders may sell",
            "Tokens that some route leads on from. None for vca.")
            {
                Parameters = [Type()], Gives = typeof(IReadOnlyList<string>), Answer = new JsonArray(TokenAddress.Of(example.SellToken)),
                Refusals = [BadType],
            },
        [$"GET {Base}/eligibility/to-tokens/{{address}}"] = new("listToTokens", "What orders may buy with a token",
            "None for a token that cannot be sold, native among them.")
            {
                Parameters = [new("address", ParameterLocation.Path, "A contract id, or native.", TokenAddress.Of(example.SellToken),
                    IsRequired: true), Type()],
                Gives = typeof(IReadOnlyList<string>), Answer = new JsonArray(TokenAddress.Native),
                Refusals = [BadType, new OrderError.Field("address", TokenAddress.Shape)],
            },
    };

    private Dictionary<string, OperationText> Operator()
    {
        var sell = TokenAddress.Of(example.SellToken);
        ParameterText key = new("X-Api-Key", ParameterLocation.Header, "An admin key.", IsRequired: true);
        ParameterText type = new("type", ParameterLocation.Query, "Only of this kind.") { Words = ["limit", "dca", "vca"] };
        return new Dictionary<string, OperationText>
        {
            [$"DELETE {Base}/cancel/all"] = new("endAllOrders", "End all active orders",
                "For the operator. They end as cancelled_by_system.") { Parameters = [key, type], Refusals = [BadType, NoAdmin] },
            [$"DELETE {Base}/cancel/by-id/{{id}}"] = new("endOrder", "End one order", "For the operator.")
            {
                Parameters = [key,
                    new("id", ParameterLocation.Path, "The order's id.", "1", IsRequired: true) { Bounds = (1, int.MaxValue) }],
                Refusals = [new OrderError.Field("id", "must be a whole number of 32 bits"), NoAdmin, NotFound,
                    ExampleRefusals.Gone, NotActive],
            },
            [$"DELETE {Base}/cancel/by-wallet/{{address}}"] = new("endOrdersOfWallet", "End the orders of one wallet",
                "For the operator. The address is that of the strategies wallet.")
                {
                    Parameters = [key,
                        new("address", ParameterLocation.Path, "A strategies wallet.", example.Owner.ToString(),
                            IsRequired: true) { Is = Shape.Address }, type], Refusals = [BadAddress, NoAdmin],
                },
            [$"DELETE {Base}/cancel/by-tokens/{{first}}/{{second}}"] = new("endOrdersOfPair", "End the orders of a pair",
                "For the operator. Either way round.")
                {
                    Parameters = [key, new("first", ParameterLocation.Path, "A token.", sell, IsRequired: true),
                        new("second", ParameterLocation.Path, "The other.", TokenAddress.Native, IsRequired: true), type],
                    Refusals = [new OrderError.Field("first", TokenAddress.Shape), NoAdmin],
                },
            [$"POST {Base}/wallet/payout"] = new("payOut", "Pay a wallet's owner",
                "For the operator. Sends what a strategies wallet holds to its owner, and to nobody else; what orders have set aside stays.")
                {
                    Parameters = [key, Once],
                    Takes = typeof(PayoutRecord),
                    Headers = [IdempotencyFilter.ReplayedHeader],
                    Bodies = [("one token",
                        new JsonObject
                        {
                            ["address"] = example.Owner.ToString(),
                            ["entries"] = new JsonArray(new JsonObject { ["token"] = sell, ["amount"] = "1000" }),
                        })],
                    Refusals = [BadAddress, NoAdmin, NotFound, .. Repeats],
                },
        };
    }

    private ParameterText[] Owners() =>
    [
        new("address", ParameterLocation.Path, "Your wallet.", example.Owner.ToString(), IsRequired: true) { Is = Shape.Address },
        new(XVerify.Header, ParameterLocation.Header,
            "Your wallet's proof: JSON with its public key and its signature of the plain message order-service-proof/{domain_val}/{timestamp}/{payload}.", example.Header(), IsRequired: true),
    ];

    private static ParameterText Id() => new("id", ParameterLocation.Query, "The order's id.", "1", IsRequired: true)
    {
        Bounds = (1, int.MaxValue),
    };

    private static ParameterText Type() => new("type", ParameterLocation.Query, "Of which kind.", "dca", IsRequired: true)
    {
        Words = ["limit", "dca", "vca"],
    };
}
