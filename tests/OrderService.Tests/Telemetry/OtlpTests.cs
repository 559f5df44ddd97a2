using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;

namespace OrderService.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task What_was_measured_and_traced_reaches_the_collector_at_the_latest_when_the_service_stops()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector =
            await LoopbackHost.StartAsync(_ => { }, app => app.MapPost("/v1/{kind}", async (string kind, Stream body) =>
            {
                using var bytes = new MemoryStream();
                await body.CopyToAsync(bytes);
                received.AddOrUpdate(kind, _ => Encoding.Latin1.GetString(bytes.ToArray()),
                    (_, old) => old + Encoding.Latin1.GetString(bytes.ToArray()));
            }));
        await using var host = await LoopbackHost.StartAsync(
            builder =>
            {
                builder.Configuration["Otlp:Endpoint"] = collector.Url;
                builder.Configuration["Otlp:Protocol"] = "http/protobuf";
                // The spans of all that other tests do in this process come here too.
                builder.Configuration["OTEL_BSP_MAX_QUEUE_SIZE"] = "1000000";
                builder.Services.AddTelemetry();
                builder.Services.AddOtlp(builder.Configuration);
            },
            app => app.MapMetrics());

        host.Services.GetRequiredService<EngineTelemetry>().OrderCreated("charisma");
        using (EngineActivities.Start(EngineActivities.Sweep)) await host.Client.GetAsync("/metrics");
        await host.StopAsync();

        received["metrics"].ShouldContain("orderservice.orders.created");
        received["metrics"].ShouldContain("order-service");
        received["traces"].ShouldContain("sweep");
        received["metrics"].ShouldContain("http.server.request.duration");
        received["traces"].ShouldContain("GET /metrics");
    }

    [Theory]
    [InlineData("ftp://127.0.0.1", "grpc", 1, "Endpoint")]
    [InlineData("http://127.0.0.1:4317", "json", 1, "Protocol")]
    [InlineData("http://127.0.0.1:4317", "grpc", 2, "TraceRatio")]
    public void Options_that_cannot_work_are_named(string endpoint, string protocol, double ratio, string named)
    {
        var options = new OtlpOptions { Endpoint = new Uri(endpoint), Protocol = protocol, TraceRatio = ratio };
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true).ShouldBeFalse();
        problems.ShouldHaveSingleItem().ErrorMessage!.ShouldContain(named);
    }

    [Fact]
    public void Without_an_endpoint_nothing_is_sent()
    {
        var services = new ServiceCollection();
        services.AddOtlp(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Otlp:Endpoint"] = "" })
            .Build());
        services.ShouldNotContain(service => service.ServiceType == typeof(OpenTelemetry.Metrics.MeterProvider));
        services.ShouldNotContain(service => service.ServiceType == typeof(OpenTelemetry.Trace.TracerProvider));
    }
}
