using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;

namespace OrderService.Hosting;

/// <summary>
/// Takes the client's address from the proxies that are trusted to know it: the last one in X-Forwarded-For that no such proxy has.
/// </summary>
internal static class ClientAddress
{
    public static IServiceCollection AddClientAddress(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProxiesOptions>().Bind(configuration.GetSection(ProxiesOptions.Section))
            .Validate(proxies => proxies.Trusted.All(text => ProxiesOptions.TryParse(text, out _)),
                "Proxies:Trusted must be addresses, or networks such as 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxiesOptions>>((forwarded, proxies) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear(); // by default this machine is trusted
            forwarded.KnownIPNetworks.Clear();
            foreach (var text in proxies.Value.Trusted)
                if (ProxiesOptions.TryParse(text, out var network)) forwarded.KnownIPNetworks.Add(network);
        });
        return services;
    }

    /// <summary>Stands in front of everything that asks for the address.</summary>
    public static void UseClientAddress(this WebApplication app)
    {
        // Without any network to compare with, the middleware would trust everybody.
        if (app.Services.GetRequiredService<IOptions<ProxiesOptions>>().Value.Trusted.Length > 0) app.UseForwardedHeaders();
    }
}
