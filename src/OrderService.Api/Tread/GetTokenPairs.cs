using OrderService.Domain.Ports;

namespace OrderService.Api.Tread;

/// <summary>GET get_token_pairs: every pair that can be traded either way.</summary>
internal static class GetTokenPairs
{
    public static IResult Handle(HttpContext context, TradeAssets assets, ISwapRouter router)
    {
        var all = assets.All;
        var reach = all.ToDictionary(a => a.Symbol, a => a.Sellable(router).SelectMany(sold => router.ReachableFrom(sold.Id)).ToHashSet());
        return Answers.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("pairs");
            foreach (var of in all)
            {
                foreach (var by in all.Where(by => by != of && (of.Tokens.Any(t => reach[by.Symbol].Contains(t.Id)) || by.Tokens.Any(t => reach[of.Symbol].Contains(t.Id)))))
                {
                    json.WriteStartObject();
                    json.WriteString("name", new TradePair(of, by).Name);
                    json.WriteString("base", of.Symbol);
                    json.WriteString("quote", by.Symbol);
                    json.WriteTexts("exchanges", [assets.Venue]);
                    json.WriteBoolean("is_contract", false);
                    json.WriteBoolean("is_inverse", false);
                    json.WriteString("market_type", "spot");
                    if (of.Image is { } image) json.WriteString("base_image", image);
                    if (by.Image is { } other) json.WriteString("quote_image", other);
                    json.WriteEndObject();
                }
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
