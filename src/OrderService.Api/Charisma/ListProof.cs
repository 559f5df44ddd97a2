using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// Lets the owner of the orders that are asked for through, or everyone where the operator lets everyone list them. What cannot be meant is
/// refused before.
/// </summary>
internal sealed class ListProof() : CallerProof(Asker.Owner, WalletActions.ListOrders)
{
    /// <summary>What is asked for, of the proven owner only.</summary>
    public static OrderQuery QueryOf(HttpContext context) => Proven<OrderQuery>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if (await authenticator.RefusalOfKeyAsync(http, WalletActions.ListOrders, http.RequestAborted) is { } noKey)
            return CharismaErrors.From(noKey);
        if (OrdersQuery.Read(http.Request.Query).IsRejected(out var why, out var query)) return CharismaErrors.From(why);
        var isPublic = http.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value.PublicReads;
        var reader = "";
        if (!isPublic || IsProving(http))
        {
            // Where everyone may list, a proof that is there must hold, and narrows nothing.
            var proof = await authenticator.AuthenticateAsync(http, WalletActions.ListOrders, null, isPublic ? null : query.Owner,
                http.RequestAborted);
            if (proof.IsRejected(out why, out var caller)) return CharismaErrors.From(why);
            if (!isPublic) query = query with { Owner = caller.Owner };
            reader = caller.Owner.ToString();
        }
        if (isPublic) query = query with { Reader = reader };
        http.Features.Set(query);
        return null;
    }

    private static bool IsProving(HttpContext http) =>
        Authenticator.KeyOf(http).Length > 0 || http.Request.Headers.ContainsKey("x-signature")
            || http.Request.Headers.Authorization.Count > 0;
}
