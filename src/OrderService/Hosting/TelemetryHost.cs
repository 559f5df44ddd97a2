using OrderService.Engine.Telemetry;
using Serilog;
using Serilog.Extensions.Hosting;

namespace OrderService.Hosting;

/// <summary>
/// What only a host has of telemetry: the console's log, requests in it, and a collector. The routes are <see cref="MetricsEndpoint"/> and
/// <see cref="HealthEndpoints"/>.
/// </summary>
internal static class TelemetryHost
{
    /// <summary>The log of this process; metrics, traces and health come with the engine.</summary>
    public static void AddHostTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        // Serilog's levels decide alone; two sets of levels would hide each other's lines.
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        var log = ConsoleLog.Create(builder.Configuration);
        builder.Logging.AddSerilog(log, dispose: true);
        builder.Services.AddOptions<LogOptions>().Bind(builder.Configuration.GetSection(LogOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddRequestLog(log);
        builder.Services.AddOtlp(builder.Configuration);
    }

    /// <summary>Tells a log of requests, and of those that took longer than a second in any case.</summary>
    public static void AddRequestLog(this IServiceCollection services, Serilog.ILogger log, TimeSpan? slowAfter = null)
    {
        services.AddSingleton(new DiagnosticContext(log));
        services.AddSingleton<IStartupFilter>(new RequestLog(log, slowAfter ?? TimeSpan.FromSeconds(1)));
    }
}
