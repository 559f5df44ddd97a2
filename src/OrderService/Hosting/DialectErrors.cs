using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>
/// The last word on every answer that no route wrote: unknown routes and methods, bodies that the server refuses, limits, faults. They have
/// the shape of the dialect whose path was asked for, and are never empty.
/// </summary>
internal sealed class DialectErrors(RequestDelegate next, Dialects dialects, ILogger<DialectErrors> log)
{
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);

    /// <summary>Runs the request and answers for it where nothing else did.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is listening any more
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, FactsOf(fault, context));
            return;
        }
        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null && response.ContentLength is null or 0)
            await AnswerAsync(context, ErrorFacts.Of(response.StatusCode));
    }

    private ErrorFacts FactsOf(Exception fault, HttpContext context)
    {
        if (fault is BadHttpRequestException refused) return ErrorFacts.Of(refused.StatusCode) with { Sentence = SentenceOf(refused) };
        // how the server tells of a chunk's size beyond all numbers
        if (fault is IOException { InnerException: OverflowException }) return ErrorFacts.Of(StatusCodes.Status400BadRequest);
        foreach (var listener in context.RequestServices.GetServices<FaultListener>()) listener.Hear(fault);
        if (Outage.Is(fault))
        {
            log.LogWarning(fault, "{Method} {Path} met an outage ({RequestId})", context.Request.Method, context.Request.Path,
                context.TraceIdentifier);
            return ErrorFacts.Of(StatusCodes.Status503ServiceUnavailable) with { RetryAfter = OutageRetry };
        }
        log.LogError(fault, "{Method} {Path} failed ({RequestId})", context.Request.Method, context.Request.Path, context.TraceIdentifier);
        return ErrorFacts.Of(StatusCodes.Status500InternalServerError);
    }

    // Sentences of our own readers name what is wrong; the server's own are about its internals.
    private static string SentenceOf(BadHttpRequestException refused) =>
        refused.GetType() == typeof(BadHttpRequestException) ? refused.Message : ErrorFacts.Of(refused.StatusCode).Sentence;

    private Task AnswerAsync(HttpContext context, ErrorFacts facts)
    {
        context.Response.ContentLength = null;
        return new ErrorAnswer(facts, dialects.ShapeOf(context)).ExecuteAsync(context);
    }
}

/// <summary>Puts <see cref="DialectErrors"/> into the pipeline: first, so that it sees everything.</summary>
internal static class DialectErrorsExtensions
{
    public static IApplicationBuilder UseDialectErrors(this IApplicationBuilder app) => app.UseMiddleware<DialectErrors>();
}
