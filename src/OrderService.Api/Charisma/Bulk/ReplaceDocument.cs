using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What the native document says of replacing an order.</summary>
internal static class ReplaceDocument
{
    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed) => new()
    {
        ["POST /api/v1/orders/{uuid}/replace"] = Replace(signed),
    };

    private static OperationText Replace(SignedExample signed)
    {
        var (old, order) = (signed.AtPrice()["uuid"]!.GetValue<string>(), signed.AtPrice());
        var message = signed.Message(WalletActions.ReplaceOrder, ("uuid", old), ("newUuid", order["uuid"]!.GetValue<string>()));
        var body = BulkDocument.Body(signed, message);
        body["order"] = order.DeepClone();
        var answer = CharismaExamples.Success(CharismaExamples.Open(order));
        answer["replaced"] = new JsonObject { ["uuid"] = old, ["orderStatus"] = "cancelled" };
        return new OperationText(
            "replaceOrder", "Replace an order by another",
            "Cancels the order and stores the one of the body in its place, in one transaction: both or neither. Where a swap of the old one may still confirm, 409 with its id. A key needs the permissions cancel and create." + BulkDocument.Proof)
        {
            Parameters =
            [
                new("uuid", ParameterLocation.Path, "The uuid of the order that is replaced, as it was signed.", old,
                    IsRequired: true) { Is = Shape.Uuid }, BulkDocument.Key(), BulkDocument.Once(),
            ],
            Takes = typeof(ReplaceOrderRecord), Gives = typeof(ReplacedAnswerRecord),
            Headers = [IdempotencyFilter.OrderHeader, IdempotencyFilter.ReplayedHeader], Bodies = [("signed", body)], Answer = answer,
            Refusals =
            [
                .. BulkDocument.Changes, new OrderError.Field("order", "must be the order that takes its place"),
                new OrderError.BadSignature("it is not the owner's over these terms"), new OrderError.NotOpen("completed"),
                .. Explain.ExplainDocument.Absent, new OrderError.InFlight(CharismaExamples.TxId), new OrderError.Exists("uuid"),
                ReplaceOrder.InGroup, GetTokens.NotLoaded, .. CharismaDocument.Limits,
            ],
        };
    }
}
