using System.Diagnostics;

namespace OrderService.Telemetry;

/// <summary>Tells of requests that failed through our fault or took long. Never of queries, headers or bodies.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    private const int PathMax = 200;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Tell(context, StatusCodes.Status500InternalServerError, started);
            throw;
        }
        var status = context.Response.StatusCode;
        var isFault = status >= StatusCodes.Status500InternalServerError;
        if (isFault || (Stopwatch.GetElapsedTime(started) > Slow && !IsStream(context))) Tell(context, status, started);
    }

    private void Tell(HttpContext context, int status, long started)
    {
        var path = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Escaped(context.Request.Path);
        RequestEnded(log, context.Request.Method, path, status, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    // A stream is meant to last.
    private static bool IsStream(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols || context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;

    // The path is the client's text. Its escaped form cannot hold a line end, which would forge a line of this log.
    private static string Escaped(PathString path)
    {
        var text = path.ToUriComponent();
        return text.Length <= PathMax ? text : text[..PathMax];
    }

    [LoggerMessage(100, LogLevel.Information, "{Method} {Path} answered {Status} in {Milliseconds:0} ms")]
    private static partial void RequestEnded(ILogger log, string method, string path, int status, double milliseconds);
}
