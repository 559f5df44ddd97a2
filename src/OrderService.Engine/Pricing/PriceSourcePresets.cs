using System.Collections.Frozen;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Sources that are known by name: their addresses, shapes, times and limits as their documents have them (read on 2026-11-27). What a
/// source's own options say stands before the preset. Each needs a map from tokens to its names.
/// </summary>
internal static class PriceSourcePresets
{
    private static readonly FrozenDictionary<string, Action<HttpPriceSourceOptions>> _all =
        new Dictionary<string, Action<HttpPriceSourceOptions>>
        {
            // https://docs.kraken.com/api/docs/rest-api/get-ticker-information: the last trade, without a time. Names are those of the
            // answer:
            // XXBTZUSD.
            ["kraken"] = source =>
                Fill(source, "https://api.kraken.com/0/public/Ticker?pair={tokens}", "result.{token}.c.0", TimeSpan.FromSeconds(2)),

            // https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/public/get-public-product: no key, no time. Names:
            // BTC-USD.
            ["coinbase"] = source =>
                Fill(source, "https://api.coinbase.com/api/v3/brokerage/market/products/{token}", "price", TimeSpan.FromSeconds(2)),

            // https://docs.coingecko.com/v3.0.1/reference/simple-price: renewed every minute without a paid key. Names: blockstack,
            // bitcoin.
            ["coingecko"] = source =>
            {
                var address = "https://api.coingecko.com/api/v3/simple/price?vs_currencies=usd&include_last_updated_at=true&precision=full&ids={tokens}";
                Time(source, "{token}.last_updated_at");
                Fill(source, address, "{token}.usd", TimeSpan.FromMinutes(1));
                source.StaleAfter ??= TimeSpan.FromMinutes(5);
            },

            // https://docs.pyth.network/api-reference/pyth-core/hermes/latest_price_updates: 30 requests in 10 seconds, and a key since
            // August 2026. Names: feed ids.
            ["hermes"] = source =>
            {
                Time(source, "price.publish_time");
                source.ArrayPath ??= "parsed";
                source.TokenPath ??= "id";
                source.ExponentPath ??= "price.expo";
                Fill(source, "https://hermes.pyth.network/v2/updates/price/latest?ids[]={tokens:&ids[]=}", "price.price",
                    TimeSpan.FromSeconds(1));
            },
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => [.. _all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The source with what its preset knows; unchanged where it names none, or one that is not there.</summary>
    public static HttpPriceSourceOptions Filled(HttpPriceSourceOptions source)
    {
        if (source.Preset is not { } preset || !_all.TryGetValue(preset, out var fill)) return source;
        var filled = source.Copy();
        if (filled.Name.Length == 0) filled.Name = preset;
        fill(filled);
        return filled;
    }

    private static void Fill(HttpPriceSourceOptions source, string address, string pricePath, TimeSpan interval)
    {
        if (source.UrlTemplate.Length == 0) source.UrlTemplate = address;
        if (source.PricePath.Length == 0) source.PricePath = pricePath;
        source.Interval ??= interval;
    }

    private static void Time(HttpPriceSourceOptions source, string path)
    {
        if (source.TimePath is not null) return;
        (source.TimePath, source.TimeUnit) = (path, TimeUnit.Seconds);
    }
}
