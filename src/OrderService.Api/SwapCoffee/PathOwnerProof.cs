using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>Lets only the wallet of the path through, proven by <c>x-verify</c>; behind it the route finds who is asking.</summary>
internal sealed class PathOwnerProof() : CallerProof(Asker.Wallet)
{
    /// <inheritdoc/>
    protected override ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var (proof, address) = (http.RequestServices.GetRequiredService<OwnerProof>(), http.GetRouteValue("address") as string ?? "");
        if (proof.Check(address, http.Request.Headers[XVerify.Header]).IsRejected(out var why, out var caller)) return ValueTask.FromResult<IResult?>(SwapCoffeeErrors.From(why));
        http.Features.Set(caller);
        return ValueTask.FromResult<IResult?>(null);
    }
}
