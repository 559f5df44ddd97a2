using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>Lets the wallet through that asks about its own, by the message that lists orders or by any key of it.</summary>
internal sealed class OwnReads() : CallerProof(Asker.Owner, WalletActions.ListOrders)
{
    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        if (http.Request.Query.OwnerRefusal(out var owner) is { } nobody) return CharismaErrors.From(nobody);
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if ((await authenticator.AuthenticateAsync(http, Action!, uuid: null, owner, http.RequestAborted)).IsRejected(out var why,
            out var caller))
        {
            return CharismaErrors.From(why);
        }
        http.Features.Set(caller);
        return null;
    }
}
