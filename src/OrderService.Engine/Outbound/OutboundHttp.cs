using System.Net;

namespace OrderService.Engine.Outbound;

/// <summary>
/// The one place where the service's HTTP clients are made. None follows a redirect: an address that was not configured would get the
/// headers, keys among them, and its word would be believed.
/// </summary>
internal static class OutboundHttp
{
    /// <summary>What every client sends over.</summary>
    public static SocketsHttpHandler Handler(int connectionsMax = int.MaxValue) => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = connectionsMax,
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    /// <summary>A client of its own, which its user disposes of.</summary>
    public static HttpClient Client() => new(new LostConnections(Handler()));

    /// <summary>One that goes to public addresses only. Limits are those of each request.</summary>
    public static HttpClient Client(PublicConnect connect) =>
        new(new LostConnections(connect.Handler())) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>
    /// Adds one under a name. Limits are those of each request; nothing is logged, since that would be several lines a second, and
    /// addresses may hold keys.
    /// </summary>
    public static void AddOutboundClient(
        this IServiceCollection services, string name, Action<IServiceProvider, HttpClient>? configure = null,
        Func<IServiceProvider, int>? connectionsMax = null) =>
        services.AddHttpClient(name, (provider, client) =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                configure?.Invoke(provider, client);
            })
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(() => new LostConnections())
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(connectionsMax?.Invoke(provider) ?? int.MaxValue));
}
