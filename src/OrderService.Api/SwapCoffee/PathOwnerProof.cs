using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.SwapCoffee;

/// <summary>Lets only the wallet of the path through, proven by <c>x-verify</c>; behind it the route finds who is asking.</summary>
internal sealed class PathOwnerProof() : CallerProof(Asker.Wallet)
{
    /// <inheritdoc/>
    protected override ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if (authenticator.RefusalOfProof(http) is { } spent) return ValueTask.FromResult<IResult?>(SwapCoffeeErrors.From(spent));
        var (proof, address) = (http.RequestServices.GetRequiredService<OwnerProof>(), http.GetRouteValue("address") as string ?? "");
        if (proof.Check(address, http.Request.Headers[XVerify.Header]).IsRejected(out var why, out var caller)
            || (why = authenticator.RefusalOfOwner(http, caller.Owner, ActionOf(http.Request.Method))) is not null)
        {
            return ValueTask.FromResult<IResult?>(SwapCoffeeErrors.From(why));
        }
        http.Features.Set(caller);
        return ValueTask.FromResult<IResult?>(null);
    }

    // What a call is counted as: nothing on this wire names an action.
    private static string ActionOf(string method) =>
        HttpMethods.IsGet(method)
            ? WalletActions.ListOrders : HttpMethods.IsDelete(method) ? WalletActions.CancelOrder : WalletActions.AmendOrder;
}
