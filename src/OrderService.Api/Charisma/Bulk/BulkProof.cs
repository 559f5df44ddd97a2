using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call about several orders. What it asks for stands in the message where a wallet signed one, and in the body where a key is the proof: nothing that is acted on is unsigned.</summary>
internal sealed record BulkCall(Caller Caller, BulkFields Fields);

/// <summary>Lets the wallet through that the call's proof names, by a message or by a key of it; what is proven is then <see cref="CallOf"/> the request.</summary>
internal sealed class BulkProof(string action) : CallerProof(Asker.Owner, action)
{
    /// <summary>The call of a request that was let through.</summary>
    public static BulkCall CallOf(HttpContext context) => Proven<BulkCall>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read here, and again by whoever wants to know whether it is the same call
        if ((await ProveAsync(http)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        http.Features.Set(call);
        return null;
    }

    private async Task<Result<BulkCall>> ProveAsync(HttpContext http)
    {
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if (Authenticator.KeyOf(http).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(http, Action!, uuid: null, owner: null, http.RequestAborted)).IsRejected(out var refused, out var caller)) return refused;
            return (await BulkFields.ReadAsync(http)).IsRejected(out var malformed, out var fields) ? malformed : new BulkCall(caller, fields);
        }
        var proof = await ProofReader.ReadAsync(http, http.RequestAborted);
        if (authenticator.Verify(proof, new AuthDemand(Action!, Owner: null)).IsRejected(out var why, out var verified)) return why;
        http.Request.Body.Position = 0;
        if ((await BulkFields.ReadAsync(http)).IsRejected(out why, out var beside)) return why;
        if (!beside.IsProofOnly) return new OrderError.Unauthenticated("invalid_message", "The signed message must have what is asked for: what stands beside it in the body is not signed");
        return new BulkCall(new Caller(verified.Signed.Signer, verified.Signed, Key: null), BulkFields.Of(verified.Message!)); // without an order there is no bare uuid to sign
    }
}
