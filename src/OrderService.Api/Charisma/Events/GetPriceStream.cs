using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Charisma.Events;

/// <summary>GET prices/stream: believed prices as they move, or to who asks for no stream those of now.</summary>
internal static class GetPriceStream
{
    private const int TokensMax = 200;

    public static IResult Handle(HttpContext context, EventStreams streams, PriceFeed feed)
    {
        HashSet<TokenId>? only = null;
        foreach (var text in EventsQuery.Listed(context.Request, "token"))
        {
            if (!TokenId.TryParse(text, out var id) || only is { Count: >= TokensMax })
            {
                return CharismaErrors.Field("token",
                    $"must be a contract id, .stx or USD, or at most {TokensMax} with commas between them");
            }
            (only ??= []).Add(id);
        }
        if (!StreamBody.IsWanted(context.Request))
        {
            var now = feed.Now().Where(view => only?.Contains(view.Price.Token) != false).Select(view => PriceJson.Of(view));
            return JsonAnswer.Fresh(context, new PricesNowRecord { Status = Answers.Success, Data = [.. now] },
                CharismaJson.Default.PricesNowRecord);
        }
        return streams.OpenPrices(context.Connection.RemoteIpAddress?.ToString() ?? "", only);
    }
}

/// <summary>Prices as they are now.</summary>
internal sealed record PricesNowRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The prices, by token.</summary>
    public required IReadOnlyList<PriceRecord> Data { get; init; }
}
