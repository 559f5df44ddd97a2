using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Events;

/// <summary>Lets whose events are asked for through, and the operator, who may ask for everybody's. What cannot be meant is refused before.</summary>
internal sealed class EventProof() : CallerProof(Asker.Owner, WalletActions.ListOrders)
{
    /// <summary>What is asked for: of the proven owner, or of the operator.</summary>
    public static EventsQuery QueryOf(HttpContext context) => Proven<EventsQuery>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        if (EventsQuery.Read(http.Request).IsRejected(out var why, out var query)) return CharismaErrors.From(why);
        if (http.RequestServices.GetRequiredService<AdminKeys>().Check(http).IsRejected(out _))
        {
            var proof = await http.RequestServices.GetRequiredService<Authenticator>().AuthenticateAsync(http, WalletActions.ListOrders, null, query.Owner, http.RequestAborted);
            if (proof.IsRejected(out why, out var caller)) return CharismaErrors.From(why);
            query = query with { Owner = caller.Owner, Key = caller.Key };
        }
        http.Features.Set(query);
        return null;
    }
}
