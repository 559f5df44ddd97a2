using System.Diagnostics;
using System.Globalization;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>The price routes: all prices, one, and its history in candles.</summary>
internal static class PriceEndpoints
{
    private const int limitDefault = 100;

    /// <summary>Maps its routes.</summary>
    public static void MapPrices(this IEndpointRouteBuilder routes)
    {
        var prices = routes.MapGroup($"{CharismaEndpoints.BasePath}/prices").WithTags("Prices").Open();
        prices.MapGet("", List);
        prices.MapGet("/stream", Events.GetPriceStream.Handle).AddEndpointFilter(new Events.SocketDoor());
        prices.MapGet("/{token}", Get);
        prices.MapGet("/{token}/candles", CandlesAsync);
    }

    private static IResult List(HttpContext context, ListPrices prices, TimeProvider time)
    {
        var started = Stopwatch.GetTimestamp();
        var query = context.Request.Query;
        TokenId? only = null;
        if (query.Text("token") is { } tokenText)
        {
            if (!TokenId.TryParse(tokenText, out var token)) return NotAToken();
            only = token;
        }
        var limit = limitDefault;
        if (query.LimitRefusal(ListPrices.LimitMax, ref limit) is { } badLimit) return CharismaErrors.From(badLimit);
        if (!Price.TryParse(query.Text("minPrice") ?? "0", out var priceMin))
            return CharismaErrors.Field("minPrice", "must be a decimal number with at most 18 fractional digits");
        var list = prices.Handle(only, priceMin, limit);
        var facts = new PriceListFactsRecord
        {
            Count = list.Prices.Count,
            TotalTokensAvailable = list.TotalTokens,
            ProcessingTimeMs = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            LakehouseData = false,
            LastUpdated = IsoTime.Text(list.Prices.Count == 0 ? time.GetUtcNow() : list.Prices.Max(view => view.Price.At)),
            QueryParams = new PriceQueryRecord { Token = only?.ToString(), Limit = limit, MinPrice = NumberText.Of(priceMin) },
        };
        var answer = new PriceListRecord
        {
            Status = Answers.Success, Data = [.. list.Prices.Select(view => PriceJson.Of(view))], Metadata = facts,
        };
        return JsonAnswer.Fresh(context, answer, CharismaJson.Default.PriceListRecord);
    }

    private static IResult Get(string token, HttpContext context, GetPrice prices)
    {
        if (!TokenId.TryParse(token, out var id)) return PriceErrors.NotFound(token);
        if (prices.Handle(id).IsRejected(out var why, out var view)) return PriceErrors.From(why);
        if (!QueryText.TryParseTruth(context.Request.Query.Text("details") ?? "false", out var withDetails))
            return CharismaErrors.Field("details", "must be true or false");
        return JsonAnswer.Fresh(context,
            new SuccessRecord<PriceRecord> { Status = Answers.Success, Data = PriceJson.Of(view, withDetails) },
            CharismaJson.Default.SuccessRecordPriceRecord);
    }

    private static async Task<IResult> CandlesAsync(string token, HttpContext context, GetCandles candles, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        if (!TokenId.TryParse(token, out var id)) return PriceErrors.NotFound(token);
        var interval = query.Text("interval") ?? PriceQuery.DefaultInterval;
        if (!PriceQuery.TryReadInterval(interval, out var length))
            return CharismaErrors.Field("interval", "must be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d");
        if (!PriceQuery.TryReadMoment(query.Text("from"), out var from)) return NotAMoment("from");
        if (!PriceQuery.TryReadMoment(query.Text("to"), out var to)) return NotAMoment("to");
        var answer = await candles.HandleAsync(new CandlesQuery(id, length, from, to), cancellation);
        if (answer.IsRejected(out var why, out var found)) return PriceErrors.From(why);
        var facts = new CandleListFactsRecord
        {
            TokenId = id.ToString(), Interval = interval, From = IsoTime.Text(found.From), To = IsoTime.Text(found.To),
            Count = found.All.Count,
        };
        return JsonAnswer.Fresh(context,
            new CandleListRecord { Status = Answers.Success, Data = [.. found.All.Select(PriceJson.Of)], Metadata = facts },
            CharismaJson.Default.CandleListRecord);
    }

    private static IResult NotAToken() => CharismaErrors.Field("token", "must be a contract id, .stx or USD");

    private static IResult NotAMoment(string name) =>
        CharismaErrors.Field(name, "must be ISO 8601 in UTC (2025-01-31T12:00:00Z) or Unix milliseconds");
}
