using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.Charisma;

/// <summary>Says in the native document what the routes cannot say themselves, since they read raw bodies. Examples are made anew with every fetch.</summary>
internal sealed class CharismaDocument(SignedExample signed, TimeProvider time) : IDocumentFilter
{
    public const string Name = "charisma";

    private static readonly OrderError[] Limits =
    [
        new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(30)),
        new OrderError.Unavailable("unavailable", "The service is not available right now; try again", TimeSpan.FromSeconds(2)),
    ];

    // What an order that is executed by a call may have to wait for.
    private static readonly OrderError[] NotNow =
    [
        new OrderError.Unavailable("solvers_busy", "Every account that pays has as much in flight as it may", TimeSpan.FromSeconds(5)),
        new OrderError.Unavailable("fee_budget", "The fees of this hour are spent, the owner's or the installation's", TimeSpan.FromMinutes(20)),
        new OrderError.Unavailable("venue_unavailable", "The venue could not be asked", TimeSpan.FromSeconds(5)),
        new OrderError.Unavailable("no_believed_price", "No price is believed now of one of its tokens", TimeSpan.FromSeconds(5)),
        new OrderError.Unavailable("balance_unread", "The venue was asked for as many balances as it may be in this minute", TimeSpan.FromSeconds(30)),
        new OrderError.Unavailable("balance_outdated", "The balance has changed since it was read", TimeSpan.FromSeconds(1)),
    ];

    private static readonly OrderError[] Proofs =
    [
        new OrderError.Unauthenticated("invalid_signature", "Signature verification failed"),
        new OrderError.Forbidden("permission_denied", "this key has no permission for that"),
    ];

    private static readonly OrderError.NotFound NotFound = new();

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName != Name) return;
        var texts = Texts().Concat(ApiKeyDocument.Texts(signed, time)).Concat(AccountDocument.Texts(signed)).Concat(PriceDocument.Texts()).Concat(EventDocument.Texts(signed)).Concat(SimulatorDocument.Texts(signed)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, item) in swaggerDoc.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (!texts.TryGetValue($"{method} {path}", out var text)) continue;
                var (factsOf, shape) = ErrorsOf(path);
                text.ApplyTo(operation, factsOf, facts => BodyOf(facts, shape));
            }
        }
    }

    private static (Func<OrderError, ErrorFacts> FactsOf, ErrorShape Shape) ErrorsOf(string path) => path switch
    {
        "/api/v1/quote" => (CharismaErrors.FactsOf, CharismaErrors.WriteOfQuote),
        _ when path.StartsWith("/api/v1/prices/", StringComparison.Ordinal) => (PriceErrors.FactsOf, PriceErrors.Write),
        _ => (CharismaErrors.FactsOf, CharismaErrors.Write),
    };

    private Dictionary<string, OperationText> Texts()
    {
        var waiting = signed.AtPrice();
        var uuid = waiting["uuid"]!.GetValue<string>();
        return new Dictionary<string, OperationText>
        {
            ["POST /api/v1/orders/new"] = Create(waiting),
            ["GET /api/v1/orders"] = List(),
            ["GET /api/v1/orders/index"] = List(),
            ["GET /api/v1/orders/{uuid}"] = new("One order", "Open to everyone who knows the uuid. The signature is never in an answer.")
            {
                Parameters = [PathUuid(uuid)], Answer = CharismaExamples.Success(CharismaExamples.Confirmed(waiting)), Refusals = [NotFound, .. Limits],
            },
            ["PATCH /api/v1/orders/{uuid}/cancel"] = Owners("cancel_order", "Cancel an order", "Definitive: after 200 no swap follows. What was sent before and failed is spent first: the order reads cancelling, with code order_cancelling, until that is done. Where a swap may still confirm, 409 with its id.", uuid) with
            {
                Answer = CharismaExamples.Success(CharismaExamples.Cancelled(waiting)),
                Refusals = [new OrderError.NotOpen("completed"), .. Proofs, NotFound, new OrderError.InFlight(CharismaExamples.TxId), .. Limits],
            },
            ["PATCH /api/v1/orders/{uuid}/pause"] = Owners("pause_order", "Pause an order", "No tick fires it until it is resumed. An addition to the original API.", uuid) with
            {
                Answer = CharismaExamples.Success(CharismaExamples.Open(waiting, isPaused: true)), Refusals = [new OrderError.NotOpen("paused"), .. Proofs, NotFound, new OrderError.InFlight(CharismaExamples.TxId), .. Limits],
            },
            ["PATCH /api/v1/orders/{uuid}/resume"] = Owners("resume_order", "Resume a paused order", "It waits for its price and time again. An addition to the original API.", uuid) with
            {
                Answer = CharismaExamples.Success(CharismaExamples.Open(waiting)), Refusals = [new OrderError.NotOpen("open"), .. Proofs, NotFound, .. Limits],
            },
            ["POST /api/v1/orders/{uuid}/execute"] = Execute(uuid),
            ["GET /api/v1/quote"] = Quote(),
            ["GET /api/v1/tokens"] = new("Tokens", "What can be sold (type SUBNET), bought or watched here.") { Answer = CharismaExamples.Tokens(), Refusals = [GetTokens.NotLoaded] },
            ["GET /api/v1/network"] = new("What to sign for", "The venue, its network and chain-id, and the router that an intent must name as its target.") { Answer = CharismaExamples.Network() },
        };
    }

    private OperationText Create(JsonObject waiting) => new(
        "Create an order",
        "Stores an order that its owner's wallet has signed. Without a condition it waits for a call to execute; with conditionToken \"*\" it is due at once. "
        + "targetPrice is a trigger, not a limit price: minAmountOut, slippageBps and maxDeviationBps protect the swap (slippage is slippageBps in per cent): maxDeviationBps (0 to 10000) is how far below the believed prices a quote may be. The same body again answers the stored order. "
        + "The examples are signed by the published demo key of the simulated venue, with a fresh uuid each time this document is loaded.")
    {
        Parameters = [new("X-API-Key", ParameterLocation.Header, "Optional: a key of the owner's with the permission create.")],
        Bodies = [("at once", signed.AtOnce()), ("when a price is reached", waiting), ("by a call to execute", signed.Manual())],
        Answer = CharismaExamples.Success(CharismaExamples.Open(waiting)),
        Statuses = [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status500InternalServerError],
        Refusals =
        [
            new OrderError.Field("amountIn", "must be integer numeric string, in base units"), new OrderError.Malformed("Invalid request: the body must be a JSON object"),
            new OrderError.Field("owner", "must be a Stacks address", "invalid_principal"),
            new OrderError.Field("signature", "must be 130 hex digits (65 bytes r, s, v) without 0x", "invalid_signature_format"),
            new OrderError.Field("amountIn", "must be at most 2^128-1", "amount_out_of_range"), new OrderError.Field("targetPrice", "must have at most 20 integer digits", "price_out_of_range"),
            new OrderError.Field("targetPrice", "must be positive: greater than 0 unless conditionToken is \"*\"", "target_price_zero"),
            new OrderError.Field("validTo", "is in the past", "valid_to_in_past"),
            new OrderError.Field("minAmountout", "is not a field of an order and protects nothing: say minAmountOut", "misnamed_field"),
            new OrderError.Field("recipient", "is a contract that the swap itself runs through: nobody could take out again what is paid to it", "recipient_is_venue"),
            new OrderError.Field("recipient", "is the contract of the token that is sold: nobody could take out again what is paid to it", "recipient_is_token"),
            new OrderError.UnknownToken("outputToken", "ST000000000000000000002AMW42H.no-token"), new OrderError.BadSignature("it is not the owner's over these terms"),
            new OrderError.WrongNetwork("testnet", 2147483648), new OrderError.WrongRouter("ST000000000000000000002AMW42H.router"),
            .. Proofs, new OrderError.Exists("recipient"), GetTokens.NotLoaded, .. Limits,
        ],
    };

    private OperationText List() => new(
        "An owner's orders",
        "Needs the owner's proof, unless the operator opened reads. Without page and limit: the 50 newest and nextCursor, to be sent as cursor for the next. "
        + "With page or limit: pages as far as the first 10,000 orders. status=open includes broadcasted and cancelling.")
    {
        Parameters =
        [
            new("owner", ParameterLocation.Query, "Whose orders; without it the wallet that asks."), new("page", ParameterLocation.Query, "From 1."),
            new("limit", ParameterLocation.Query, "1 to 50; 10 with pages, 50 with a cursor."), new("sortBy", ParameterLocation.Query, "createdAt (default) or status; pages only."),
            new("sortOrder", ParameterLocation.Query, "desc (default) or asc; pages only."), new("status", ParameterLocation.Query, "all, open, broadcasted, cancelling, confirmed, failed or cancelled."),
            new("search", ParameterLocation.Query, "Part of a uuid, an owner, a token or a txid."), new("cursor", ParameterLocation.Query, "nextCursor of the page before."),
            .. ProofParameters("list_orders", null),
        ],
        Answer = CharismaExamples.Page(CharismaExamples.Confirmed(signed.AtPrice())),
        Refusals = [new OrderError.Field("page", "must be a whole number from 1"), new OrderError.Field("page", "reaches beyond the first 10000 orders: walk on with cursor", "use_cursor"), .. Proofs, .. Limits],
    };

    private OperationText Execute(string uuid) => Owners("execute_order", "Execute an order now", "Skips the price, never the window, a pause or the min amount out. Answers once the transaction is stored. Makes one try; with retry=true an order without a condition is tried again should it fail, as others are.", uuid) with
    {
        Answer = CharismaExamples.Executed(),
        Refusals =
        [
            new OrderError.NotOpen("cancelled"), new OrderError.NotExecutable("no_route", "no route from the sell token to the buy token"),
            new OrderError.NotExecutable("not_yet_valid", "its validFrom, 2030-01-01T00:00:00.000Z, has not come"), new OrderError.Field("retry", "must be true or false"),
            new OrderError.BelowMin(new TokenAmount(990), new TokenAmount(1000)), new OrderError.PriceImpact(new TokenAmount(90), new TokenAmount(1000), new TokenAmount(950), 500),
            new OrderError.NotExecutable("value_below_fee", "0.01 CHA is worth less than 2 times the fee of its transaction"), new OrderError.InsufficientBalance(new TokenAmount(400_000), new TokenAmount(1_000_000)),
            .. Proofs, NotFound, new OrderError.InFlight(CharismaExamples.TxId), .. Limits, .. NotNow,
        ],
    };

    private OperationText Quote() => new("Quote a swap", "What a swap would pay now: the route object and its summary.")
    {
        Parameters =
        [
            new("tokenIn", ParameterLocation.Query, "Contract id or .stx.", signed.AtOnce()["inputToken"]!.GetValue<string>(), IsRequired: true),
            new("tokenOut", ParameterLocation.Query, "Contract id or .stx.", ".stx", IsRequired: true),
            new("amount", ParameterLocation.Query, "Base units, a positive integer.", "1000000", IsRequired: true),
            new("slippageBps", ParameterLocation.Query, "For minimumReceived, in 1/10000."),
        ],
        Answer = CharismaExamples.Quote(),
        Refusals = [new OrderError.Field("tokenIn", "is missing"), new OrderError.UnknownToken("tokenIn", "no-token"), new OrderError.NotExecutable("no_route", "no route"), GetTokens.NotLoaded, .. Limits],
    };

    private OperationText Owners(string action, string summary, string description, string uuid) =>
        new(summary, description + " Asked for by the owner's API key or by the owner's signature; the example is signed by the demo key for the waiting order above, and good for five minutes.")
        {
            Parameters = [PathUuid(uuid), .. ProofParameters(action, uuid)],
        };

    private static ParameterText PathUuid(string uuid) => new("uuid", ParameterLocation.Path, "The order's uuid as it was signed, case included.", uuid, IsRequired: true);

    private ParameterText[] ProofParameters(string action, string? uuid)
    {
        var text = uuid is null ? signed.Message(action, ("owner", signed.Owner.ToString())) : signed.Message(action, ("uuid", uuid));
        return
        [
            new("X-API-Key", ParameterLocation.Header, "A key of the owner's with the permission, instead of a signature."),
            new("x-message", ParameterLocation.Header, "The exact text that was signed. Without it the bare uuid was, as the original has it for cancel and execute.", text),
            new("x-signature", ParameterLocation.Header, "The owner's signature over the message (R, S, V in hex).", signed.Sign(text)),
            new("x-public-key", ParameterLocation.Header, "Optional: recovered from the signature where it is missing."),
        ];
    }

    private JsonNode BodyOf(ErrorFacts facts, ErrorShape shape) =>
        JsonNode.Parse(JsonAnswer.Bytes(json => shape(json, facts, time.GetUtcNow())).Span)!;
}
