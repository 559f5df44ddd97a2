using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Charisma.Groups;

/// <summary>What the native document says of groups.</summary>
internal static class GroupDocument
{
    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed)
    {
        JsonObject[] legs = [signed.AtPrice(), signed.Manual()];
        var id = legs[0]["uuid"]!.GetValue<string>();
        return new()
        {
            ["POST /api/v1/orders/groups"] = new(
                "createGroup", "Create a group of orders",
                "Stores two or three orders that depend on each other in one transaction, each signed as for POST orders/new, in a body of at most 256 KiB. oco: one cancels the other, such as a take-profit and a stop-loss. oto: the second waits until the first is swapped. "
                + "bracket: an entry, then two exits of which one cancels the other. Never are two legs of which one cancels the other in flight or swapped: a leg that was sent and fails is given up for good, by the spend of its uuid, before the other one is sent. "
                + "The same body again answers the stored group. The first leg that cannot be stored is the refusal, with its place as details.index. A managed account may pay instead, named as account: then the legs are not signed, and a key with the permissions create and trade asks for them. What legs sell that cancel each other is set aside once; what a leg sells that waits for another, when that one is swapped, and with sellAll it is all that the first one bought. Cancel it with POST orders/cancel-all and its groupId. An addition to the original API.")
            {
                Parameters = [new(Authenticator.KeyHeader, ParameterLocation.Header,
                    "Optional: a key of the owner's with the permission create."), BulkDocument.Once()],
                Takes = typeof(NewGroupRecord), Gives = typeof(SuccessRecord<GroupRecord>), Headers = [IdempotencyFilter.ReplayedHeader],
                Bodies = [("one cancels the other", Body("oco", signed.AtPrice(), signed.Manual())),
                    ("one triggers the other", Body("oto", signed.Manual(), signed.AtPrice())),
                    ("bracket", Body("bracket", signed.Manual(), signed.AtPrice(), signed.AtPrice()))],
                Answer = Answer(id, legs),
                Refusals =
                [
                    new OrderError.Field("type", $"must be one of {GroupBody.Words}"),
                    new OrderError.Field("legs", "must be a list of 2 orders: a group of type oco has as many legs"),
                    new OrderError.Malformed("Invalid request: the body must be a JSON object"),
                    new OrderError.Field("legs[1].owner", "must be the owner of the other legs too: a group is of one wallet"),
                    new OrderError.BadSignature("it is not the owner's over these terms"),
                    .. CharismaDocument.Proofs, GroupPayer.NoKey, new OrderError.NotFound(),
                    new OrderError.InsufficientBalance(new TokenAmount(400_000), new TokenAmount(1_000_000)),
                    new OrderError.Exists("groupId"), .. CharismaDocument.Idempotency, GetTokens.NotLoaded, .. CharismaDocument.Limits,
                ],
            },
            ["POST /api/v1/orders/groups/preview"] = new(
                "previewGroup", "What a group would be",
                "Takes what the create of a group takes and stores nothing; the legs' signatures may be left out, and their uuids with them. All that is wrong with the group and with each leg is told at once, and of each leg what POST orders/preview tells. Where an account would pay, a key of its owner's asks, as for the create; without one that is among what is wrong. An addition to the original API.")
            {
                Takes = typeof(NewGroupRecord), Gives = typeof(SuccessRecord<Explain.GroupPreviewRecord>),
                Bodies = [("one cancels the other", Body("oco", signed.AtPrice(), signed.Manual()))],
                Answer = CharismaExamples.Success(new JsonObject { ["acceptable"] = true, ["refusals"] = new JsonArray(),
                    ["legs"] = new JsonArray(Explain.ExplainDocument.Preview(), Explain.ExplainDocument.Preview()) }),
                Refusals = [new OrderError.Malformed("Invalid request: the body must be a JSON object"),
                    new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"), .. CharismaDocument.Limits],
            },
            ["GET /api/v1/orders/groups/{groupId}"] = new("getGroup", "One group",
                "Its legs as they read now, and which of them was sent. Open to everyone who knows the id, but for one that a managed account pays for, which its owner reads. An addition to the original API.")
                {
                    Parameters = [new("groupId", ParameterLocation.Path, "The group's id.", id, IsRequired: true) { Is = Shape.Uuid }],
                    Gives = typeof(SuccessRecord<GroupRecord>), Answer = Answer(id, legs),
                    Refusals = [new OrderError.NotFound(), .. CharismaDocument.Limits],
                },
        };
    }

    private static JsonObject Body(string type, params JsonObject[] legs) => new() { ["type"] = type, ["legs"] = new JsonArray([.. legs]) };

    private static JsonObject Answer(string id, JsonObject[] legs) => CharismaExamples.Success(new JsonObject
    {
        ["groupId"] = id, ["type"] = "oco", ["status"] = "open",
        ["legs"] = new JsonArray([.. legs.Index().Select(leg => Leg(id, leg.Index + 1, leg.Item))]),
    });

    private static JsonObject Leg(string group, int number, JsonObject order)
    {
        var leg = CharismaExamples.Open(order);
        (leg["groupId"], leg["leg"]) = (group, number);
        return leg;
    }
}
