using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>What the native document says of the log.</summary>
internal static class EventDocument
{
    private const string Log = "7d3f9c0a51b2e684";

    private static readonly OrderError[] Refusals =
    [
        new OrderError.Field("limit", "must be a whole number of 1 to 1000"),
        new OrderError.Field("kind", "must be kinds of events, with commas between them"),
        new OrderError.Unauthenticated("missing_credentials", "Missing authentication: sign the request, or use X-API-Key"),
        new OrderError.Unauthenticated("invalid_signature", "Signature verification failed: no key fits it"),
        new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"),
        new OrderError.Forbidden("ip_not_allowed", "API key not authorized from 192.0.2.1"),
        new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(30)), EventStreams.TooMany,
        SocketDoor.CrossOrigin,
    ];

    /// <summary>The texts by method and path, made anew for each fetch.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed)
    {
        var message = signed.Message(WalletActions.ListOrders, ("owner", signed.Owner.ToString()));
        return new()
        {
            ["GET /api/v1/events"] = new(
                "listEvents", "What happened, in order",
                "The events behind a position, oldest first. A wallet or a key sees those of its own orders, accounts and keys; an admin key sees all. Positions are 1, 2, 3 … within a log: a reader that sends what it has read up to misses nothing and reads nothing twice. "
                + "With Accept: text/event-stream the answer goes on, one event a message, whose id is log-position; send the last one as Last-Event-ID to go on behind it. A stream ends now and then: come back. "
                + "With snapshot=true a stream begins with the open orders, each as a message named order, and then one named snapshot with the position behind which it goes on. "
                + "The same comes over a WebSocket at this address, each message as one text {id, event, data}; a page that can set no header sends those of its proof as subprotocols. "
                + "410 says that the log does not have the position, since the store was restored to an earlier moment: begin anew.")
            {
                Parameters =
                [
                    new("after", ParameterLocation.Query,
                        "A position: next of the page before, the id of a message, or a number alone. Without it the first event is the first of the answer."),
                    new("order", ParameterLocation.Query, "Only events of this order, or of several uuids with commas between them."),
                    new("group", ParameterLocation.Query,
                        "Only events of the legs of this group, or of several ids with commas between them."),
                    new("kind", ParameterLocation.Query, "Only events of this kind, or of several with commas between them.", "confirmed"),
                    new("snapshot", ParameterLocation.Query, "true for a stream that begins with the open orders.")
                    {
                        IsTruth = true, Default = false,
                    },
                    new("owner", ParameterLocation.Query,
                        "Whose events; without it those of who asks, and for an admin key everybody's.") { Is = Shape.Address },
                        new("limit", ParameterLocation.Query, "How many at most.") { Bounds = (1, EventsQuery.LimitMax),
                            Default = EventsQuery.LimitDefault },
                            new("Last-Event-ID", ParameterLocation.Header, "As after, and before it: what browsers send."),
                    new("X-API-Key", ParameterLocation.Header, "A key of the wallet's, or an admin key."),
                    new("x-message", ParameterLocation.Header, "The exact text that was signed, with the action list_orders.", message),
                    new("x-signature", ParameterLocation.Header, "The wallet's signature over it (R, S, V in hex).", signed.Sign(message)),
                ],
                Gives = typeof(SuccessRecord<EventPageRecord>),
                Stream = "text/event-stream",
                Answer = CharismaExamples.Success(
                    new JsonObject { ["log"] = Log, ["head"] = 57, ["next"] = $"{Log}-57", ["events"] = new JsonArray(Event(signed)) }),
                Refusals = Refusals,
                Faults = [(StatusCodes.Status410Gone, "position_gone",
                    JsonNode.Parse(JsonAnswer.Bytes(json =>
                        CharismaErrors.Write(json, GetEvents.GoneFacts(new LogHead(Log, 57)), DateTimeOffset.UnixEpoch)).Span)!,
                        typeof(RefusalRecord))],
            },
        };
    }

    private static JsonObject Event(SignedExample signed) => new()
    {
        ["position"] = 42, ["kind"] = "broadcast", ["at"] = "2030-01-01T12:00:01.000Z", ["actor"] = "system",
        ["owner"] = signed.Owner.ToString(), ["order"] = "550e8400-e29b-41d4-a716-446655440000",
        ["dialect"] = NewOrderTerms.Dialect, ["orderStatus"] = "open", ["slice"] = 0, ["facts"] = new JsonObject
        {
            ["txid"] = CharismaExamples.TxId, ["kind"] = "swap",
        },
    };
}
