using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrderService.Engine.Outbound;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>
/// Sends metrics and traces to a collector while the service runs, where one is configured. A collector that is away costs nothing but its
/// data.
/// </summary>
internal static class OtlpServices
{
    private const string Metrics = "metrics", Traces = "traces";

    public static void AddOtlp(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(OtlpOptions.Section);
        services.AddOptions<OtlpOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        if (string.IsNullOrEmpty(section[nameof(OtlpOptions.Endpoint)])) return;

        services.AddOptions<OtlpExporterOptions>(Metrics)
            .Configure<IOptions<OtlpOptions>>((exporter, otlp) => Configure(exporter, otlp.Value, "v1/metrics"));
        services.AddOptions<OtlpExporterOptions>(Traces)
            .Configure<IOptions<OtlpOptions>>((exporter, otlp) => Configure(exporter, otlp.Value, "v1/traces"));
        services.AddOptions<MetricReaderOptions>(Metrics).Configure<IOptions<OtlpOptions>>((reader, otlp) =>
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)otlp.Value.MetricsInterval.TotalMilliseconds);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                section[nameof(OtlpOptions.ServiceName)] ?? new OtlpOptions().ServiceName,
                serviceVersion: typeof(OtlpServices).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics
                .AddMeter("OrderService.*", "System.Runtime")
                .AddAspNetCoreInstrumentation()
                .AddNpgsqlInstrumentation()
                .AddOtlpExporter(Metrics, configure: null))
            .WithTracing(traces => traces
                .SetSampler(provider =>
                    new ParentBasedSampler(
                        new TraceIdRatioBasedSampler(provider.GetRequiredService<IOptions<OtlpOptions>>().Value.TraceRatio)))
                .AddSource("OrderService.*")
                .AddAspNetCoreInstrumentation()
                .AddNpgsql()
                .AddOtlpExporter(Traces, configure: null));
        services.AddSingleton(provider => new MeterListening(provider.GetRequiredService<MeterProvider>()));
        services.AddHostedService<OtlpFlush>();
    }

    // An endpoint set in code is taken as it is, so the paths of OTLP over HTTP are ours to add.
    private static void Configure(OtlpExporterOptions exporter, OtlpOptions otlp, string path)
    {
        var isHttp = otlp.Protocol == "http/protobuf";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{otlp.Endpoint!.AbsoluteUri.TrimEnd('/')}/{path}") : otlp.Endpoint!;
        if (otlp.Headers is { Length: > 0 } headers) exporter.Headers = headers;
        exporter.HttpClientFactory = () => ClientFor(exporter);
    }

    // As the package makes its own, but that it follows no redirect with the headers.
    private static HttpClient ClientFor(OtlpExporterOptions exporter)
    {
        var client = OutboundHttp.Client();
        client.Timeout = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds);
        return client;
    }

    // The last numbers are the ones that tell why it stopped, so they are sent, but no collector may keep the process from ending.
    private sealed class OtlpFlush(MeterProvider meters, TracerProvider traces) : IHostedService
    {
        private const int Milliseconds = 3000;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
            Task.Run(() => meters.Shutdown(Milliseconds), cancellationToken),
            Task.Run(() => traces.Shutdown(Milliseconds), cancellationToken));
    }
}
