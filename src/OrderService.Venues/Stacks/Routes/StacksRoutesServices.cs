using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Engine.Outbound;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>The routes of the Stacks venue.</summary>
internal static class StacksRoutesServices
{
    private const string ClientName = "vaults";

    /// <summary>
    /// Options, registry, its worker and <see cref="QuoteRoutes"/>. It takes a TimeProvider and <see cref="IReadOnlyCalls"/> from the
    /// container, and feeds the <see cref="TokenRegistry"/>; options that do not fit together stop the start.
    /// </summary>
    public static IServiceCollection AddStacksRoutes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RouteOptions>().Bind(configuration.GetSection(RouteOptions.Section)).ValidateDataAnnotations()
            .Validate(options => options.ConfirmCallsMax >= options.HopsMax,
                $"{RouteOptions.Section}:ConfirmCallsMax must not be below HopsMax").ValidateOnStart();
        services.AddOptions<VaultListOptions>().Bind(configuration.GetSection(VaultListOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VaultListOptions>>(new OptionsReading<VaultListOptions>(options =>
        {
            ConfiguredVaults.Read(options);
            ConfiguredVaults.WrappedOf(options);
        }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenRegistry>();
        services.AddSingleton<RouteTelemetry>().AddSingleton<QuoteRoutes>().AddSingleton<VaultRefreshWorker>();
        services.AddSingleton(CreateRegistry);
        services.AddSingleton<ISecondOpinion, VaultPrices>();
        services.AddSingleton(CheckOf);
        services.AddHostedService(provider => provider.GetRequiredService<VaultRefreshWorker>());
        services.AddOutboundClient(ClientName);
        return services;
    }

    private static VaultRegistry CreateRegistry(IServiceProvider provider)
    {
        var vaults = provider.GetRequiredService<IOptions<VaultListOptions>>().Value;
        var routes = provider.GetRequiredService<IOptions<RouteOptions>>().Value;
        var builder = new SnapshotBuilder(ConfiguredVaults.Read(vaults), ConfiguredVaults.WrappedOf(vaults), routes);
        var source = ConfiguredVaults.AddressOf(vaults) is { } address
            ? new VaultListSource(provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName), address,
                new VaultListReader(ConfiguredVaults.NamesOf(vaults)), routes,
                provider.GetService<NpgsqlDataSource>() is { } store ? new KeptVaultList(store, address) : null) : null;
        return new VaultRegistry(builder, source, provider.GetRequiredService<TokenRegistry>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RouteTelemetry>());
    }

    // Old reserves only rank routes, since vaults confirm them; so the age is shown and does not make the node unready.
    private static ReadinessCheck CheckOf(IServiceProvider provider)
    {
        var (registry, time) = (provider.GetRequiredService<VaultRegistry>(), provider.GetRequiredService<TimeProvider>());
        return new ReadinessCheck("vaults", _ =>
        {
            var (loaded, age) = (registry.Snapshot, registry.AgeAt(time.GetUtcNow()));
            var detail = new { vaults = loaded?.Counts.Used, otherKinds = loaded?.Counts.OtherKinds, bad = loaded?.Counts.Bad,
                ageSeconds = (long?)age?.TotalSeconds, lastFailure = registry.LastFailure };
            return Task.FromResult(
                new ReadinessResult(loaded is not null, loaded is null ? "the vault list has not answered yet" : null, detail));
        });
    }
}
