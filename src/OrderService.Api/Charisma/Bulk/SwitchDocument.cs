using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Switches;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What the native document says of the dead man's switch.</summary>
internal static class SwitchDocument
{
    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed) => new()
    {
        ["POST /api/v1/orders/cancel-all-after"] = Arm(signed),
        ["GET /api/v1/orders/cancel-all-after"] = List(signed),
    };

    private static OperationText Arm(SignedExample signed)
    {
        var message =
            signed.Message(WalletActions.CancelAllAfter, ("timeoutSeconds", 60), ("filter", new JsonObject { ["strategyId"] = "grid-1" }));
        return new OperationText(
            "cancelAllAfter", "Cancel all open orders unless this is called again",
            $"A dead man's switch: in timeoutSeconds ({CancelSwitch.SecondsMin} to {CancelSwitch.SecondsMax}) from now the open orders that fit the filter are cancelled, unless the call is made again before; 0 takes it away. "
            + "It is stored, and so fires whatever was restarted meanwhile. Each filter is a switch of its own." + BulkDocument.Proof)
        {
            Parameters = [BulkDocument.Key(), BulkDocument.Once()], Takes = typeof(CancelAllAfterRecord),
            Gives = typeof(SwitchAnswerRecord), Headers = [IdempotencyFilter.ReplayedHeader],
            Bodies = [("signed", BulkDocument.Body(signed, message))], Answer = CharismaExamples.Success(Switch()),
            Refusals =
            [
                .. BulkDocument.Changes,
                new OrderError.Field("timeoutSeconds", "must be a whole number of 5 to 86400, or 0 to take the switch away"),
                new OrderError.TooMany("too_many_switches",
                    $"This wallet has {CancelSwitch.MaxPerOwner} switches armed: take one away first", TimeSpan.FromMinutes(1)),
                .. CharismaDocument.Limits,
            ],
        };
    }

    private static OperationText List(SignedExample signed)
    {
        var message = signed.Message(WalletActions.ListOrders, ("owner", signed.Owner.ToString()));
        return new OperationText("listCancelAllAfter", "The dead man's switches that are armed",
            "Those of the wallet that asks, the next first. Proven by any key of it, or by the message that lists orders. An addition to the original API.")
            {
                Parameters =
                [
                    new("owner", ParameterLocation.Query, "Whose; without it those of the wallet that asks.") { Is = Shape.Address },
                    BulkDocument.Key(), new("x-message", ParameterLocation.Header, "The exact text that was signed.", message),
                    new("x-signature", ParameterLocation.Header, "The wallet's signature over the message (R, S, V in hex).",
                        signed.Sign(message)),
                ],
                Gives = typeof(SwitchListRecord), Answer = CharismaExamples.Success(new JsonArray(Switch())),
                Refusals = [new OrderError.Field("owner", "must be a Stacks address", "invalid_principal"),
                    new OrderError.Unauthenticated("missing_credentials", "Missing authentication: sign the request, or use X-API-Key"),
                    .. CharismaDocument.Proofs, .. CharismaDocument.Limits],
            };
    }

    private static JsonObject Switch() => new()
    {
        ["firesAt"] = "2030-01-01T12:01:00.000Z", ["filter"] = new JsonObject { ["strategyId"] = "grid-1" },
        ["armedAt"] = "2030-01-01T12:00:00.000Z", ["armedBy"] = "key:7c9e6679742540de944be07fc1f90ae7",
    };
}
