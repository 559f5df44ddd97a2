using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma.Explain;

/// <summary>What the native document says of an order's story, its reasons and its preview.</summary>
internal static class ExplainDocument
{
    /// <summary>The order is not there, or no more.</summary>
    internal static readonly OrderError[] Absent =
        [new OrderError.NotFound(), ExampleRefusals.Gone];

    private static readonly OrderError[] Refusals =
    [
        new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"), .. Absent,
        new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(30)),
    ];

    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed)
    {
        var waiting = signed.AtPrice();
        var (uuid, unsigned) = (waiting["uuid"]!.GetValue<string>(), signed.AtOnce());
        foreach (var name in (string[])["signature", "uuid"]) unsigned.Remove(name);
        return new()
        {
            ["POST /api/v1/orders/preview"] = new(
                "previewOrder", "What an order would be",
                "Takes what create takes and stores nothing; the signature may be left out, and the uuid with it. All that create would refuse it for is told at once, one refusal a field, beside the quote of now, the least that "
                + "a swap would have to pay, its fee, its price impact, and whether it would be due at once. With against=history also when it would have fired in the recorded prices.")
            {
                Parameters =
                [
                    new("against", ParameterLocation.Query,
                        "history: hold its trigger against the recorded prices too, as if it had been armed at from. What the pools paid then was not recorded."),
                    new("from", ParameterLocation.Query,
                        "With it: where that begins, in ISO 8601 or Unix milliseconds; a day ago where it is not given, seven days ago at most."),
                ],
                Takes = typeof(OrderToPreviewRecord), Bodies = [("not signed yet", unsigned), ("signed", waiting)],
                Gives = typeof(SuccessRecord<PreviewRecord>), Answer = CharismaExamples.Success(Preview()),
                Refusals =
                [
                    new OrderError.Malformed("Invalid request: the body must be a JSON object"),
                    new OrderError.Field("against", "must be history"),
                    new OrderError.TooMany("too_many_requests", "As many searches are running as may at once", TimeSpan.FromSeconds(1)),
                    .. Refusals.Where(refusal => refusal is not (OrderError.NotFound or OrderError.Gone)),
                ],
            },
            ["GET /api/v1/orders/{uuid}/events"] = new(
                "listOrderEvents", "An order's story",
                "What happened to one order, oldest first, with every transaction that was made for it, its fee and what became of it. To whom an order is told, its story is.")
            {
                Parameters =
                [
                    PathUuid(uuid), new("after", ParameterLocation.Query, "next of the page before.") { Bounds = (0, null) },
                    new("limit", ParameterLocation.Query, "How many at most.")
                    {
                        Bounds = (1, GetOrderEvents.LimitMax), Default = GetOrderEvents.LimitDefault,
                    },
                ],
                Gives = typeof(SuccessRecord<StoryRecord>), Answer = CharismaExamples.Success(Story(signed)),
                Refusals = [new OrderError.Field("limit", "must be a whole number of 1 to 500"), .. Refusals],
            },
            ["GET /api/v1/orders/{uuid}/explain"] = new(
                "explainOrder", "Why an order stands where it does",
                "One sentence for a person, then each gate between the order and its swap with its figures, what has to change, and each time that it was due with what came of it. The venue is asked for the quote "
                + "and the balance of now.")
            {
                Parameters = [PathUuid(uuid)], Gives = typeof(SuccessRecord<ExplanationRecord>),
                Answer = CharismaExamples.Success(Explanation()), Refusals = Refusals,
            },
        };
    }

    private static ParameterText PathUuid(string uuid) =>
        new("uuid", ParameterLocation.Path, "The order's uuid as it was signed, case included.", uuid, IsRequired: true)
        {
            Is = Shape.Uuid,
        };

    internal static JsonNode Preview() => JsonNode.Parse(
        """
        {"sentence":"It would sell 1 CHA-subnet for about 1.2487 STX at the quote of now and never for less than 1.236213 STX at that quote, at once.","acceptable":true,"signed":false,"refusals":[],"wouldTriggerNow":true,
         "swap":{"amountOut":"1248700","minAmountOut":"1236213","taken":true,"fee":"3000","impactBps":2,"belowBelievedBps":31,"vaults":["ST000000000000000000002AMW42H.pool"]},
         "funds":{"balance":"5000000","required":"1000000","enough":true}}
        """)!;

    private static JsonObject Story(SignedExample signed) => new()
    {
        ["events"] = new JsonArray(JsonNode.Parse(
            $$"""
            {"sequence":181,"kind":"broadcast","at":"2030-01-01T12:00:05.000Z","actor":"system","orderStatus":"open","orderFilled":"0","slice":1,
             "facts":{"txid":"{{CharismaExamples.TxId}}","kind":"swap","fee":"3000"} }
            """)),
        ["attempts"] = new JsonArray(JsonNode.Parse(
            $$"""
            {"txid":"{{CharismaExamples.TxId}}","slice":1,"kind":"swap","status":"confirmed","fee":"3000","payer":"{{signed.Owner}}","nonce":7,"quoted":"1248700","minAmountOut":"1236213","amountOut":"1248700",
             "blockHeight":1234,"preparedAt":"2030-01-01T12:00:05.000Z","settledAt":"2030-01-01T12:00:07.000Z","isFinal":true,"sends":1}
            """)),
    };

    private static JsonNode Explanation() => JsonNode.Parse(
        """
        {"sentence":"It waits for STX at 1000 USD or more; it is at 0.8123 USD now.","waitingFor":"price",
         "gates":[{"name":"pause","open":true,"says":"It is not paused."},
                  {"name":"price","open":false,"says":"It waits for STX at 1000 USD or more; it is at 0.8123 USD now.","change":"STX costs 1000 USD or more.",
                   "figures":{"price":"0.8123","target":"1000","direction":"gt","sources":"simulated","ageMs":"412"}}],
         "changes":["STX costs 1000 USD or more."],"due":[]}
        """)!;
}
