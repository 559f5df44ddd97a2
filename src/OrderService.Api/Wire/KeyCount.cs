using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>
/// Counts the key that a call carries before anything else of it is looked at, so that every answer to it is counted and says what is left;
/// one that nobody has is refused. A call without one goes on.
/// </summary>
internal sealed class KeyCount(string action, Func<OrderError, IResult> refuse) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Authenticator.KeyOf(context.HttpContext).Length == 0 ? next(context) : CountAsync(context, next);

    private async ValueTask<object?> CountAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        return await authenticator.RefusalOfKeyAsync(http, action, http.RequestAborted) is { } noKey ? refuse(noKey) : await next(context);
    }
}
