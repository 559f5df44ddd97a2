using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrderService.Engine.Telemetry;

/// <summary>Metrics, the engine's log lines, the beats of its workers, and readiness.</summary>
internal static class TelemetryServices
{
    /// <summary>Metrics, events, beats of workers and what readiness asks.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(provider => new MetricsRegistry(provider.GetRequiredService<IMeterFactory>()));
        services.AddHostedService<Listening>();
        services.AddSingleton(CreateEngineTelemetry);
        services.AddSingleton(CreateWorkerBeats);
        services.AddSingleton<Readiness>();
        services.AddSingleton<LastFaults>();
        services.AddSingleton(provider => new FaultListener(provider.GetRequiredService<LastFaults>().Hear));
        return services;
    }

    /// <summary>Says that this host runs a worker of that name, so that readiness misses it from the start.</summary>
    public static void AddExpectedWorker(this IServiceCollection services, string name) => services.AddSingleton(new ExpectedWorker(name));

    /// <summary>Says that this host takes orders in a dialect of that name.</summary>
    public static void AddExpectedDialect(this IServiceCollection services, string name) =>
        services.AddSingleton(new ExpectedDialect(name));

    // Counters say zero when they are made, so whoever listens must be there before.
    private static EngineTelemetry CreateEngineTelemetry(IServiceProvider provider)
    {
        provider.GetRequiredService<MetricsRegistry>();
        _ = provider.GetServices<MeterListening>().Count();
        return new EngineTelemetry(provider.GetRequiredService<ILogger<EngineTelemetry>>(), provider.GetRequiredService<IMeterFactory>(),
            provider.GetServices<ExpectedDialect>(), provider.GetServices<FaultListener>());
    }

    private static WorkerBeats CreateWorkerBeats(IServiceProvider provider)
    {
        provider.GetRequiredService<MetricsRegistry>();
        return new WorkerBeats(provider.GetRequiredService<TimeProvider>(), provider.GetServices<ExpectedWorker>(),
            provider.GetRequiredService<IMeterFactory>());
    }

    // The first request is counted only if whoever counts is there before it.
    private sealed class Listening(MetricsRegistry registry) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = registry;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
