using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What the native document says of changing an order.</summary>
internal static class AmendDocument
{
    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed) => new()
    {
        ["PATCH /api/v1/orders/{uuid}"] = Amend(signed),
    };

    private static OperationText Amend(SignedExample signed)
    {
        var order = signed.AtPrice();
        var uuid = order["uuid"]!.GetValue<string>();
        var message = signed.Message(WalletActions.AmendOrder, ("uuid", uuid), ("changes", new JsonObject { ["targetPrice"] = "1100" }));
        order["targetPrice"] = "1100";
        return new OperationText(
            "amendOrder", "Change an order",
            "Changes the trigger price, the window and the protections of an order of one swap, all that is said or nothing; it waits anew by what they say. Each change is a revision, told as ETag; If-Match names the one that is meant. "
            + "A key needs the permissions cancel and create, and weakens no protection of what a wallet signed; what an account pays for it changes as far as it may sell. An order whose terms are signed needs a new termsSignature." + BulkDocument.Proof)
        {
            Parameters =
            [
                new("uuid", ParameterLocation.Path, "The order's uuid as it was signed, case included.", uuid, IsRequired: true)
                {
                    Is = Shape.Uuid,
                },
                new("If-Match", ParameterLocation.Header, "Optional: the revision that is changed, as ETag has it."), BulkDocument.Key(),
                BulkDocument.Once(),
            ],
            Takes = typeof(AmendOrderRecord), Gives = typeof(OrderAnswerRecord),
            Headers = [IdempotencyFilter.OrderHeader, IdempotencyFilter.ReplayedHeader, "ETag"],
            Bodies = [("signed", BulkDocument.Body(signed, message))], Answer = CharismaExamples.Success(CharismaExamples.Open(order)),
            Refusals =
            [
                .. BulkDocument.Changes, new OrderError.Field("changes", "must say what is to be changed"),
                new OrderError.Field("validTo", "is in the past", "valid_to_in_past"), new OrderError.NotOpen("completed"),
                .. Explain.ExplainDocument.Absent,
                new OrderError.Forbidden("protection_weakened",
                    "An API key can make no protection of a signed order weaker: sign the change with the wallet"),
                    new OrderError.InFlight(CharismaExamples.TxId),
                new OrderError.Conflict("not_amendable", "Only an order of one swap can be changed so"),
                new OrderError.Conflict("revision_mismatch", "The order is at revision 2, and the change is meant for 1"),
                .. CharismaDocument.Limits,
            ],
        };
    }
}
