using OrderService.Engine.Persistence;

namespace OrderService.Api.Wire;

/// <summary>
/// Lets no change be answered before the store's standby has what the answer rests on, be it a row that another request committed: a retry
/// finds it, a replay repeats it. Where that takes too long the outcome is unknown, and told as 503. Answers to reads say what the primary
/// has.
/// </summary>
internal sealed class StandbyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var (http, method) = (context.HttpContext, context.HttpContext.Request.Method);
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
            await http.RequestServices.GetRequiredService<StandbyBarrier>().PassAsync(http.RequestAborted);
        return result;
    }
}
