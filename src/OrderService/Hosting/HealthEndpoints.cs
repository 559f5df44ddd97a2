using Microsoft.Net.Http.Headers;
using OrderService.Api.Wire;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>Where a supervisor looks: live says that the process answers, ready that it can work, and if not, why.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").Open().ExcludeFromDescription();
        health.MapGet("/live", static () => Results.Json(new { status = "live" }));
        health.MapGet("/ready", ReadyAsync);
    }

    // Details say how the service is made and what it lacks: they are told at the operator's listener, and elsewhere only whether it is
    // ready.
    private static async Task<IResult> ReadyAsync(Readiness readiness, HttpContext context, CancellationToken token)
    {
        var report = await readiness.AskAsync(token);
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var status = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (!context.IsOperators()) return Results.Json(new { status = report.IsReady ? "ready" : "not_ready" }, statusCode: status);
        var checks = report.Checks.ToDictionary(
            check => check.Key,
            check =>
                new { status = check.Value.IsReady ? "ok" : "failing", why = check.Value.Why,
                    warnings = check.Value.Warnings.Count == 0 ? null : check.Value.Warnings, detail = check.Value.Detail });
        var warnings = report.Checks.SelectMany(check => check.Value.Warnings.Select(text => new { check = check.Key, text }));
        return Results.Json(
            new { status = report.IsReady ? "ready" : "not_ready", warnings, checks },
            statusCode: status);
    }
}
