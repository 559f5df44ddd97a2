using System.Text;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call about several orders, and what it asks for.</summary>
internal sealed record BulkCall<T>(Caller Caller, T Asked);

/// <summary>
/// Lets the wallet through that the call's proof names, by a message or by a key of it; what is proven is then <see cref="CallOf"/> the request. What is asked for stands in the message where a wallet
/// signed one, and in the body where a key is the proof, and is read alike: nothing that is acted on is unsigned.
/// </summary>
internal sealed class BulkProof<T>(string action) : CallerProof(Asker.Owner, action)
    where T : ProvenCallRecord
{
    /// <summary>The call of a request that was let through.</summary>
    public static BulkCall<T> CallOf(HttpContext context) => Proven<BulkCall<T>>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read here, and again by whoever wants to know whether it is the same call
        if ((await ProveAsync(http)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        if (RequestRules<T>.Of(http).FirstRefusal(call.Asked) is { } refused) return CharismaErrors.From(refused);
        http.Features.Set(call);
        return null;
    }

    private async Task<Result<BulkCall<T>>> ProveAsync(HttpContext http)
    {
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if (Authenticator.KeyOf(http).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(http, Action!, uuid: null, owner: null, http.RequestAborted)).IsRejected(out var refused, out var caller)) return refused;
            return new BulkCall<T>(caller, await BodyFilter<T>.ReadAsync(http, CharismaBodies.CallStyle));
        }
        var proof = await ProofReader.ReadAsync(http, http.RequestAborted);
        if (authenticator.Verify(proof, new AuthDemand(Action!, Owner: null)).IsRejected(out var why, out var verified)) return why;
        http.Request.Body.Position = 0;
        var beside = await BodyFilter<T>.ReadAsync(http, CharismaBodies.CallStyle);
        if (beside.Fault is { } malformed) return malformed;
        if (!beside.IsProofOnly) return new OrderError.Unauthenticated("invalid_message", "The signed message must have what is asked for: what stands beside it in the body is not signed");
        var asked = BodyReader<T>.Read(Encoding.UTF8.GetBytes(proof.Text!), CharismaBodies.CallStyle); // without an order there is no bare uuid to sign
        asked.Stranger = null; // what a message has beside is for its proof
        return new BulkCall<T>(new Caller(verified.Signed.Signer, verified.Signed, Key: null), asked);
    }
}
