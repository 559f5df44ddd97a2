namespace OrderService.Telemetry;

/// <summary>Puts the request log around everything else, so that it sees the status that the client sees.</summary>
internal sealed class RequestLogFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestLog>();
        next(app);
    };
}
