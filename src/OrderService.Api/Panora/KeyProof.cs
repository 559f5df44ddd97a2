using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Panora;

/// <summary>Lets only callers through whose API key, in <c>x-api-key</c>, may do this. The key stands for its wallet: nothing is signed on this wire.</summary>
internal sealed class KeyProof(string action) : IEndpointFilter
{
    private const string KeyHeader = "x-api-key";

    private static readonly OrderError.Unauthenticated NoKey = new("missing_api_key", "Send an API key in the header x-api-key");

    /// <summary>The caller of a request that was let through.</summary>
    public static Caller CallerOf(HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("this route has no proof in front of it");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[KeyHeader].ToString().Length == 0) return PanoraErrors.From(NoKey);
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if ((await authenticator.AuthenticateAsync(http, action, uuid: null, owner: null, http.RequestAborted)).IsRejected(out var why, out var caller)) return PanoraErrors.From(why);
        http.Features.Set(caller);
        return await next(context);
    }
}
