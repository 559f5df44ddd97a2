using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma;

/// <summary>Reads the body of a new order and lets only those through that <see cref="NewOrderRules"/> accept; the first refusal is the answer. A key that is sent is counted before.</summary>
internal sealed class NewOrderFilter(NewOrderRules rules, Authenticator authenticator) : IEndpointFilter
{
    /// <summary>The body of a request that was let through.</summary>
    public static NewOrderBody BodyOf(HttpContext context) => context.Features.Get<NewOrderBody>() ?? throw new InvalidOperationException("this route has no body in front of it");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await authenticator.RefusalOfKeyAsync(http, WalletActions.CreateOrder, http.RequestAborted) is { } noKey) return CharismaErrors.From(noKey);
        if (http.Request.Headers.ContainsKey(IdempotencyFilter.Header)) http.Request.EnableBuffering(DialectLimits.BodyMax); // it is read again for its fingerprint
        var body = await NewOrderBody.ReadAsync(http);
        if (rules.FirstRefusal(body) is { } why) return CharismaErrors.From(why);
        http.Features.Set(body);
        return await next(context);
    }
}
