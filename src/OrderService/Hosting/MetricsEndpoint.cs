using OrderService.Api.Wire;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>Where Prometheus looks.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", static (MetricsRegistry registry) => Results.Text(registry.Expose(), PrometheusText.ContentType))
            .Open().ExcludeFromDescription();
}
