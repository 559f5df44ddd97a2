using System.Globalization;

namespace OrderService.CommandLine;

/// <summary>Where a service that was started under the same environment is reached from this machine.</summary>
internal static class ServiceAddress
{
    private const int DefaultPort = 5080;

    /// <summary>
    /// The first address of <c>ASPNETCORE_URLS</c> that can be called, else this machine at <c>PORT</c>, else at 5080. A listener on all
    /// addresses is called by loopback.
    /// </summary>
    public static Uri From(Func<string, string?> environment)
    {
        if (First(environment("ASPNETCORE_URLS") ?? "") is { } listens) return listens;
        var port = ushort.TryParse(environment("PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
            ? given : DefaultPort;
        return new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
    }

    /// <summary>The first of such addresses, separated by semicolons, that can be called; null where none can.</summary>
    public static Uri? First(string addresses)
    {
        foreach (var address in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var named = address.Replace("://+", "://0.0.0.0", StringComparison.Ordinal)
                .Replace("://*", "://0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(named, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) continue;
            return url.Host is "0.0.0.0" or "[::]" ? new UriBuilder(url) { Host = "127.0.0.1" }.Uri : url;
        }
        return null;
    }
}
