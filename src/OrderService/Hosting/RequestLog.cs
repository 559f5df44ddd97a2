using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;

namespace OrderService.Hosting;

/// <summary>
/// Tells of requests: at Information of those that failed through our fault or took long, at Debug of all others. Never of queries,
/// headers or bodies. It stands around everything else, so that it sees the status that the client sees.
/// </summary>
internal sealed class RequestLog(Serilog.ILogger log, TimeSpan slowAfter) : IStartupFilter
{
    private const int PathMax = 200;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseSerilogRequestLogging(options =>
        {
            options.Logger = log;
            options.MessageTemplate = "{Method} {Path} answered {Status} in {Milliseconds:0} ms ({RequestId})";
            options.GetLevel = LevelOf;
            options.GetMessageTemplateProperties = static (context, _, milliseconds, status) =>
            [
                new("Method", new ScalarValue(context.Request.Method)), new("Path", new ScalarValue(PathOf(context))),
                new("Status", new ScalarValue(status)), new("Milliseconds", new ScalarValue(milliseconds)),
                new("RequestId", new ScalarValue(context.TraceIdentifier)),
            ];
        });
        next(app);
    };

    private LogEventLevel LevelOf(HttpContext context, double milliseconds, Exception? failure)
    {
        // A client that went away is not our fault, and a stream is meant to last.
        var isFault = failure is null
            ? context.Response.StatusCode >= StatusCodes.Status500InternalServerError : !context.RequestAborted.IsCancellationRequested;
        return isFault || (milliseconds > slowAfter.TotalMilliseconds && failure is null && !IsStream(context))
            ? LogEventLevel.Information : LogEventLevel.Debug;
    }

    private static bool IsStream(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
            || context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;

    // The path is the client's text. Its escaped form cannot hold a line end, which would forge a line of this log.
    private static string PathOf(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }) return route;
        var text = context.Request.Path.ToUriComponent();
        return text.Length <= PathMax ? text : text[..PathMax];
    }
}
