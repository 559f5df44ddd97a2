using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OrderService.Api.Wire;
using OrderService.Engine.Execution;
using OrderService.Engine.Partitions;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;
using OrderService.Venues.Simulated;
using OrderService.Web;

namespace OrderService.Hosting;

/// <summary>The operator's page, what it shows, and its one switch: at the operator's listener, and nowhere else.</summary>
internal static class OperatorEndpoints
{
    private const int BodyMax = 4_096;
    private const int NameMax = 64;

    /// <summary>Maps them.</summary>
    public static void MapOperator(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(OperatorRoutes.Page).Open().ExcludeFromDescription().AddEndpointFilter(OnlyThereAsync);
        own.MapGet("", PageAsync);
        own.MapGet("/state", ReadAsync);
        own.MapPost("/pause", PauseAsync);
        own.MapPost("/resume", ResumeAsync);
    }

    // A page of another site may make a browser send a request here, and cannot keep its name out of it.
    private static async ValueTask<object?> OnlyThereAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.IsOperators()) return Results.StatusCode(StatusCodes.Status404NotFound);
        return http.Request.Headers.Origin.All(origin => SameOrigin.IsHost(origin, http.Request))
            ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static Task PageAsync(HttpContext context) => PageEndpoints.SendOperatorAsync(context);

    private static async Task<IResult> ReadAsync(
        ReadStanding standing, Readiness readiness, AllPartitions partitions, HttpContext context, CancellationToken token)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var report = await readiness.AskAsync(token);
        var warnings = report.Checks.SelectMany(check => check.Value.Warnings.Select(text => new { check = check.Key, text }));
        var failing = report.Checks.Where(check => !check.Value.IsReady).Select(check => new { check = check.Key, text = check.Value.Why });
        if (partitions.Count == 1)
            return Results.Json(new { ready = report.IsReady, failing, warnings, standing = await standing.HandleAsync(token) });
        var all = new List<object>(partitions.Count);
        foreach (var (share, of) in partitions.Each<PartitionShare>().Zip(partitions.Each<ReadStanding>()))
            all.Add(new { number = share.Place.Number, isWorkedHere = share.IsMine, standing = await of.HandleAsync(token) });
        return Results.Json(new
        {
            ready = report.IsReady, failing,
            warnings = warnings.Append(new { check = PartitionServices.Check, text = SharesOf(partitions) }),
            standing = await standing.HandleAsync(token), partitions = all,
        });
    }

    private static string SharesOf(AllPartitions partitions)
    {
        var mine = string.Join(", ", partitions.Each<PartitionShare>().Where(share => share.IsMine).Select(share => share.Place.Number));
        return string.Create(CultureInfo.InvariantCulture,
            $"of {partitions.Count} partitions this node works on: {mine}; the figures are those of partition 0");
    }

    // The switch is one for all partitions: a row in each.
    private static async Task<IResult> PauseAsync(AllPartitions partitions, HttpContext context, CancellationToken token)
    {
        var why = await RequestBody.ReadAsync(context, BodyMax, WhyOf);
        var isDrained = true;
        foreach (var pause in partitions.Each<PauseSends>()) isDrained &= await pause.PauseAsync(why, token);
        var paused = await partitions.Each<PauseSends>().First().ReadAsync(token);
        return Results.Json(new { paused = paused is not null, since = paused?.Since, why = paused?.Why, drained = isDrained });
    }

    private static async Task<IResult> ResumeAsync(AllPartitions partitions, CancellationToken token)
    {
        foreach (var pause in partitions.Each<PauseSends>()) await pause.ResumeAsync(token);
        return Results.Json(new { paused = false });
    }

    // {"why": "…"}, or nothing.
    private static string? WhyOf(ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new BadHttpRequestException("Invalid request: the body must be a JSON object");
            // One that was misspelt would be an alarm without its reason.
            if (document.RootElement.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name != "why") is { } other)
                throw new BadHttpRequestException($"Invalid request: {(other.Length <= NameMax && !other.Any(char.IsControl) ? other : "a member of the body")} is not a field of this call: say why, or nothing");
            if (document.RootElement.EnumerateObject().Count() > 1)
                throw new BadHttpRequestException("Invalid request: why is given twice");
            if (!document.RootElement.TryGetProperty("why", out var why) || why.ValueKind == JsonValueKind.Null) return null;
            if (why.ValueKind == JsonValueKind.String && why.GetString()!.Trim() is { Length: <= PauseSends.WhyMax } text
                && !text.Any(char.IsControl))
            {
                return text.Length == 0 ? null : text;
            }
        }
        catch (JsonException)
        {
            throw new BadHttpRequestException("Invalid request: the body is not JSON");
        }
        throw new BadHttpRequestException($"Invalid request: why must be a line of {PauseSends.WhyMax} characters at most");
    }
}
