using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Sealing;
using OrderService.Engine.Webhooks;

namespace OrderService.Api.Charisma.Webhooks;

/// <summary>What the native document says of webhooks.</summary>
internal static class WebhookDocument
{
    private const string Id = "c4a760a8dbcf4e148f39d6c2f1e0b7a5";
    private const string Proof = " Proven by the wallet itself, never by a key: what is asked for stands in the signed message. The three parts of the proof may stand in a body as they do at create, or in headers.";

    private static readonly OrderError[] Proofs =
    [
        new OrderError.Field("walletAddress", "is not a Stacks address", "invalid_wallet_address"),
        new OrderError.WrongNetwork("testnet", 2147483648),
        new OrderError.Unauthenticated("invalid_signature", "Signature verification failed: no key fits it"),
        new OrderError.Unauthenticated("invalid_message", "The signed message must be a JSON object with action and timestamp"),
        new OrderError.Unauthenticated("expired_timestamp",
            "EXPIRED_TIMESTAMP: the message's timestamp must be within 5 minutes of the server's clock"),
        new OrderError.Unauthenticated("missing_credentials", "Missing required headers: X-Message, X-Signature, X-Wallet-Address"),
    ];

    private static readonly OrderError[] Changes =
    [
        .. Proofs, new OrderError.Malformed("Missing required fields: message, signature, walletAddress") { Code = "missing_fields" },
        new OrderError.Unauthenticated("message_already_used", "This signed message was used already: sign a new one"),
    ];

    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed) => new()
    {
        ["POST /api/v1/webhooks"] = Of(signed, "addWebhook", "Be told what happens",
            "Messages by Standard Webhooks (v1) to this address, from now on. The secret is told this once. kinds in the message names which events; without it all of the wallet's." + Proof,
            WalletActions.AddWebhook, typeof(NewWebhookRecord),
            Answer(("webhook", Webhook()), ("secret", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDJkMlpoFyEvo=")), isOfOne: false,
            [.. Changes, new OrderError.Field("url", "must begin with https://"),
                new OrderError.Field("url", "must lead to a public address", "address_not_public"),
                new OrderError.Unprocessable("webhooks_off", "This service sends no webhooks"),
                new OrderError.TooMany("too_many_webhooks", "This wallet has 10 webhooks: remove one first", TimeSpan.FromMinutes(1)),
                MasterKeyRing.Missing]) with
        {
            Takes = typeof(SignedCallRecord),
            Bodies = [("signed",
                Body(signed,
                    signed.Message(WalletActions.AddWebhook, ("url", "https://example.com/hook"),
                        ("kinds", new JsonArray("confirmed", "failed")))))], Parameters = [],
        },
        ["GET /api/v1/webhooks"] = Of(signed, "listWebhooks", "A wallet's webhooks",
            "All of them, oldest first; never their secrets." + Proof, WalletActions.ListWebhooks, typeof(WebhookListRecord),
            Answer(("webhooks", new JsonArray(Webhook()))), isOfOne: false, Proofs),
        ["GET /api/v1/webhooks/{webhookId}"] = Of(signed, "getWebhook", "One webhook", "As it stands now." + Proof,
            WalletActions.ListWebhooks, typeof(WebhookAnswerRecord), Answer(("webhook", Webhook())), isOfOne: true,
            [.. Proofs, ChangeWebhooks.NotFound]),
        ["DELETE /api/v1/webhooks/{webhookId}"] = Of(signed, "removeWebhook", "Remove a webhook", "With all that waits for it." + Proof,
            WalletActions.RemoveWebhook, typeof(RemovedWebhookRecord), Answer(("message", "The webhook has been removed")), isOfOne: true,
            [.. Changes, ChangeWebhooks.NotFound]),
        ["POST /api/v1/webhooks/{webhookId}/rotate"] = Of(signed, "rotateWebhook", "A new secret",
            "The secret before signs beside it for a while, so that nothing is lost while the receiver is changed." + Proof,
            WalletActions.RotateWebhook, typeof(NewWebhookRecord),
            Answer(("webhook", Webhook()), ("secret", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDJkMlpoFyEvo=")), isOfOne: true,
            [.. Changes, ChangeWebhooks.NotFound]),
        ["POST /api/v1/webhooks/{webhookId}/enable"] = Of(signed, "enableWebhook", "Enable a webhook again",
            "It goes on where it stopped, and what waits is sent at once." + Proof, WalletActions.EnableWebhook,
            typeof(WebhookAnswerRecord), Answer(("webhook", Webhook())), isOfOne: true, [.. Changes, ChangeWebhooks.NotFound]),
        ["POST /api/v1/webhooks/{webhookId}/test"] = Of(signed, "testWebhook", "Try a webhook",
            "Sends a message of type webhook.test now, and tells what was answered." + Proof, WalletActions.TestWebhook,
            typeof(SuccessRecord<WebhookTestRecord>),
            CharismaExamples.Success(new JsonObject { ["delivered"] = true, ["answerStatus"] = 200, ["answer"] = "ok", ["tookMs"] = 42 }),
            isOfOne: true, [.. Changes, ChangeWebhooks.NotFound]),
        ["POST /api/v1/webhooks/{webhookId}/redeliver"] = Of(signed, "redeliverWebhook", "Send again",
            "What happened at these positions, from and to of the message, both included: what was sent is sent again under its id, and what was not is queued." + Proof, WalletActions.RedeliverWebhook,
            typeof(SuccessRecord<RedeliveryRecord>), CharismaExamples.Success(new JsonObject { ["queued"] = 12 }), isOfOne: true,
            [.. Changes, new OrderError.Field("from", "must be a position: a whole number from 1"), ChangeWebhooks.NotFound]),
        ["GET /api/v1/webhooks/{webhookId}/deliveries"] = Of(signed, "listDeliveries", "What was sent",
            "The latest first, with the first KiB of each answer." + Proof, WalletActions.ListWebhooks, typeof(DeliveryListRecord),
            Answer(("deliveries", new JsonArray(Delivery()))), isOfOne: true,
            [.. Proofs, new OrderError.Field("limit", "must be a whole number of 1 to 500"), ChangeWebhooks.NotFound],
            new("before", ParameterLocation.Query, "Those before this position.") { Bounds = (1, null) },
            new("limit", ParameterLocation.Query, "How many at most.")
            {
                Bounds = (1, DeliveryListRecord.LimitMax), Default = DeliveryListRecord.LimitDefault,
            }),
    };

    private static OperationText Of(
        SignedExample signed, string id, string summary, string description, string action, Type gives, JsonNode answer, bool isOfOne,
        OrderError[] refusals, params ParameterText[] more)
    {
        var message = action == WalletActions.RedeliverWebhook ? signed.Message(action, ("webhookId", Id), ("from", 1), ("to", 100))
            : isOfOne ? signed.Message(action, ("webhookId", Id)) : signed.Message(action);
        ParameterText[] path = isOfOne
            ? [new("webhookId", ParameterLocation.Path, "The webhook's id: 32 hex digits.", Id, IsRequired: true)] : [];
        return new OperationText(id, summary, description)
        {
            Parameters =
            [
                .. path, .. more, new("x-message", ParameterLocation.Header, "The exact text that was signed.", message),
                new("x-signature", ParameterLocation.Header, "The wallet's signature over the message (R, S, V in hex).",
                    signed.Sign(message)),
                new("x-wallet-address", ParameterLocation.Header, "The wallet that signed.", signed.Owner.ToString()),
            ],
            Gives = gives, Answer = answer, Refusals = refusals,
        };
    }

    private static JsonObject Body(SignedExample signed, string message) => new()
    {
        ["message"] = message, ["signature"] = signed.Sign(message), ["walletAddress"] = signed.Owner.ToString(),
    };

    private static JsonObject Answer(params (string Name, JsonNode Value)[] members)
    {
        var answer = new JsonObject { ["status"] = Answers.Success };
        foreach (var (name, value) in members) answer[name] = value;
        return answer;
    }

    private static JsonObject Webhook() => new()
    {
        ["id"] = Id, ["url"] = "https://example.com/hook", ["kinds"] = new JsonArray("confirmed", "failed"),
        ["status"] = WebhookEndpoint.Active, ["createdAt"] = "2030-01-01T12:00:00.000Z", ["position"] = 57, ["pending"] = 0,
    };

    private static JsonObject Delivery() => new()
    {
        ["messageId"] = "msg_7d3f9c0a51b2e684_57", ["position"] = 57, ["kind"] = "confirmed",
        ["order"] = "550e8400-e29b-41d4-a716-446655440000", ["status"] = "delivered", ["attempts"] = 1,
        ["queuedAt"] = "2030-01-01T12:00:07.000Z", ["triedAt"] = "2030-01-01T12:00:07.050Z", ["tookMs"] = 42, ["answerStatus"] = 200,
        ["answer"] = "ok",
    };
}
