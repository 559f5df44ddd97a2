using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrderService.Telemetry;

/// <summary>Sends metrics and traces to a collector while the service runs, where one is configured. A collector that is away costs nothing but its data.</summary>
internal sealed class OtlpExport : IHostedService, IDisposable
{
    private const int FlushMilliseconds = 3000;

    private readonly MeterProvider? _meters;
    private readonly TracerProvider? _traces;

    public OtlpExport(IOptions<OtlpOptions> options)
    {
        var otlp = options.Value;
        if (otlp.Endpoint is null) return;
        var resource = ResourceBuilder.CreateDefault().AddService(otlp.ServiceName, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
        _meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("OrderService.*", "System.Runtime", "Microsoft.AspNetCore.Hosting")
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, otlp, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)otlp.MetricsInterval.TotalMilliseconds;
            })
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(otlp.TraceRatio)))
            .AddSource("OrderService.*", "Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Configure(exporter, otlp, "v1/traces"))
            .Build();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The last numbers are the ones that tell why it stopped, so they are sent, but no collector may keep the process from ending.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _meters?.Shutdown(FlushMilliseconds), cancellationToken),
        Task.Run(() => _traces?.Shutdown(FlushMilliseconds), cancellationToken));

    public void Dispose()
    {
        _meters?.Dispose();
        _traces?.Dispose();
    }

    // An endpoint set in code is taken as it is, so the paths of OTLP over HTTP are ours to add.
    private static void Configure(OtlpExporterOptions exporter, OtlpOptions otlp, string path)
    {
        var isHttp = otlp.Protocol == "http/protobuf";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{otlp.Endpoint!.AbsoluteUri.TrimEnd('/')}/{path}") : otlp.Endpoint!;
        if (otlp.Headers is { Length: > 0 } headers) exporter.Headers = headers;
    }
}
