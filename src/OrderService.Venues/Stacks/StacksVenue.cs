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
    private const string SendingClientName = "stacks-node-sending"; // connections of its own: sends that hang must not hold up what is asked meanwhile

    /// <summary>Registers the venue; it takes an NpgsqlDataSource and a TimeProvider from the container, and options that do not fit together stop the start.</summary>
    public static IServiceCollection AddStacksVenue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StacksOptions>().Bind(configuration.GetSection(StacksOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<StacksOptions>>(new OptionsReading<StacksOptions>(options => StacksChain.Of(options)));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StacksOptions>>().Value);
        services.AddSingleton(provider => StacksChain.Of(provider.GetRequiredService<StacksOptions>()));
        services.AddSingleton(provider => DemoWallet.Of(provider.GetRequiredService<StacksOptions>().DemoKey));
        services.AddStacksRoutes(configuration);
        AddNode(services, ClientName);
        AddNode(services, SendingClientName);
        services.AddSingleton(provider => NodeOf(provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<StacksOptions>()));
        services.AddSingleton<IReadOnlyCalls>(provider => provider.GetRequiredService<StacksNode>());
        services.AddSingleton<StacksCalls>();
        services.AddSingleton<ChainWatch>();
        services.AddSingleton<UuidCheck>();
        services.AddSingleton<StacksFees>();
        services.AddSingleton<StacksStatus>();
        services.AddSingleton<StacksStart>();
        services.AddSingleton<StacksReadiness>();
        services.AddSingleton(provider => provider.GetRequiredService<StacksReadiness>().Check);
        services.AddSingleton<ISwapRouter, StacksRouter>();
        return services;
    }

    private static StacksNode NodeOf(IHttpClientFactory clients, StacksOptions options) => new(clients.CreateClient(ClientName), clients.CreateClient(SendingClientName), options);

    private static void AddNode(IServiceCollection services, string name) => services.AddOutboundClient(
        name,
        (provider, client) =>
        {
            client.BaseAddress = provider.GetRequiredService<StacksChain>().Node;
            if (provider.GetRequiredService<StacksOptions>().NodeApiKey is { Length: > 0 } key) client.DefaultRequestHeaders.Add("x-api-key", key);
        },
        provider => provider.GetRequiredService<StacksOptions>().RequestsMax);
}
