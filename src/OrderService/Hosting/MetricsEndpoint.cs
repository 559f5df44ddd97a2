using OrderService.Api.Wire;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>Where Prometheus looks: at the operator's listener.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics",
            static (MetricsRegistry registry, HttpContext context) => context.IsOperators()
                ? Results.Text(registry.Expose(), PrometheusText.ContentType) : Results.StatusCode(StatusCodes.Status404NotFound))
            .Open().ExcludeFromDescription();
}
