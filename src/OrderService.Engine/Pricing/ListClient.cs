using System.Net;

namespace OrderService.Engine.Pricing;

/// <summary>The HTTP client of whatever is read over and over from a configured address.</summary>
internal static class ListClient
{
    /// <summary>Adds it under a name. Limits are those of each request; nothing is logged, since that would be several lines a second, and addresses may hold keys.</summary>
    public static void AddListClient(this IServiceCollection services, string name) =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                AutomaticDecompression = DecompressionMethods.All,
                AllowAutoRedirect = false, // an address that was not configured would get the headers, and its word would be believed
                UseCookies = false,
            });
}
