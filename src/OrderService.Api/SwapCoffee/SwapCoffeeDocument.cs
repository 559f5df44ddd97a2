using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Domain;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.SwapCoffee;

/// <summary>Says in the strategies document what the routes cannot say themselves. Proofs are made anew with every fetch.</summary>
internal sealed class SwapCoffeeDocument(ProofExample example, TimeProvider time) : IDocumentFilter
{
    public const string Name = "swapcoffee";

    private const string Base = SwapCoffeeEndpoints.BasePath;

    private static readonly int[] Statuses = [StatusCodes.Status429TooManyRequests, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable];
    private static readonly int[] StatusesOfBody = [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, .. Statuses];

    private static readonly OrderError.Unauthenticated Unproven = new("expired_timestamp", "x-verify has expired: proof.timestamp must be within 900 seconds of the server's clock, which is 1893499200");
    private static readonly OrderError.Unauthenticated NoAdmin = new("admin_key_required", "This route is the operator's: send an admin key as X-Api-Key");
    private static readonly OrderError.Field BadAddress = new("address", "must be a Stacks address");
    private static readonly OrderError.Field BadType = new("type", StrategyTypes.Shape);
    private static readonly OrderError.NotFound NotFound = new();
    private static readonly OrderError.NotOpen NotActive = new("completed");

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName != Name) return;
        var texts = Texts();
        foreach (var (path, item) in swaggerDoc.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (texts.TryGetValue($"{method} {path}", out var text)) text.ApplyTo(operation, SwapCoffeeErrors.FactsOf, BodyOf);
            }
        }
    }

    private Dictionary<string, OperationText> Texts()
    {
        var dca = example.Order("dca", 2, new JsonObject { ["delay"] = 60, ["price_range_from"] = 0, ["price_range_to"] = 0 });
        var order = SwapCoffeeExamples.Order(dca, TokenAddress.Of(example.SellToken), example.Owner);
        var texts = new Dictionary<string, OperationText>(StringComparer.OrdinalIgnoreCase)
        {
            [$"GET {Base}/{{address}}/wallet"] = new("The strategies wallet", "Its address as a JSON text; 404 where it was not created yet.")
            {
                Parameters = Owners(), Answer = JsonValue.Create(example.Owner.ToString()), Refusals = [BadAddress, Unproven, NotFound], Statuses = Statuses,
            },
            [$"POST {Base}/{{address}}/wallet"] = new(
                "Create the strategies wallet", "At once, and once: again it answers the same wallet. The wallet is an account whose key this service holds; it pays for your orders, and what it holds "
                + "goes to your own wallet or back into orders, to nobody else. Send it the tokens that orders are to sell; on the simulated venue POST /simulator/faucet does.")
            {
                Parameters = Owners(), Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CreateWallet, example.Owner), Refusals = [BadAddress, Unproven], Statuses = Statuses,
            },
            [$"POST {Base}/{{address}}/order"] = Create(dca),
            [$"POST {Base}/{{address}}/order/confirm"] = Confirm(),
            [$"GET {Base}/{{address}}/order"] = new("One order", "By the id that X-Order-Id told when it was made.")
            {
                Parameters = [.. Owners(), Id()], Answer = order, Refusals = [BadAddress, new OrderError.Field("id", "is required"), Unproven, NotFound], Statuses = Statuses,
            },
            [$"PATCH {Base}/{{address}}/order"] = Amend(),
            [$"DELETE {Base}/{{address}}/order"] = new(
                "Cancel an order", "At once where nothing of it is in flight; otherwise it becomes requested_cancellation, nothing more is sent, and what is in flight decides how it ends.")
            {
                Parameters = [.. Owners(), Id()], Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CancelOrder, example.Owner, 1),
                Refusals = [BadAddress, new OrderError.Field("id", "is required"), Unproven, NotFound, NotActive], Statuses = Statuses,
            },
            [$"GET {Base}/{{address}}/orders"] = new("Your orders", "Newest first.")
            {
                Parameters =
                [
                    .. Owners(), new("type", ParameterLocation.Query, "limit, dca or vca."), new("include_finished", ParameterLocation.Query, "true adds those that have ended."),
                    new("size", ParameterLocation.Query, "1 to 100; 100 without it."), new("before_id", ParameterLocation.Query, "Only orders with a lower id: the last id of the page before."),
                ],
                Answer = new JsonArray(order.DeepClone()), Refusals = [BadAddress, BadType, new OrderError.Field("size", "must be a whole number of 1 to 100"), Unproven], Statuses = Statuses,
            },
        };
        foreach (var (key, text) in Eligibility().Concat(Operator())) texts[key] = text;
        return texts;
    }

    private OperationText Create(JsonObject dca) => new(
        "Create an order",
        "Active at once: nothing is to be signed or sent. The answer has the shape of the original's transaction, with a payload of ours that is no TON cell; the order's id is in X-Order-Id. "
        + "A limit swaps each part when its quote pays the minimum and the slippage above it, and never takes less than the minimum. A dca swaps a part every delay seconds while the price, "
        + "token_to for one token_from, is inside the range. max_invocations counts transactions, not looks at the price. The strategies wallet must exist and hold input_amount.")
    {
        Parameters = Owners(),
        Bodies = [("dca", dca), ("limit", example.Order("limit", 2, new JsonObject { ["min_output_amount"] = "100000000" }))],
        Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CreateOrder, example.Owner, 1),
        Refusals =
        [
            BadAddress, BadType, new OrderError.Field("slippage", "must be above 0 and at most 1: 0.01 is 1 %"), new OrderError.Malformed("vca orders are not supported"), Unproven,
            new OrderError.NotFound { Message = "No strategies wallet yet: create it first" },
        ],
        Statuses = StatusesOfBody,
    };

    private OperationText Amend() => new(
        "Change an order",
        "An extension of ours. Any of input_amount, max_suborders, max_invocations, slippage and settings, each as when it is created; all of it or nothing. What is swapped or in flight counts and "
        + "stays as it is; the rest is divided anew among the suborders that are left. More input is set aside at once, less is given back. Without min_output_amount a limit keeps its rate.")
    {
        Parameters = [.. Owners(), Id()],
        Bodies =
        [
            ("dca", new JsonObject { ["input_amount"] = "2000000", ["max_suborders"] = 3, ["settings"] = new JsonObject { ["delay"] = 120 } }),
            ("limit", new JsonObject { ["slippage"] = JsonNode.Parse("0.02"), ["settings"] = new JsonObject { ["min_output_amount"] = "90000000" } }),
        ],
        Answer = SwapCoffeeExamples.Transaction(TransactionBoc.AmendOrder, example.Owner, 1),
        Refusals =
        [
            BadAddress, new OrderError.Field("id", "is required"), new OrderError.Field("token_to", "cannot be changed: cancel the order and create another"),
            new OrderError.Field("max_suborders", "must be more than were swapped or are in flight"), Unproven, NotFound, NotActive,
        ],
        Statuses = StatusesOfBody,
    };

    private OperationText Confirm() => new(
        "Confirm an order",
        "An extension of ours, for services that run with SwapCoffee:Activation=Confirm: there, creating an order stores nothing and answers a payload that holds the whole order. Send it here and "
        + "the order is active; its id is in X-Order-Id. It is judged anew: the wallet must hold input_amount now. Sent again, it answers the same order. Where orders are active at once it is 400.")
    {
        Parameters = Owners(),
        Bodies = [("payload", new JsonObject { ["payload_cell"] = "<payload_cell of the created order>" })],
        Answer = SwapCoffeeExamples.Transaction(TransactionBoc.CreateOrder, example.Owner, 1),
        Refusals = [BadAddress, UnconfirmedOrder.NotOurs, Unproven],
        Statuses = StatusesOfBody,
    };

    private Dictionary<string, OperationText> Eligibility() => new()
    {
        [$"GET {Base}/eligibility/user/{{address}}"] = new("May a wallet use strategies?", "Every wallet may that proves itself.") { Parameters = Owners(), Answer = JsonValue.Create(true), Refusals = [BadAddress, Unproven], Statuses = Statuses },
        [$"GET {Base}/eligibility/from-tokens"] = new("What orders may sell", "Subnet tokens that some route leads on from. None for vca.")
        {
            Parameters = [Type()], Answer = new JsonArray(TokenAddress.Of(example.SellToken)), Refusals = [BadType], Statuses = Statuses,
        },
        [$"GET {Base}/eligibility/to-tokens/{{address}}"] = new("What orders may buy with a token", "None for a token that cannot be sold, native among them.")
        {
            Parameters = [new("address", ParameterLocation.Path, "A contract id, or native.", TokenAddress.Of(example.SellToken), IsRequired: true), Type()],
            Answer = new JsonArray(TokenAddress.Native), Refusals = [BadType, new OrderError.Field("address", TokenAddress.Shape)], Statuses = Statuses,
        },
    };

    private Dictionary<string, OperationText> Operator()
    {
        var sell = TokenAddress.Of(example.SellToken);
        ParameterText key = new("X-Api-Key", ParameterLocation.Header, "An admin key.", IsRequired: true);
        ParameterText type = new("type", ParameterLocation.Query, "Only of this kind: limit, dca or vca.");
        return new Dictionary<string, OperationText>
        {
            [$"DELETE {Base}/cancel/all"] = new("End all active orders", "For the operator. They end as cancelled_by_system.") { Parameters = [key, type], Refusals = [BadType, NoAdmin], Statuses = Statuses },
            [$"DELETE {Base}/cancel/by-id/{{id}}"] = new("End one order", "For the operator.")
            {
                Parameters = [key, new("id", ParameterLocation.Path, "The order's id.", "1", IsRequired: true)],
                Refusals = [new OrderError.Field("id", "must be a whole number of 32 bits"), NoAdmin, NotFound, NotActive], Statuses = Statuses,
            },
            [$"DELETE {Base}/cancel/by-wallet/{{address}}"] = new("End the orders of one wallet", "For the operator. The address is that of the strategies wallet.")
            {
                Parameters = [key, new("address", ParameterLocation.Path, "A strategies wallet.", example.Owner.ToString(), IsRequired: true), type], Refusals = [BadAddress, NoAdmin], Statuses = Statuses,
            },
            [$"DELETE {Base}/cancel/by-tokens/{{first}}/{{second}}"] = new("End the orders of a pair", "For the operator. Either way round.")
            {
                Parameters = [key, new("first", ParameterLocation.Path, "A token.", sell, IsRequired: true), new("second", ParameterLocation.Path, "The other.", TokenAddress.Native, IsRequired: true), type],
                Refusals = [new OrderError.Field("first", TokenAddress.Shape), NoAdmin], Statuses = Statuses,
            },
            [$"POST {Base}/wallet/payout"] = new("Pay a wallet's owner", "For the operator. Sends what a strategies wallet holds to its owner, and to nobody else; what orders have set aside stays.")
            {
                Parameters = [key],
                Bodies = [("one token", new JsonObject { ["address"] = example.Owner.ToString(), ["entries"] = new JsonArray(new JsonObject { ["token"] = sell, ["amount"] = "1000" }) })],
                Refusals = [BadAddress, NoAdmin, NotFound], Statuses = StatusesOfBody,
            },
        };
    }

    private ParameterText[] Owners() =>
    [
        new("address", ParameterLocation.Path, "Your wallet.", example.Owner.ToString(), IsRequired: true),
        new(XVerify.Header, ParameterLocation.Header, "Your wallet's proof: JSON with its public key and its signature of the plain message order-service-proof/{domain_val}/{timestamp}/{payload}.", example.Header(), IsRequired: true),
    ];

    private static ParameterText Id() => new("id", ParameterLocation.Query, "The order's id.", "1", IsRequired: true);

    private static ParameterText Type() => new("type", ParameterLocation.Query, "limit, dca or vca.", "dca", IsRequired: true);

    private JsonNode BodyOf(ErrorFacts facts) => JsonNode.Parse(JsonAnswer.Bytes(json => SwapCoffeeErrors.Write(json, facts, time.GetUtcNow())).Span)!;
}
