using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OrderService.Engine.Clock;

namespace OrderService.Api.Wire;

/// <summary>How a dialect writes a refusal as JSON.</summary>
internal delegate void ErrorShape(Utf8JsonWriter json, ErrorFacts facts, DateTimeOffset now);

/// <summary>A refusal in the dialect's shape, or as RFC 9457 where the client asks for <c>application/problem+json</c>.</summary>
internal sealed class ErrorAnswer(ErrorFacts facts, ErrorShape shape) : IResult
{
    /// <summary>The media type of RFC 9457.</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>What is told.</summary>
    public ErrorFacts Facts => facts;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Features.Set(facts); // the statistics of a key tell it
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        if (facts.RetryAfter is { } wait && headers.RetryAfter.Count == 0)
            headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (facts.Status == StatusCodes.Status413PayloadTooLarge) headers.Connection = "close"; // the rest of the body is not read
        if (facts.Status == StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = """SIGNATURE realm="orders", ApiKey realm="orders" """.TrimEnd();
        var now = httpContext.RequestServices.GetRequiredService<TimeProvider>().RealNow();
        var answer = AsksForProblem(httpContext.Request)
            ? new JsonAnswer(json => JsonSerializer.Serialize(json, ProblemOf(now), WireJson.Default.ProblemRecord), facts.Status,
                JsonAnswer.ProblemJson)
            : new JsonAnswer(json => shape(json, facts, now), facts.Status);
        return answer.ExecuteAsync(httpContext);
    }

    private static bool AsksForProblem(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(ProblemJson, StringComparison.OrdinalIgnoreCase);

    private ProblemRecord ProblemOf(DateTimeOffset now) => new()
    {
        Type = "about:blank", Title = ReasonPhrases.GetReasonPhrase(facts.Status), Status = facts.Status, Detail = facts.Sentence,
        Code = facts.Code, Details = facts.DetailsOrNull,
        Timestamp = IsoTime.Text(now),
    };
}
