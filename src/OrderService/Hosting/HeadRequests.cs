namespace OrderService.Hosting;

/// <summary>
/// Answers HEAD wherever GET is served, with the same headers. The server itself keeps the body back, since it knows what was asked.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Stands in front of routing, which looks for GET then.</summary>
    public static IApplicationBuilder UseHeadRequests(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    });
}
