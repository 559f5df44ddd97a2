using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>Lets the wallet through that the call's proof names, by a message or by a key of it; what is proven is then <see cref="CallOf"/> the request.</summary>
internal sealed class AccountProof(string action) : CallerProof(Asker.Owner, action)
{
    /// <summary>The call of a request that was let through.</summary>
    public static AccountCall CallOf(HttpContext context) => Proven<AccountCall>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read here, and again by whoever wants to know whether it is the same call
        if ((await AccountCall.ProveAsync(http, Action!)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        http.Features.Set(call);
        return null;
    }
}
