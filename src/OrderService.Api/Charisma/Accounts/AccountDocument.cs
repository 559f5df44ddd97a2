using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Sealing;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>What the native document says of the account routes. The body of create works when it is pasted: its name is fresh.</summary>
internal static class AccountDocument
{
    private const string AccountId = "5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f";
    private const string WithdrawalId = "c2a1d0e9f8b74635a1b2c3d4e5f60718";
    private const string Created = "2030-01-01T12:00:00.000Z";

    private const string Proof = " Proven by the wallet's signature, or by a key of its with the permission accounts. The example is signed by the published demo key and good for five minutes.";

    private static readonly OrderError[] Proofs =
    [
        new OrderError.Unauthenticated("missing_credentials", "Missing authentication: sign the request, or use X-API-Key"),
        new OrderError.Unauthenticated("invalid_signature", "Signature verification failed: no key fits it"),
        new OrderError.Unauthenticated("invalid_message", "The signed message must be a JSON object with action and timestamp"),
        new OrderError.Unauthenticated("expired_timestamp",
            "EXPIRED_TIMESTAMP: the message's timestamp must be within 5 minutes of the server's clock"),
        new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"),
        new OrderError.Forbidden("permission_denied", "API key does not have the accounts permission"),
        new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(30)),
    ];

    private static readonly OrderError[] Changes =
    [
        .. Proofs, new OrderError.Malformed("Invalid request: the body must be a JSON object"),
        new OrderError.Unauthenticated("message_already_used", "This signed message was used already: sign a new one"),
        new OrderError.Field("Idempotency-Key", "must be one text of 1 to 200 visible ASCII characters", "invalid_idempotency_key"),
        new OrderError.Conflict("idempotency_in_flight", "The first request with this Idempotency-Key is still running"),
        new OrderError.Unprocessable("idempotency_key_reused", "Idempotency-Key was used for another request"), MasterKeyRing.Missing,
        MasterKeyRing.Rotated,
    ];

    private static readonly OrderError.Unavailable Away =
        new("venue_unavailable", "The venue does not tell what the account holds: try again", TimeSpan.FromSeconds(5));

    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed) => new()
    {
        ["POST /api/v1/accounts"] = Create(signed),
        ["GET /api/v1/accounts"] = new("listAccounts", "A wallet's managed accounts",
            "All of them, oldest first. Of each token: what the chain says the account holds, what orders and withdrawals have set aside, and what is available." + Proof)
            {
                Parameters = Reads(signed), Gives = typeof(AccountListRecord),
                Answer = Success(("accounts", new JsonArray(Account(signed, balances: true)))), Refusals = [.. Proofs, Away],
            },
        ["GET /api/v1/accounts/{accountId}"] = new("getAccount", "One managed account",
            "With its latest 20 withdrawals, and what else lies on its address: what no order here can sell." + Proof)
            {
                Parameters = [PathId(), .. Reads(signed)], Gives = typeof(AccountAnswerRecord),
                Answer = Success(("account",
                    With(With(Account(signed, balances: true), "others", Others()), "withdrawals",
                        new JsonArray(Withdrawal(signed, "confirmed"))))),
                Refusals = [.. Proofs, FindAccount.NotFound(), Away],
            },
        ["GET /api/v1/accounts/{accountId}/history"] = new(
            "listAccountHistory", "What happened to an account's funds",
            "Newest first. Of an order: reserved, started, given_back, spent, taken_back, returned; of a withdrawal: withdrawing, withdrawn, withdrawal_taken_back, withdrawal_returned." + Proof)
        {
            Parameters =
            [
                PathId(), new("before", ParameterLocation.Query, "nextBefore of the page before."),
                new("limit", ParameterLocation.Query, "How many at most.") { Bounds = (1, ReadAccountHistory.PageMax),
                    Default = GetAccountHistory.LimitDefault }, .. Reads(signed),
            ],
            Gives = typeof(HistoryRecord),
            Answer = Success(("entries", new JsonArray(Entry(signed))), ("nextBefore", null)),
            Refusals = [.. Proofs, new OrderError.Field("limit", "must be a whole number of 1 to 100"), FindAccount.NotFound()],
        },
        ["POST /api/v1/accounts/{accountId}/withdraw"] = Withdraw(signed),
    };

    private static OperationText Create(SignedExample signed)
    {
        var message = signed.Message(WalletActions.CreateAccount, ("name", $"my account {Guid.NewGuid():N}"));
        return new OperationText("openAccount", "Open a managed account",
            "A fresh key, which the service holds encrypted. Send tokens to its address; its orders pay the wallet. With a key the body is {\"name\": …}." + Proof)
            {
                Parameters = [Key(), Once()], Headers = [IdempotencyFilter.ReplayedHeader], Takes = typeof(NewAccountRecord),
                Gives = typeof(AccountAnswerRecord), Bodies = [("signed", Body(signed, message))],
                Answer = Success(("account", Account(signed, balances: false))),
                Refusals =
                [
                    .. Changes, new OrderError.Field("name", "must be 1 to 100 letters, digits, spaces, hyphens, underscores and dots"),
                    new OrderError.Conflict(CreateAccount.DuplicateName, "This wallet has an account with this name already"),
                    new OrderError.TooMany("too_many_accounts", "This wallet has 100 accounts", TimeSpan.FromMinutes(10)),
                ],
            };
    }

    private static OperationText Withdraw(SignedExample signed)
    {
        var message =
            signed.Message(WalletActions.Withdraw, ("accountId", AccountId), ("token", signed.SellToken.ToString()), ("amount", "1000000"));
        return new OperationText(
            "withdraw", "Pay the owner's wallet",
            "The only way out of an account but its orders, and always to the owner. The amount is set aside at once and sent by a transaction of its own. With a key the body is {\"token\": …, \"amount\": …}." + Proof)
        {
            Parameters = [PathId(), Key(), Once()], Headers = [IdempotencyFilter.ReplayedHeader], Takes = typeof(NewWithdrawalRecord),
            Gives = typeof(WithdrawalAnswerRecord), Bodies = [("signed", Body(signed, message))],
            Answer = Success(("withdrawal", Withdrawal(signed, "waiting"))),
            Refusals =
            [
                .. Changes, FindAccount.NotFound(),
                new OrderError.Field("amount", "must be a positive integer numeric string, in base units"),
                new OrderError.UnknownToken("token", "no-token"),
                new OrderError.Field("token", "must be a subnet token: only its ledger accepts signed intents", "not_a_subnet_token"),
                new OrderError.InsufficientBalance(new TokenAmount(400), new TokenAmount(1000)), Away,
            ],
        };
    }

    private static JsonObject Body(SignedExample signed, string message) => new()
    {
        ["message"] = message, ["signature"] = signed.Sign(message), ["walletAddress"] = signed.Owner.ToString(),
    };

    private static ParameterText PathId() =>
        new("accountId", ParameterLocation.Path, "The account's id: 32 hex digits.", AccountId, IsRequired: true);

    private static ParameterText Key() =>
        new("X-API-Key", ParameterLocation.Header, "A key of the wallet's with the permission accounts, instead of a signature.");

    private static ParameterText Once() =>
        new(IdempotencyFilter.Header, ParameterLocation.Header,
            "Optional: the same request again under the same key gets the same answer, and nothing twice.");

    private static ParameterText[] Reads(SignedExample signed)
    {
        var message = signed.Message(WalletActions.ListAccounts);
        return [Key(), new("x-message", ParameterLocation.Header, "The exact text that was signed.", message),
            new("x-signature", ParameterLocation.Header, "The wallet's signature over the message (R, S, V in hex).",
                signed.Sign(message))];
    }

    private static JsonObject Account(SignedExample signed, bool balances)
    {
        var account = new JsonObject
        {
            ["id"] = AccountId, ["owner"] = signed.Owner.ToString(), ["name"] = "my account",
            ["address"] = "ST2QKZ4FKHAH1NQKYKYAYZPY440FEPK7GZ1R5HBP2", ["createdAt"] = Created,
        };
        if (!balances) return account;
        return With(account, "balances", new JsonArray(new JsonObject
        {
            ["token"] = signed.SellToken.ToString(), ["symbol"] = "sUSDT-subnet", ["decimals"] = 6, ["balance"] = "12000000",
            ["reserved"] = "5000000", ["withdrawing"] = "1000000", ["available"] = "6000000",
        }));
    }

    private static JsonArray Others() =>
        new(new JsonObject { ["token"] = ".stx", ["symbol"] = "STX", ["decimals"] = 6, ["balance"] = "2500000" });

    private static JsonObject Withdrawal(SignedExample signed, string status)
    {
        var withdrawal = new JsonObject
        {
            ["id"] = WithdrawalId, ["token"] = signed.SellToken.ToString(), ["amount"] = "1000000", ["recipient"] = signed.Owner.ToString(),
            ["status"] = status,
        };
        if (status == "confirmed") (withdrawal["txid"], withdrawal["blockHeight"]) = (CharismaExamples.TxId, 1234);
        withdrawal["createdAt"] = Created;
        if (status == "confirmed") withdrawal["endedAt"] = "2030-01-01T12:00:07.000Z";
        return withdrawal;
    }

    private static JsonObject Entry(SignedExample signed) => new()
    {
        ["id"] = "42", ["kind"] = "spent", ["token"] = signed.SellToken.ToString(), ["amount"] = "1000000", ["at"] = Created,
        ["actor"] = "system", ["orderUuid"] = "0b6f1c5e-4b7a-4a43-9d5e-3f7f2c1d0e9a", ["slice"] = 1,
    };

    private static JsonObject With(JsonObject to, string name, JsonNode value)
    {
        to[name] = value;
        return to;
    }

    private static JsonObject Success(params (string Name, JsonNode? Value)[] members)
    {
        var answer = new JsonObject { ["status"] = "success" };
        foreach (var (name, value) in members) answer[name] = value;
        return answer;
    }
}
