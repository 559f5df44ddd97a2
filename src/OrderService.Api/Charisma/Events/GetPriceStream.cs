using OrderService.Api.Wire;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Charisma.Events;

/// <summary>GET prices/stream: believed prices as they move.</summary>
internal static class GetPriceStream
{
    private const int TokensMax = 200;

    public static IResult Handle(HttpContext context, EventStreams streams)
    {
        HashSet<TokenId>? only = null;
        foreach (var text in context.Request.Query.Text("token")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (!TokenId.TryParse(text, out var id) || only is { Count: >= TokensMax }) return CharismaErrors.Field("token", $"must be a contract id, .stx or USD, or at most {TokensMax} with commas between them");
            (only ??= []).Add(id);
        }
        return streams.OpenPrices(context.Connection.RemoteIpAddress?.ToString() ?? "", only);
    }
}
