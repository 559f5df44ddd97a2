using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Outbound;
using OrderService.Engine.Telemetry;

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
        services.AddSingleton<PriceMoved>().AddSingleton(CreateTicker).AddSingleton<KrakenStream>();
        services.AddSingleton(CreatePoller);
        services.AddHostedService<PriceHistoryWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<KrakenStream>());
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
            provider.GetRequiredService<PricingTelemetry>(), time, options, provider.GetService<ISecondOpinion>());
    }

    private static KrakenTicker CreateTicker(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PricingOptions>>().Value;
        return new KrakenTicker(options.Sources.KrakenStream ?? new KrakenStreamOptions(), options.StaleAfter,
            provider.GetRequiredService<TimeProvider>());
    }

    // Stale prices stop the swaps that need them, not the requests; so they are shown and do not make the node unready.
    private static ReadinessCheck CheckOf(IServiceProvider provider)
    {
        var board = provider.GetRequiredService<PriceBoard>();
        var time = provider.GetRequiredService<TimeProvider>();
        return new ReadinessCheck("prices", _ =>
        {
            var health = board.Health(time.GetUtcNow());
            return Task.FromResult(new ReadinessResult(health.HasLoaded, health.HasLoaded ? null : "no price source has answered yet",
                PriceHealthJson.Of(health)) { Warnings = PriceAbsence.Warnings(health) });
        });
    }
}
