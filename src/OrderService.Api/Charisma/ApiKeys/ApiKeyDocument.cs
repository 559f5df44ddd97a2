using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>
/// What the native document says of the API key routes. The body of create works when it is pasted: its name is fresh and its key ends
/// after a day.
/// </summary>
internal static class ApiKeyDocument
{
    private const string KeyId = "7c9e6679742540de944be07fc1f90ae7";
    private const string BySignature =
        " Proven by the wallet itself, never by a key. The example is signed by the published demo key and good for five minutes.";

    // The server can make no example for a key that is not there yet.
    private const string OfYourKey = BySignature
        + " Its keyId stands for one that create has answered: with that one, sign the message anew.";

    private static readonly OrderError[] Proofs =
    [
        new OrderError.Field("walletAddress", "is not a Stacks address", "invalid_wallet_address"),
        new OrderError.WrongNetwork("testnet", 2147483648),
        new OrderError.Unauthenticated("invalid_signature", "Signature verification failed: no key fits it"),
        new OrderError.Unauthenticated("invalid_message", "The signed message must be a JSON object with action and timestamp"),
        new OrderError.Unauthenticated("expired_timestamp",
            "EXPIRED_TIMESTAMP: the message's timestamp must be within 5 minutes of the server's clock"),
    ];

    private static readonly OrderError[] ProofsOfRead =
        [.. Proofs,
            new OrderError.Unauthenticated("missing_credentials", "Missing required headers: X-Message, X-Signature, X-Wallet-Address")];

    private static readonly OrderError[] ProofsOfChange =
    [
        .. Proofs, new OrderError.Malformed("Missing required fields: message, signature, walletAddress") { Code = "missing_fields" },
        new OrderError.Unauthenticated("message_already_used", "This signed message was used already: sign a new one"),
    ];

    private static readonly OrderError[] NotTheirs =
        [new OrderError.Forbidden("wrong_wallet", "Unauthorized: the API key belongs to another wallet"), ReadApiKey.NotFound()];

    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed, TimeProvider time) => new()
    {
        ["POST /api/v1/api-keys"] = Create(signed, time),
        ["GET /api/v1/api-keys"] = new("listApiKeys", "A wallet's API keys",
            "All of them, newest first, the revoked ones too; never their secrets." + BySignature)
            {
                Parameters = ProofParameters(signed, signed.Message(WalletActions.ListApiKeys)), Gives = typeof(ApiKeyListRecord),
                Answer = Success(("apiKeys", new JsonArray(Key(signed)))),
                Refusals = ProofsOfRead,
            },
        ["GET /api/v1/api-keys/{keyId}"] = new("getApiKey", "One API key and what it did",
            "The key with its counters, and its 50 latest requests." + OfYourKey)
            {
                Parameters = [PathKeyId(), .. ProofParameters(signed, signed.Message(WalletActions.GetApiKeyStats, ("keyId", KeyId)))],
                Gives = typeof(ApiKeyAnswerRecord), Answer = Success(("apiKey", Key(signed)), ("recentActivity", new JsonArray(Request()))),
                Refusals = [.. ProofsOfRead, .. NotTheirs],
            },
        ["DELETE /api/v1/api-keys/{keyId}"] = new(
            "revokeApiKey", "Revoke an API key",
            "For good. The message works once. Its three parts may stand in a body as they do at create, or in the headers shown here."
                + OfYourKey)
        {
            Parameters = [PathKeyId(), .. ProofParameters(signed, signed.Message(WalletActions.DeleteApiKey, ("keyId", KeyId)))],
            Gives = typeof(RevokedKeyRecord), Answer = Success(("message", "API key \"my bot\" has been revoked")),
            Refusals = [.. ProofsOfChange, .. NotTheirs],
        },
    };

    private static OperationText Create(SignedExample signed, TimeProvider time)
    {
        var message = signed.Message(
            WalletActions.CreateApiKey, ("keyName", $"my bot {Guid.NewGuid():N}"), ("permissions", Permissions()),
            ("expiresAt", IsoTime.Text(time.RealNow().AddDays(1))));
        return new OperationText("createApiKey", "Create an API key",
            "Answers the secret this once; only its hash is kept. message is the exact text that was signed, and works once; expiresAt and limits (maxUsdPerDay, tokens, maxSlippageBps, ips) in it are optional." + BySignature)
            {
                Takes = typeof(SignedCallRecord), Gives = typeof(NewApiKeyRecord),
                Bodies = [("signed",
                    new JsonObject
                    {
                        ["message"] = message, ["signature"] = signed.Sign(message), ["walletAddress"] = signed.Owner.ToString(),
                    })],
                Answer = Success(
                    ("apiKey", "ck_live_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"), ("keyId", KeyId),
                    ("name", "my bot"), ("permissions", Permissions()),
                    ("rateLimit", 100), ("limits", Limits()), ("expiresAt", "2030-01-02T12:00:00.000Z")),
                Refusals =
                [
                    .. ProofsOfChange, new OrderError.Field("permissions", $"must name some of {ApiKeyPermissions.All}"),
                    new OrderError.Conflict(CreateApiKey.DuplicateName, "An active API key with this name already exists"),
                    new OrderError.TooMany("too_many_api_keys", "This wallet has 100 active API keys: revoke one first",
                        TimeSpan.FromMinutes(1)),
                ],
            };
    }

    private static ParameterText PathKeyId() =>
        new("keyId", ParameterLocation.Path, "The key's id: 32 hex digits.", KeyId, IsRequired: true);

    private static ParameterText[] ProofParameters(SignedExample signed, string message) =>
    [
        new("x-message", ParameterLocation.Header, "The exact text that was signed.", message),
        new("x-signature", ParameterLocation.Header, "The wallet's signature over the message (R, S, V in hex).", signed.Sign(message)),
        new("x-wallet-address", ParameterLocation.Header, "The wallet that signed.", signed.Owner.ToString()),
        new("x-public-key", ParameterLocation.Header, "Optional: recovered from the signature where it is missing."),
    ];

    private static JsonArray Permissions() => ["create", "execute", "cancel"];

    private static JsonObject Limits() => new() { ["maxSlippageBps"] = KeyLimits.DefaultSlippageBps };

    private static JsonObject Key(SignedExample signed) => new()
    {
        ["id"] = KeyId, ["walletAddress"] = signed.Owner.ToString(), ["name"] = "my bot", ["keyPreview"] = "ck_live_••••••••••••cdef",
        ["permissions"] = Permissions(),
        ["status"] = ApiKey.Active, ["rateLimit"] = 100, ["limits"] = Limits(), ["createdAt"] = "2030-01-01T12:00:00.000Z",
        ["expiresAt"] = "2030-01-02T12:00:00.000Z", ["lastUsedAt"] = "2030-01-01T12:00:07.000Z",
        ["usageStats"] = new JsonObject
        {
            ["totalRequests"] = 1, ["successfulRequests"] = 1, ["failedRequests"] = 0, ["creationCount"] = 1, ["executionCount"] = 0,
            ["cancellationCount"] = 0,
        },
    };

    private static JsonObject Request() => new()
    {
        ["keyId"] = KeyId, ["timestamp"] = "2030-01-01T12:00:07.000Z", ["method"] = "POST", ["endpoint"] = "/api/v1/orders/new",
        ["status"] = 200, ["success"] = true, ["responseTime"] = 4,
    };

    private static JsonObject Success(params (string Name, JsonNode? Value)[] members)
    {
        var answer = new JsonObject { ["status"] = "success" };
        foreach (var (name, value) in members) answer[name] = value;
        return answer;
    }
}
