using OrderService.Api.Wire;

namespace OrderService.Hosting;

/// <summary>Tells with every answer the id that its request has in the log.</summary>
internal static class RequestIds
{
    /// <summary>Stands in front of everything that answers.</summary>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.Headers[HeaderTexts.RequestId] = context.TraceIdentifier;
        return next(context);
    });
}
