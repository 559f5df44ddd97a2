using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What the native document says of calls about several orders.</summary>
internal static class BulkDocument
{
    internal const string Proof = " Proven by a key of the wallet's with the permission, or by a message of the wallet's that has all that is asked for; the example is signed by the demo key, and good for five minutes. An addition to the original API.";

    internal static readonly OrderError[] Changes =
    [
        new OrderError.Malformed("Invalid request: the body must be a JSON object"), .. CharismaDocument.Proofs,
        new OrderError.Unauthenticated("missing_credentials", "Missing authentication: sign the request, or use X-API-Key"),
        new OrderError.Unauthenticated("invalid_message",
            "The signed message must have what is asked for: what stands beside it in the body is not signed"),
        new OrderError.Unauthenticated("message_already_used", "This signed message was used already: sign a new one"),
        .. CharismaDocument.Idempotency,
    ];

    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed) => new()
    {
        ["POST /api/v1/orders/batch"] = Create(signed),
        ["POST /api/v1/orders/batch/cancel"] = Many(signed, "cancelOrders", WalletActions.CancelOrders, "Cancel several orders",
            "Each is as definitive as the cancel of one order, and has a result of its own; up to 100 in one transaction.",
            typeof(ManyRecord)) with
            {
                Answer = Answer(new JsonObject { ["orderStatus"] = "cancelled" }, new OrderError.InFlight(CharismaExamples.TxId)),
            },
        ["POST /api/v1/orders/cancel-all"] = CancelAll(signed),
        ["POST /api/v1/orders/batch/execute"] = Many(signed, "executeOrders", WalletActions.ExecuteOrders, "Execute several orders now",
            "Up to 100 orders are claimed in one transaction and sent in one: an airdrop is one order for each recipient. Each skips its price, never its window, a pause or its min amount out. Where more are asked for than the accounts that pay may have in flight, the rest is refused with solvers_busy, keeps its turn, and is sent as soon as one is free.", typeof(ExecuteManyRecord)) with
            {
                Answer = Answer(new JsonObject { ["txid"] = CharismaExamples.TxId }, new OrderError.NotOpen("cancelled")),
            },
    };

    private static OperationText CancelAll(SignedExample signed)
    {
        var message = signed.Message(WalletActions.CancelAll, ("filter", new JsonObject { ["strategyId"] = "grid-1" }));
        var answer = Answer(new JsonObject { ["orderStatus"] = "cancelled" }, new OrderError.InFlight(CharismaExamples.TxId)).AsObject();
        return new OperationText("cancelAllOrders", "Cancel all open orders",
            "Every open order of the wallet that fits the filter, by whatever API it came, newest first and each as definitive as the cancel of one; filter {} means all. complete is false where there was no time for more: call again." + Proof)
            {
                Parameters = [Key(), Once()], Takes = typeof(CancelAllRecord), Gives = typeof(BulkAnswerRecord),
                Headers = [IdempotencyFilter.ReplayedHeader], Bodies = [("signed", Body(signed, message))],
                Answer = With(answer, "complete", true),
                Refusals = [.. Changes, new OrderError.Field("filter", "is required: {} means all orders of the wallet"),
                    .. CharismaDocument.Limits],
            };
    }

    private static OperationText Many(SignedExample signed, string id, string action, string summary, string description, Type takes)
    {
        var message = signed.Message(action, ("uuids", new JsonArray("550e8400-e29b-41d4-a716-446655440000")));
        return new OperationText(id, summary, description + Proof)
        {
            Parameters = [Key(), Once()], Takes = takes, Gives = typeof(BulkAnswerRecord), Headers = [IdempotencyFilter.ReplayedHeader],
            Bodies = [("signed", Body(signed, message))],
            Refusals = [.. Changes, new OrderError.Field("uuids", "must be a list of 1 to 100 uuids"), .. CharismaDocument.Limits],
        };
    }

    private static OperationText Create(SignedExample signed) => new(
        "createOrders", "Create several orders",
        "Stores up to 100 orders of one wallet, each of them signed as for POST orders/new, in one call of at most 512 KiB. Each has a result of its own; with atomic=true all are stored in one transaction or none, "
        + "and the first that cannot be is the refusal, with its place as details.index. An addition to the original API.")
    {
        Parameters = [new(Authenticator.KeyHeader, ParameterLocation.Header, "Optional: a key of the owner's with the permission create."),
            Once()],
        Takes = typeof(NewBatchRecord), Gives = typeof(BulkAnswerRecord), Headers = [IdempotencyFilter.ReplayedHeader],
        Bodies = [("each for itself", Batch(signed.AtPrice(), signed.Manual())),
            ("all or none", With(Batch(signed.AtPrice(), signed.Manual()), "atomic", true))],
        Answer = Answer(new JsonObject { ["order"] = CharismaExamples.Open(signed.AtPrice()) },
            new OrderError.Field("amountIn", "must be integer numeric string, in base units")),
        Refusals =
        [
            new OrderError.Field("orders", "must be a list of 1 to 100 orders"),
            new OrderError.Malformed("Invalid request: the body must be a JSON object"),
            new OrderError.Field("orders[1].owner", "must be the owner of the other orders too: a batch is of one wallet"),
            new OrderError.BadSignature("it is not the owner's over these terms"),
            .. CharismaDocument.Proofs, new OrderError.Exists("recipient"), .. CharismaDocument.Idempotency, GetTokens.NotLoaded,
            .. CharismaDocument.Limits,
        ],
    };

    private static JsonObject Batch(params JsonObject[] orders) => new() { ["orders"] = new JsonArray([.. orders]) };

    internal static JsonObject Body(SignedExample signed, string message) => new()
    {
        ["message"] = message, ["signature"] = signed.Sign(message), ["walletAddress"] = signed.Owner.ToString(),
    };

    internal static ParameterText Key() =>
        new(Authenticator.KeyHeader, ParameterLocation.Header, "A key of the wallet's with the permission, instead of a signature.");

    internal static ParameterText Once() =>
        new(IdempotencyFilter.Header, ParameterLocation.Header,
            "Optional: the same request again under the same key gets the same answer, and nothing is done twice.");

    private static JsonObject Answer(JsonObject done, OrderError refused, string second = "7d9e2c1a-0f4b-4c8e-9a57-1b2c3d4e5f60")
    {
        var first = new JsonObject
        {
            ["index"] = 0, ["uuid"] = (string?)done["order"]?["uuid"] ?? "0b6f1c5e-4b7a-4a43-9d5e-3f7f2c1d0e9a", ["ok"] = true,
        };
        foreach (var (name, value) in done) first[name] = value?.DeepClone();
        var facts = CharismaErrors.FactsOf(refused);
        var refusal = JsonNode.Parse(
            JsonAnswer.Bytes(json => CharismaErrors.Write(json, facts, DateTimeOffset.FromUnixTimeMilliseconds(1_893_499_200_007))).Span);
        return new JsonObject
        {
            ["status"] = "success",
            ["data"] = new JsonArray(first, new JsonObject { ["index"] = 1, ["uuid"] = second, ["ok"] = false, ["refusal"] = refusal }),
            ["succeeded"] = 1, ["failed"] = 1,
        };
    }

    private static JsonObject With(JsonObject to, string name, JsonNode value)
    {
        to[name] = value;
        return to;
    }
}
