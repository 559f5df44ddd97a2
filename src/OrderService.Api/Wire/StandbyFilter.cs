using OrderService.Engine.Persistence;

namespace OrderService.Api.Wire;

/// <summary>
/// Lets no change be answered before the store's standby has what the answer rests on, be it a row that another request committed: a retry
/// finds it, a replay repeats it. Where that takes too long the outcome is unknown, and told as 503. Answers to reads say what the primary
/// has.
/// </summary>
internal sealed class StandbyFilter(StandbyBarrier barrier) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            await barrier.PassAsync(context.HttpContext.RequestAborted);
        return result;
    }
}
