using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Groups;

/// <summary>Reads the body of a new group and lets it through where it is one, and of one owner. A key that is sent is counted before.</summary>
internal sealed class GroupFilter(Authenticator authenticator) : IEndpointFilter
{
    /// <summary>The body of a request that was let through.</summary>
    public static GroupBody GroupOf(HttpContext context) => context.Features.Get<GroupBody>() ?? throw new InvalidOperationException("this route has no group in front of it");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await authenticator.RefusalOfKeyAsync(http, WalletActions.CreateOrder, http.RequestAborted) is { } noKey) return CharismaErrors.From(noKey);
        if (http.Request.Headers.ContainsKey(IdempotencyFilter.Header)) http.Request.EnableBuffering(GroupBody.BytesMax); // it is read again for its fingerprint
        if ((await GroupBody.ReadAsync(http)).IsRejected(out var why, out var body)) return CharismaErrors.From(why);
        http.Features.Set(body);
        return await next(context);
    }
}
