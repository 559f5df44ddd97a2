using Microsoft.Extensions.Options;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Outbound;
using OrderService.Venues.Stacks.Node;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Venues.Stacks;

/// <summary>Everything of the Stacks venue.</summary>
internal static class StacksVenue
{
    private const string ClientName = "stacks-node";
    // connections of its own: sends that hang must not hold up what is asked meanwhile
    private const string SendingClientName = "stacks-node-sending";

    /// <summary>
    /// Registers the venue; it takes an NpgsqlDataSource and a TimeProvider from the container, and options that do not fit together stop
    /// the start.
    /// </summary>
    public static IServiceCollection AddStacksVenue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StacksOptions>().Bind(configuration.GetSection(StacksOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StacksOptions>>(new OptionsReading<StacksOptions>(options => StacksChain.Of(options)));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StacksOptions>>().Value);
        services.AddSingleton(provider => StacksChain.Of(provider.GetRequiredService<StacksOptions>()));
        services.AddSingleton(provider => DemoWallet.Of(provider.GetRequiredService<StacksOptions>().DemoKey));
        services.AddStacksRoutes(configuration);
        foreach (var name in (string[])[ClientName, SendingClientName])
            services.AddOutboundClient(name, connectionsMax: provider => provider.GetRequiredService<StacksOptions>().RequestsMax);
        services.AddSingleton(NodesOf);
        services.AddSingleton<IReadOnlyCalls>(provider => provider.GetRequiredService<StacksNodes>());
        services.AddSingleton<StacksCalls>();
        services.AddSingleton<ChainWatch>();
        services.AddSingleton<UuidCheck>();
        services.AddSingleton<StacksFees>();
        services.AddSingleton<ReceiptTelemetry>();
        services.AddSingleton<NonceEvidence>();
        services.AddSingleton<StacksStatus>();
        services.AddSingleton<ReturnTransfer>();
        services.AddSingleton<StacksStart>();
        services.AddSingleton<StacksReadiness>();
        services.AddSingleton(provider => provider.GetRequiredService<StacksReadiness>().Check);
        services.AddSingleton<ISwapRouter, StacksRouter>();
        return services;
    }

    private static StacksNodes NodesOf(IServiceProvider provider)
    {
        var (clients, options) = (provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<StacksOptions>());
        return new StacksNodes([.. provider.GetRequiredService<StacksChain>().Nodes.Select(
            (address, i) => new StacksNode(At(ClientName, address, i), At(SendingClientName, address, i), options))]);

        // The key is that of the first node, and no other's to see.
        HttpClient At(string name, Uri address, int number)
        {
            var client = clients.CreateClient(name);
            client.BaseAddress = address;
            if (number == 0 && options.NodeApiKey is { Length: > 0 } key) client.DefaultRequestHeaders.Add("x-api-key", key);
            return client;
        }
    }
}
