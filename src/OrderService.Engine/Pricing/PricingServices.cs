using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;
using OrderService.Engine.Outbound;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

internal static class PricingServices
{
    private const string clientName = "prices";

    /// <summary>
    /// Options, gate, board, poller, history and the use cases over them. The sources are those of the options and every
    /// <see cref="IPriceSource"/> that is registered; the tokens priced are the venue's and those in the sources' maps.
    /// </summary>
    public static IServiceCollection AddPricing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PricingOptions>().Bind(configuration.GetSection(PricingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PricingOptions>, PricingOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenRegistry>();
        services.AddSingleton<PricingTelemetry>().AddSingleton<PriceHistory>().AddSingleton<PriceThinning>().AddSingleton<PriceViews>();
        services.AddSingleton<PastPrices>().AddSingleton<ListPrices>().AddSingleton<GetPrice>().AddSingleton<GetCandles>();
        services.AddSingleton<Func<TokenId, TokenId?>>(provider =>
        {
            var tokens = provider.GetRequiredService<TokenRegistry>();
            return id => tokens.Find(id)?.BaseToken;
        });
        services.AddSingleton<PriceBoard>();
        services.AddSingleton<PriceRows>().AddSingleton<ToldPrices>().AddSingleton<SharedPrices>();
        services.AddSingleton(provider => new PriceLead(
            provider.GetRequiredService<WorkLeases>(), provider.GetRequiredService<EngineClock>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<PricingTelemetry>(),
            yields: !configuration.GetValue("Execution:Enabled", true)));
        services.AddSingleton<PriceMoved>().AddSingleton(CreateTicker).AddSingleton(CreateStream);
        services.AddSingleton(CreatePoller);
        services.AddHostedService<PriceHistoryWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<KrakenStream>());
        services.AddHostedService<PriceLeadWorker>();
        services.AddSingleton(CheckOf);
        services.AddOutboundClient(clientName);
        return services;
    }

    private static PricePoller CreatePoller(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PricingOptions>>();
        var time = provider.GetRequiredService<TimeProvider>();
        var tokens = provider.GetRequiredService<TokenRegistry>();
        var clients = provider.GetRequiredService<IHttpClientFactory>();
        var configured = options.Value.Sources.All().ToList();
        var mapped = configured.SelectMany(source => source.TokenMap.Keys).Select(id => TokenId.Parse(id)).ToHashSet();
        var http = configured.Select(source => new HttpPriceSource(clients.CreateClient(clientName), source, time));
        var streams = new List<IPriceSource>();
        if (options.Value.Sources.KrakenStream is not null)
        {
            var ticker = provider.GetRequiredService<KrakenTicker>();
            mapped.UnionWith(ticker.Mapped);
            streams.Add(ticker);
        }
        return new PricePoller(
            provider.GetServices<IPriceSource>().Concat(http).Concat(streams),
            () => [.. mapped.Union(tokens.All.Select(token => token.Id))],
            provider.GetRequiredService<PriceBoard>(), provider.GetRequiredService<PriceHistory>(),
            provider.GetRequiredService<PriceLead>(), provider.GetRequiredService<SharedPrices>(),
            provider.GetRequiredService<PricingTelemetry>(), time, options, provider.GetService<ISecondOpinion>());
    }

    private static KrakenTicker CreateTicker(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PricingOptions>>().Value;
        return new KrakenTicker(options.Sources.KrakenStream ?? new KrakenStreamOptions(), options.StaleAfter,
            provider.GetRequiredService<TimeProvider>());
    }

    private static KrakenStream CreateStream(IServiceProvider provider) => new(
        provider.GetRequiredService<KrakenTicker>(), provider.GetRequiredService<PriceMoved>(),
        provider.GetRequiredService<PriceLead>().HoldsAsync, provider.GetRequiredService<IOptions<PricingOptions>>(),
        provider.GetRequiredService<TimeProvider>());

    // Stale prices stop the swaps that need them, not the requests; so they are shown and do not make the node unready.
    private static ReadinessCheck CheckOf(IServiceProvider provider)
    {
        var board = provider.GetRequiredService<PriceBoard>();
        var time = provider.GetRequiredService<TimeProvider>();
        var lead = provider.GetRequiredService<PriceLead>();
        return new ReadinessCheck("prices", _ =>
        {
            var health = board.Health(time.GetUtcNow());
            return Task.FromResult(new ReadinessResult(health.HasLoaded, health.HasLoaded ? null : "no price source has answered yet",
                PriceHealthJson.Of(health, lead)) { Warnings = PriceAbsence.Warnings(health) });
        });
    }
}
