using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using OpenTelemetry.Metrics;
using Serilog;
using Serilog.Extensions.Hosting;

namespace OrderService.Telemetry;

/// <summary>Logs, metrics, traces and health. The routes are <see cref="MetricsEndpoint"/> and <see cref="HealthEndpoints"/>.</summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        // Serilog's levels decide alone; two sets of levels would hide each other's lines.
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        var log = ConsoleLog.Create(builder.Configuration);
        builder.Logging.AddSerilog(log, dispose: true);
        builder.Services.AddOptions<LogOptions>().Bind(builder.Configuration.GetSection(LogOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRequestLog(log);
        builder.Services.AddTelemetry(builder.Configuration);
    }

    /// <summary>The same without the log, for a host that has its own.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(provider => new MetricsRegistry(provider.GetRequiredService<IMeterFactory>()));
        services.AddHostedService<Listening>();
        services.AddOtlp(configuration);
        services.AddSingleton(CreateEngineTelemetry);
        services.AddSingleton(CreateWorkerBeats);
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => ReadinessChecks.Database(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => ReadinessChecks.Migrations(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => ReadinessChecks.Workers(provider.GetRequiredService<WorkerBeats>()));
        services.AddSingleton(ReadinessChecks.Signatures());
    }

    /// <summary>Tells a log of requests.</summary>
    public static void AddRequestLog(this IServiceCollection services, Serilog.ILogger log)
    {
        services.AddSingleton(new DiagnosticContext(log));
        services.AddSingleton<IStartupFilter>(new RequestLog(log));
    }

    /// <summary>Says that this host runs a worker of that name, so that readiness misses it from the start.</summary>
    public static void AddExpectedWorker(this IServiceCollection services, string name) => services.AddSingleton(new ExpectedWorker(name));

    // Counters say zero when they are made, so whoever listens must be there before.
    private static EngineTelemetry CreateEngineTelemetry(IServiceProvider provider)
    {
        provider.GetRequiredService<MetricsRegistry>();
        provider.GetService<MeterProvider>();
        return new EngineTelemetry(provider.GetRequiredService<ILogger<EngineTelemetry>>(), provider.GetRequiredService<IMeterFactory>());
    }

    private static WorkerBeats CreateWorkerBeats(IServiceProvider provider)
    {
        provider.GetRequiredService<MetricsRegistry>();
        return new WorkerBeats(provider.GetRequiredService<TimeProvider>(), provider.GetServices<ExpectedWorker>(), provider.GetRequiredService<IMeterFactory>());
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
