using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Charisma.Explain;
using OrderService.Api.Charisma.Groups;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Charisma.Webhooks;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Charisma;

/// <summary>
/// Says in the native document what the routes cannot say themselves, since they read raw bodies. Examples are made anew with every fetch.
/// </summary>
internal sealed class CharismaDocument(SignedExample signed, TimeProvider time) : DialectDocumentFilter(CharismaDocument.Name)
{
    public const string Name = "charisma";

    private const string AdminKey = "adminKey";
    private const string Message = "walletMessage";
    private const string Signature = "walletSignature";
    private const string QuotePath = "/api/v1/quote";

    internal static readonly OrderError[] Limits =
    [
        new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(30)),
        new OrderError.Unavailable("unavailable", "The service is not available right now; try again", TimeSpan.FromSeconds(2)),
    ];

    // What an order that is executed by a call may have to wait for.
    internal static readonly OrderError[] NotNow =
    [
        new OrderError.Unavailable("solvers_busy", "Every account that pays has as much in flight as it may", TimeSpan.FromSeconds(5)),
        new OrderError.Unavailable("fee_budget", "The fees of this hour are spent, the owner's or the installation's",
            TimeSpan.FromMinutes(20)),
        new OrderError.Unavailable("sends_paused", "The operator has paused all sends", TimeSpan.FromMinutes(1)),
        new OrderError.Unavailable("venue_unavailable", "The venue could not be asked", TimeSpan.FromSeconds(5)),
        new OrderError.Unavailable("no_believed_price", "No price is believed now of one of its tokens", TimeSpan.FromSeconds(5)),
        new OrderError.Unavailable("balance_unread", "The venue was asked for as many balances as it may be in this minute",
            TimeSpan.FromSeconds(30)),
        new OrderError.Unavailable("balance_outdated", "The balance has changed since it was read", TimeSpan.FromSeconds(1)),
    ];

    internal static readonly OrderError[] Proofs =
    [
        new OrderError.Unauthenticated("invalid_signature", "Signature verification failed"),
        new OrderError.Forbidden("permission_denied", "this key has no permission for that"),
    ];

    internal static readonly OrderError[] Idempotency =
    [
        new OrderError.Field(IdempotencyFilter.Header, "must be one text of 1 to 200 visible ASCII characters", "invalid_idempotency_key"),
        new OrderError.Conflict("idempotency_in_flight", "The first request with this Idempotency-Key is still running"),
        new OrderError.Unprocessable("idempotency_key_reused", "Idempotency-Key was used for another request"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; } = new Dictionary<string, OpenApiSecurityScheme>
    {
        [ApiKey] = Header(Authenticator.KeyHeader, "An API key of the wallet with the permission that the call needs."),
        [AdminKey] = Header(Authenticator.KeyHeader, "An admin key, which only the operator has."),
        [Message] = Header("x-message",
            "The exact text that the wallet signed: JSON with action, timestamp, service, chainId and address."),
        [Signature] = Header("x-signature", "The wallet's signature over that text (r, s, v in hex)."),
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<string[]> WaysIn(Access access) => access.Who switch
    {
        Asker.Anyone => [],
        Asker.Wallet => [[Message, Signature]],
        Asker.Bearer => [[], [ApiKey]],
        _ when access.Proof is EventProof => [[ApiKey], [Message, Signature], [AdminKey]],
        _ => [[ApiKey], [Message, Signature]],
    };

    /// <inheritdoc/>
    protected override RefusalTexts RefusalsOf(string path)
    {
        var (factsOf, shape) = ErrorsOf(path);
        return new RefusalTexts(factsOf, facts => Written(json => shape(json, facts, time.GetUtcNow())), facts => RecordOf(path, facts));
    }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OperationText> Texts() => OrderTexts()
        .Concat(ApiKeyDocument.Texts(signed, time)).Concat(AccountDocument.Texts(signed)).Concat(PriceDocument.Texts())
        .Concat(EventDocument.Texts(signed)).Concat(ExplainDocument.Texts(signed))
        .Concat(WebhookDocument.Texts(signed)).Concat(BulkDocument.Texts(signed)).Concat(SwitchDocument.Texts(signed))
        .Concat(ReplaceDocument.Texts(signed)).Concat(AmendDocument.Texts(signed)).Concat(GroupDocument.Texts(signed))
        .Concat(SimulatorDocument.Texts(signed)).ToDictionary();

    private static (Func<OrderError, ErrorFacts> FactsOf, ErrorShape Shape) ErrorsOf(string path) => path switch
    {
        QuotePath => (CharismaErrors.FactsOf, CharismaErrors.WriteOfQuote),
        _ when path.StartsWith("/api/v1/prices/", StringComparison.Ordinal) => (PriceErrors.FactsOf, PriceErrors.Write),
        _ => (CharismaErrors.FactsOf, CharismaErrors.Write),
    };

    private static Type RecordOf(string path, ErrorFacts facts) => path switch
    {
        QuotePath => typeof(QuoteRefusalRecord),
        _ when facts.Status == StatusCodes.Status404NotFound && path.StartsWith("/api/v1/prices/", StringComparison.Ordinal) =>
            typeof(UnknownTokenRecord),
        _ => typeof(RefusalRecord),
    };

    private Dictionary<string, OperationText> OrderTexts()
    {
        var waiting = signed.AtPrice();
        var uuid = waiting["uuid"]!.GetValue<string>();
        return new Dictionary<string, OperationText>
        {
            ["POST /api/v1/orders/new"] = Create(waiting),
            ["GET /api/v1/orders"] = List("listOrders"),
            ["GET /api/v1/orders/index"] = List("listOrdersAtIndex"),
            ["GET /api/v1/orders/{uuid}"] = new("getOrder", "One order",
                "Open to everyone who knows the uuid. The signature is never in an answer.")
                {
                    Parameters = [PathUuid(uuid)], Gives = typeof(OrderAnswerRecord), Headers = [IdempotencyFilter.OrderHeader],
                    Answer = CharismaExamples.Success(CharismaExamples.Confirmed(waiting)),
                    Refusals = [new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"), .. ExplainDocument.Absent, .. Limits],
                },
            ["PATCH /api/v1/orders/{uuid}/cancel"] = Owners("cancelOrder", "cancel_order", "Cancel an order",
                "Definitive: after 200 no swap follows. What was sent before and failed is spent first: the order reads cancelling, with code order_cancelling, until that is done. Where a swap may still confirm, 409 with its id.", uuid) with
                {
                    Answer = CharismaExamples.Success(CharismaExamples.Cancelled(waiting)),
                    Refusals = [new OrderError.NotOpen("completed"), .. Proofs, .. ExplainDocument.Absent,
                        new OrderError.InFlight(CharismaExamples.TxId),
                        .. Limits],
                },
            ["PATCH /api/v1/orders/{uuid}/pause"] = Owners("pauseOrder", "pause_order", "Pause an order",
                "No tick fires it until it is resumed. An addition to the original API.", uuid) with
                {
                    Answer = CharismaExamples.Success(CharismaExamples.Open(waiting, isPaused: true)),
                    Refusals = [new OrderError.NotOpen("paused"), .. Proofs, .. ExplainDocument.Absent,
                        new OrderError.InFlight(CharismaExamples.TxId),
                        .. Limits],
                },
            ["PATCH /api/v1/orders/{uuid}/resume"] = Owners("resumeOrder", "resume_order", "Resume a paused order",
                "It waits for its price and time again. An addition to the original API.", uuid) with
                {
                    Answer = CharismaExamples.Success(CharismaExamples.Open(waiting)),
                    Refusals = [new OrderError.NotOpen("open"), .. Proofs, .. ExplainDocument.Absent, .. Limits],
                },
            ["POST /api/v1/orders/{uuid}/execute"] = Execute(uuid),
            ["GET /api/v1/quote"] = Quote(),
            ["GET /api/v1/tokens"] = new("listTokens", "Tokens", "What can be sold (type SUBNET), bought or watched here.")
            {
                Gives = typeof(TokenListRecord), Answer = CharismaExamples.Tokens(), Refusals = [GetTokens.NotLoaded],
            },
            ["GET /api/v1/network"] = new("getNetwork", "What to sign for",
                "The venue, its network and chain-id, and the router that an intent must name as its target.")
                {
                    Gives = typeof(SuccessRecord<NetworkRecord>), Answer = CharismaExamples.Network(),
                },
        };
    }

    private OperationText Create(JsonObject waiting) => new(
        "createOrder", "Create an order",
        "Stores an order that its owner's wallet has signed. Without a condition it waits for a call to execute; with conditionToken \"*\" it is due at once. "
        + "targetPrice is a trigger, not a limit price: minAmountOut, slippageBps and maxDeviationBps protect the swap (slippage is slippageBps in per cent): maxDeviationBps (0 to 10000) is how far below the believed prices a quote may be. The same body again answers the stored order. "
        + "The examples are signed by the published demo key of the simulated venue, with a fresh uuid each time this document is loaded.")
    {
        Parameters =
        [
            new(Authenticator.KeyHeader, ParameterLocation.Header, "Optional: a key of the owner's with the permission create."),
            new(IdempotencyFilter.Header, ParameterLocation.Header,
                "Optional: the same request again under the same key gets the same answer, and no second order."),
        ],
        Takes = typeof(NewOrderRecord),
        Gives = typeof(OrderAnswerRecord),
        Headers = [IdempotencyFilter.OrderHeader, IdempotencyFilter.ReplayedHeader],
        Bodies = [("at once", signed.AtOnce()), ("when a price is reached", waiting), ("by a call to execute", signed.Manual())],
        Answer = CharismaExamples.Success(CharismaExamples.Open(waiting)),
        Refusals =
        [
            new OrderError.Field("amountIn", "must be integer numeric string, in base units"),
            new OrderError.Malformed("Invalid request: the body must be a JSON object"),
            new OrderError.Field("owner", "must be a Stacks address", "invalid_principal"),
            new OrderError.Field("signature", "must be 130 hex digits (65 bytes r, s, v) without 0x", "invalid_signature_format"),
            new OrderError.Field("amountIn", "must be at most 2^128-1", "amount_out_of_range"),
            new OrderError.Field("targetPrice", "must have at most 20 integer digits", "price_out_of_range"),
            new OrderError.Field("targetPrice", "must be positive: greater than 0 unless conditionToken is \"*\"", "target_price_zero"),
            new OrderError.Field("validTo", "is in the past", "valid_to_in_past"),
            new OrderError.Field("minAmountout", "is not a field of an order and protects nothing: say minAmountOut", "misnamed_field"),
            new OrderError.Field("recipient",
                "is a contract that the swap itself runs through: nobody could take out again what is paid to it", "recipient_is_venue"),
            new OrderError.Field("recipient", "is the contract of the token that is sold: nobody could take out again what is paid to it",
                "recipient_is_token"),
            new OrderError.UnknownToken("outputToken", "ST000000000000000000002AMW42H.no-token"),
            new OrderError.BadSignature("it is not the owner's over these terms"),
            new OrderError.WrongNetwork("testnet", 2147483648), new OrderError.WrongRouter("ST000000000000000000002AMW42H.router"),
            .. Proofs, new OrderError.Exists("recipient"), .. Idempotency, GetTokens.NotLoaded, .. Limits,
        ],
    };

    private OperationText List(string id) => new(
        id, "An owner's orders",
        "Needs the owner's proof, unless the operator opened reads. Without page and limit: the 50 newest and nextCursor, to be sent as cursor for the next. "
        + "With page or limit: pages as far as the first 10,000 orders. status=open includes broadcasted and cancelling.")
    {
        Parameters =
        [
            new("owner", ParameterLocation.Query, "Whose orders; without it the wallet that asks.") { Is = Shape.Address },
            new("page", ParameterLocation.Query, "From 1; page times limit at most 10000.") { Bounds = (1, OrdersQuery.PagedMax) },
            new("limit", ParameterLocation.Query, "10 with pages, 50 with a cursor.") { Bounds = (1, OrdersQuery.LimitMax) },
            new("sortBy", ParameterLocation.Query, "Pages only.") { Words = ["createdAt", "status"], Default = "createdAt" },
            new("sortOrder", ParameterLocation.Query, "Pages only.") { Words = ["desc", "asc"], Default = "desc" },
            new("status", ParameterLocation.Query,
                $"Only these, several with commas between them: {string.Join(", ", CharismaStatus.Filters)}. open includes broadcasted and cancelling; filled is confirmed.") { Default = CharismaStatus.All },
            new("strategyId", ParameterLocation.Query, "The client's own strategyId."),
            new("groupId", ParameterLocation.Query, "Legs of this group.") { Is = Shape.Uuid },
            new("token", ParameterLocation.Query, "Sold or bought."),
            new("pair", ParameterLocation.Query, "Two tokens with / between them, sold for each other either way."),
            new("since", ParameterLocation.Query, "Created at this time or later.") { Is = Shape.Moment },
            new("search", ParameterLocation.Query, "Part of a uuid, an owner, a token or a txid."),
            new("cursor", ParameterLocation.Query, "nextCursor of the page before."),
            .. ProofParameters("list_orders", null),
        ],
        Gives = typeof(OrderListRecord),
        Answer = CharismaExamples.Page(CharismaExamples.Confirmed(signed.AtPrice())),
        Refusals = [new OrderError.Field("page", "must be a whole number from 1"),
            new OrderError.Field("page", "reaches beyond the first 10000 orders: walk on with cursor", "use_cursor"), .. Proofs, .. Limits],
    };

    private OperationText Execute(string uuid) =>
        Owners("executeOrder", "execute_order", "Execute an order now",
            "Skips the price, never the window, a pause or the min amount out. Answers once the transaction is stored. Makes one try; with retry=true an order without a condition is tried again should it fail, as others are.", uuid) with
            {
                Parameters = [PathUuid(uuid),
                    new("retry", ParameterLocation.Query, "true for more than one try.") { IsTruth = true, Default = false },
                    .. ProofParameters("execute_order", uuid)],
                Gives = typeof(ExecutedRecord),
                Answer = CharismaExamples.Executed(),
                Refusals =
                [
                    new OrderError.NotOpen("cancelled"),
                    new OrderError.NotExecutable("no_route", "no route from the sell token to the buy token"),
                    new OrderError.NotExecutable("waits_for_leg",
                        "its turn comes when leg 1 of its group, order 550e8400-e29b-41d4-a716-446655440000, is swapped"),
                        new OrderError.Conflict("other_leg_in_flight", "Another leg of its group was sent"),
                    new OrderError.NotExecutable("not_yet_valid", "its validFrom, 2030-01-01T00:00:00.000Z, has not come"),
                    new OrderError.Field("retry", "must be true or false"),
                    new OrderError.BelowMin(new TokenAmount(990), new TokenAmount(1000)),
                    new OrderError.PriceImpact(new TokenAmount(90), new TokenAmount(1000), new TokenAmount(950), 500),
                    new OrderError.NotExecutable("value_below_fee", "0.01 CHA is worth less than 2 times the fee of its transaction"),
                    new OrderError.InsufficientBalance(new TokenAmount(400_000), new TokenAmount(1_000_000)),
                    .. Proofs, .. ExplainDocument.Absent, new OrderError.InFlight(CharismaExamples.TxId), .. Limits, .. NotNow,
                ],
            };

    private OperationText Quote() => new("getQuote", "Quote a swap", "What a swap would pay now: the route object and its summary.")
    {
        Parameters =
        [
            new("tokenIn", ParameterLocation.Query, "Contract id or .stx.", signed.AtOnce()["inputToken"]!.GetValue<string>(),
                IsRequired: true) { Is = Shape.Token },
            new("tokenOut", ParameterLocation.Query, "Contract id or .stx.", ".stx", IsRequired: true) { Is = Shape.Token },
            new("amount", ParameterLocation.Query, "Base units, a positive integer.", "1000000", IsRequired: true) { Is = Shape.BaseUnits },
            new("slippageBps", ParameterLocation.Query, "For minimumReceived, in basis points; the service's default without it.")
                { Is = Shape.BasisPoints },
        ],
        Gives = typeof(QuoteAnswerRecord),
        Answer = CharismaExamples.Quote(),
        Refusals = [new OrderError.Field("tokenIn", "is missing"), new OrderError.UnknownToken("tokenIn", "no-token"),
            new OrderError.NotExecutable("no_route", "no route"), GetTokens.NotLoaded, .. Limits],
    };

    private OperationText Owners(string id, string action, string summary, string description, string uuid) =>
        new(id, summary,
            description
                + " Asked for by the owner's API key or by the owner's signature; the example is signed by the demo key for the waiting order above, and good for five minutes.")
                {
                    Parameters = [PathUuid(uuid), .. ProofParameters(action, uuid)], Gives = typeof(OrderAnswerRecord),
                    Headers = [IdempotencyFilter.OrderHeader],
                };

    private static ParameterText PathUuid(string uuid) =>
        new("uuid", ParameterLocation.Path, "The order's uuid as it was signed, case included.", uuid, IsRequired: true)
            { Is = Shape.Uuid };

    private ParameterText[] ProofParameters(string action, string? uuid)
    {
        var text = uuid is null ? signed.Message(action, ("owner", signed.Owner.ToString())) : signed.Message(action, ("uuid", uuid));
        return
        [
            new("X-API-Key", ParameterLocation.Header, "A key of the owner's with the permission, instead of a signature."),
            new("x-message", ParameterLocation.Header,
                "The exact text that was signed. Without it the bare uuid was, as the original has it for cancel and execute.", text),
            new("x-signature", ParameterLocation.Header, "The owner's signature over the message (R, S, V in hex).", signed.Sign(text)),
            new("x-public-key", ParameterLocation.Header, "Optional: recovered from the signature where it is missing."),
        ];
    }
}
