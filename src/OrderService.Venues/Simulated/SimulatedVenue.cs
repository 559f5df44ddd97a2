using Microsoft.Extensions.Options;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Clock;
using OrderService.Engine.Pricing;

namespace OrderService.Venues.Simulated;

/// <summary>Everything of the simulated venue.</summary>
internal static class SimulatedVenue
{
    /// <summary>
    /// Registers the venue; it takes an NpgsqlDataSource and a TimeProvider from the container, and options that do not fit together stop
    /// the start.
    /// </summary>
    public static IServiceCollection AddSimulatedVenue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SimulatedOptions>().Bind(configuration.GetSection(SimulatedOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulatedOptions>>(
            new OptionsReading<SimulatedOptions>(options => SimulatedWorld.Of(options)));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SimulatedOptions>>().Value);
        services.AddSingleton(provider => SimulatedWorld.Of(provider.GetRequiredService<SimulatedOptions>()));
        services.AddSingleton(provider => DemoWallet.Of(provider.GetRequiredService<SimulatedOptions>().DemoKey));
        services.AddSingleton(provider => new PriceWalk(provider.GetRequiredService<SimulatedOptions>().Seed));
        services.AddSingleton(provider =>
            new RouteSearch(provider.GetRequiredService<SimulatedWorld>().Vaults.Values,
                provider.GetRequiredService<SimulatedOptions>().HopsMax));
        services.AddSingleton(provider =>
        {
            var registry = new TokenRegistry();
            registry.Load(provider.GetRequiredService<SimulatedWorld>().TokenList.ToList());
            return registry;
        });
        services.AddSingleton<LedgerSource>();
        services.AddSingleton<MiningSignal>();
        services.AddSingleton<SimulatedReserves>();
        services.AddSingleton<SimulatedMempool>();
        services.AddSingleton<SimulatedLedger>();
        services.AddSingleton<SimulatedMiner>();
        services.AddSingleton<ISwapRouter, SimulatedRouter>();
        services.AddSingleton<IPriceSource, SimulatedPriceSource>();
        services.AddSingleton<Arbitrage>();
        services.AddSingleton<IVolumeSource, SimulatedVolumeSource>();
        services.AddSingleton(provider => FasterTimeOf(provider.GetRequiredService<SimulatedOptions>(),
            provider.GetRequiredService<IOptions<PricingOptions>>().Value.Sources));
        services.AddHostedService<SimulatedMinerWorker>();
        services.AddHostedService<ArbitrageWorker>();
        return services;
    }

    private static FasterTime FasterTimeOf(SimulatedOptions options, PriceSourcesOptions sources) => new(
        options.FasterTimeMax, options.FasterTimeLasts,
        sources.KrakenStream is not null || sources.All().Any() ? "real prices have the time that they have" : null);
}
