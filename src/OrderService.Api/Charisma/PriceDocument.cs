using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>What the native document says of the price routes.</summary>
internal static class PriceDocument
{
    private static readonly OrderError.UnknownToken Unknown = new("token", "ST000000000000000000002AMW42H.no-token");

    /// <summary>The texts by method and path.</summary>
    public static Dictionary<string, OperationText> Texts() => new()
    {
        ["GET /api/v1/prices"] = new("listPrices", "All prices",
            "Every token that has a believed price now, in dollars. usdPriceExact has the digits of usdPrice as text. A subnet token has the price of its base.")
            {
                Parameters =
                [
                    new("token", ParameterLocation.Query, "Only this one: a contract id, .stx or USD.") { Is = Shape.Token },
                    new("limit", ParameterLocation.Query, "How many at most.") { Bounds = (1, ListPrices.LimitMax), Default = 100 },
                    new("minPrice", ParameterLocation.Query, "In dollars, up to 18 digits after the point; 0 without it.")
                    {
                        Is = Shape.Price,
                    },
                ],
                Gives = typeof(PriceListRecord), Answer = List(),
                Refusals = [new OrderError.Field("limit", "must be a whole number of 1 to 1000")],
            },
        ["GET /api/v1/prices/stream"] = new(
            "streamPrices", "Prices as they move",
            "With Accept: text/event-stream, server-sent events: first a message named price for every believed price, then one for each that moves, and one named absent for each that is not believed any more, with why. "
            + "A stream ends now and then: come back, and it begins anew. Who asks for no stream is told the prices of now.")
        {
            Parameters = [new("token", ParameterLocation.Query, "Only these: contract ids, .stx, with commas between them.", ".stx")],
            Gives = typeof(Events.PricesNowRecord), Answer = CharismaExamples.Success(new JsonArray(Price())), Stream = Events.SseBody.Type,
            Refusals = [new OrderError.Field("token", "must be a contract id, .stx or USD, or several with commas between them"),
                Events.EventStreams.TooMany, Events.SocketDoor.CrossOrigin],
        },
        ["GET /api/v1/prices/{token}"] = new("getPrice", "One price", "What the token costs now, in dollars.")
        {
            Parameters = [PathToken(),
                new("details", ParameterLocation.Query, "true adds calculationDetails: the sources and the time.")
                {
                    IsTruth = true, Default = false,
                }],
            Gives = typeof(SuccessRecord<PriceRecord>),
            Answer = CharismaExamples.Success(Price()),
            Refusals =
            [
                new OrderError.Field("details", "must be true or false"), Unknown,
                new OrderError.Unavailable("price_unavailable", "there is no price of .stx that is fresh and agreed upon",
                    TimeSpan.FromSeconds(2)),
            ],
           
        },
        ["GET /api/v1/prices/{token}/candles"] = new(
            "listCandles", "A price's history in candles",
            "One object for each interval in which a price was believed, at most 1,000 intervals; points is how many prices it is made of. An addition to the original API.")
        {
            Parameters =
            [
                PathToken(), new("interval", ParameterLocation.Query, "How long an interval is.", PriceQuery.DefaultInterval)
                {
                    Words = ["1s", "1m", "5m", "15m", "1h", "4h", "1d"], Default = PriceQuery.DefaultInterval,
                },
                new("from", ParameterLocation.Query,
                    "Included; ISO 8601 in UTC or Unix milliseconds. Without it as early as one answer reaches."),
                new("to", ParameterLocation.Query, "Not included; as from. Without it now."),
            ],
            Gives = typeof(CandleListRecord), Answer = Candles(),
            Refusals = [new OrderError.Field("interval", "must be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d"), Unknown],
        },
    };

    private static ParameterText PathToken() =>
        new("token", ParameterLocation.Path, "A contract id, .stx or USD.", ".stx", IsRequired: true) { Is = Shape.Token };

    private static JsonNode Price() => JsonNode.Parse(
        """
        {"tokenId":".stx","symbol":"STX","name":"Stacks","decimals":6,"image":null,"usdPrice":0.8123,"usdPriceExact":"0.8123","sbtcRatio":null,"confidence":1,
         "lastUpdated":1893499200000,"totalLiquidity":0,"isLpToken":false,"intrinsicValue":null,"marketPrice":0.8123}
        """)!;

    private static JsonObject List()
    {
        var answer = CharismaExamples.Success(new JsonArray(Price()));
        answer["metadata"] = JsonNode.Parse(
            """
            {"count":1,"totalTokensAvailable":9,"processingTimeMs":0,"lakehouseData":false,"lastUpdated":"2030-01-01T12:00:00.000Z",
             "queryParams":{"token":null,"limit":1,"minPrice":0}}
            """);
        return answer;
    }

    private static JsonNode Candles() => JsonNode.Parse(
        """
        {"status":"success",
         "data":[{"timestamp":"2030-01-01T12:00:00.000Z","open":0.81,"openExact":"0.81","high":0.8123,"highExact":"0.8123","low":0.8099,"lowExact":"0.8099",
                  "close":0.8123,"closeExact":"0.8123","points":30}],
         "metadata":{"tokenId":".stx","interval":"1m","from":"2030-01-01T12:00:00.000Z","to":"2030-01-01T12:01:00.000Z","count":1}}
        """)!;
}
