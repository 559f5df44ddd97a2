using Microsoft.AspNetCore.Http.Features;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.SwapCoffee;

/// <summary>Lets only the wallet of the path through, proven by <c>x-verify</c>; behind it the route finds who is asking.</summary>
internal sealed class OwnerFilter(OwnerProof proof) : IEndpointFilter
{
    /// <summary>Who is asking.</summary>
    public static Caller CallerOf(HttpContext context) => context.Features.GetRequiredFeature<Caller>();

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var address = http.GetRouteValue("address") as string ?? "";
        if (proof.Check(address, http.Request.Headers[XVerify.Header]).IsRejected(out var why, out var caller)) return ValueTask.FromResult<object?>(SwapCoffeeErrors.From(why));
        http.Features.Set(caller);
        return next(context);
    }
}
