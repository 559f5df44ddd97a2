using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// Lets whose events are asked for through, and the operator, who may ask for everybody's. A key is counted before anything else is looked
/// at; what cannot be meant is refused before the proof.
/// </summary>
internal sealed class EventProof() : CallerProof(Asker.Owner, WalletActions.ListOrders)
{
    /// <summary>What is asked for: of the proven owner, or of the operator.</summary>
    public static EventsQuery QueryOf(HttpContext context) => Proven<EventsQuery>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var isOperator = http.RequestServices.GetRequiredService<AdminKeys>().Knows(Authenticator.KeyOf(http));
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if (!isOperator && await authenticator.RefusalOfKeyAsync(http, WalletActions.ListOrders, http.RequestAborted) is { } noKey)
            return CharismaErrors.From(noKey);
        if (EventsQuery.Read(http.Request).IsRejected(out var why, out var query)) return CharismaErrors.From(why);
        if (!isOperator)
        {
            var proof = await authenticator.AuthenticateAsync(http, WalletActions.ListOrders, null, query.Owner, http.RequestAborted);
            if (proof.IsRejected(out why, out var caller)) return CharismaErrors.From(why);
            query = query with { Owner = caller.Owner, Key = caller.Key };
        }
        http.Features.Set(query);
        return null;
    }
}
