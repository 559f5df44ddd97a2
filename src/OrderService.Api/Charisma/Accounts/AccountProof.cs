using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>Lets only proven calls through; what is proven is then <see cref="AccountCall.Of"/> the request.</summary>
internal sealed class AccountProof(string action) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read here, and again by whoever wants to know whether it is the same call
        if ((await AccountCall.ProveAsync(http, action)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        http.Features.Set(call);
        return await next(context);
    }
}
