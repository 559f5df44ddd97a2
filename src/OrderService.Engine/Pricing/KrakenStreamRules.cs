using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>The ranges of <see cref="KrakenStreamOptions"/>, and what must not stand beside it.</summary>
internal static class KrakenStreamRules
{
    private const string pollPreset = "kraken";

    public static IEnumerable<string> Problems(KrakenStreamOptions stream, PriceSourcesOptions sources)
    {
        if (!IsSafeAddress(stream.Url)) yield return "Url must be an absolute wss URL; ws only for this machine";
        if (stream.TokenMap.Count is 0 or > 100) yield return "TokenMap must name 1 to 100 tokens";
        if (stream.StaleAfter is { } stale && !Within(stale, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)))
            yield return "StaleAfter must be 1 second to 1 day";
        if (!Within(stream.ConnectTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)))
            yield return "ConnectTimeout must be 50 ms to 1 minute";
        if (!Within(stream.SilenceMax, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5)))
            yield return "SilenceMax must be 50 ms to 5 minutes";
        if (!Within(stream.ReconnectMin, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)))
            yield return "ReconnectMin must be 10 ms to 1 minute";
        if (!Within(stream.ReconnectMax, stream.ReconnectMin, TimeSpan.FromHours(1)))
            yield return "ReconnectMax must be ReconnectMin to 1 hour";
        if (!Within(stream.SweepPause, TimeSpan.Zero, TimeSpan.FromMinutes(1))) yield return "SweepPause must be 0 to 1 minute";
        if (stream.MaxBytes is < 1024 or > 16 * 1024 * 1024) yield return "MaxBytes must be 1 KiB to 16 MiB";
        foreach (var (id, symbol) in stream.TokenMap)
        {
            if (!TokenId.TryParse(id, out var token) || token == TokenId.Usd) yield return $"TokenMap: '{id}' is not a token";
            if (string.IsNullOrEmpty(symbol)) yield return $"TokenMap: '{id}' has no name";
        }
        if (stream.TokenMap.Values.Distinct(StringComparer.Ordinal).Count() < stream.TokenMap.Count)
            yield return "TokenMap names one symbol twice";
        // One exchange would stand for two opinions.
        var polled = sources.Http.Where(source => source.Preset == pollPreset).SelectMany(source => source.TokenMap.Keys)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var id in stream.TokenMap.Keys.Where(polled.Contains))
            yield return $"'{id}' is priced by the preset kraken too, and one exchange is one opinion";
    }

    private static bool IsSafeAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeWss || (address.Scheme == Uri.UriSchemeWs && address.IsLoopback));

    private static bool Within(TimeSpan value, TimeSpan min, TimeSpan max) => value >= min && value <= max;
}
