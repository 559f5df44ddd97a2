using System.Text;
using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma;

/// <summary>A proven call, and what it asks for.</summary>
internal sealed record ProvenCall<T>(Caller Caller, T Asked);

/// <summary>
/// Lets the wallet through that the call's proof names, by a message or by a key of it; what is proven is then <see cref="CallOf"/> the
/// request. What is asked for stands in the message where a wallet signed one, and in the body where a key is the proof, and is read alike:
/// nothing that is acted on is unsigned. Where the path names an account, that is the caller's, and a message is about it.
/// </summary>
internal sealed class CallProof<T>(string action) : CallerProof(Asker.Owner, action)
    where T : ProvenCallRecord
{
    /// <summary>Answers a call that its client makes again under the same key, of the same wallet, as before.</summary>
    public static IdempotencyFilter Once => new(context => CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);

    /// <summary>The call of a request that was let through.</summary>
    public static ProvenCall<T> CallOf(HttpContext context) => Proven<ProvenCall<T>>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read here, and again by whoever wants to know whether it is the same call
        if ((await ProveAsync(http)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        if (http.Request.RouteValues.ContainsKey(PathAccount.Name))
        {
            if ((await http.RequestServices.GetRequiredService<FindAccount>()
                .InPathAsync(http, call.Caller, http.RequestAborted)).IsRejected(out why, out var account))
            {
                return CharismaErrors.From(why);
            }
            http.Features.Set(account);
        }
        if (RequestRules<T>.Of(http).FirstRefusal(call.Asked) is { } refused) return CharismaErrors.From(refused);
        http.Features.Set(call);
        return null;
    }

    private async Task<Result<ProvenCall<T>>> ProveAsync(HttpContext http)
    {
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if (Authenticator.KeyOf(http).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(http, Action!, uuid: null, owner: null, http.RequestAborted)).IsRejected(
                out var refused, out var caller))
            {
                return refused;
            }
            return new ProvenCall<T>(caller, await BodyFilter<T>.ReadAsync(http, CharismaBodies.CallStyle));
        }
        var proof = await ProofReader.ReadAsync(http, http.RequestAborted);
        if (authenticator.Verify(http, proof,
            new AuthDemand(Action!, Owner: null, AccountId: PathAccount.TryReadId(http, out var account) ? account.ToString("N") : null))
            .IsRejected(out var why, out var verified))
        {
            return why;
        }
        http.Request.Body.Position = 0;
        var beside = await BodyFilter<T>.ReadAsync(http, CharismaBodies.CallStyle);
        if (beside.Fault is { } malformed) return malformed;
        if (!beside.IsProofOnly)
        {
            return new OrderError.Unauthenticated("invalid_message",
                "The signed message must have what is asked for: what stands beside it in the body is not signed");
        }
        // without an order there is no bare uuid to sign
        return new ProvenCall<T>(new Caller(verified.Signed.Signer, verified.Signed, Key: null), SignedText.Read<T>(proof.Text!));
    }
}

/// <summary>What a wallet's message asks for, read as a body is.</summary>
internal static class SignedText
{
    /// <summary>The record of it. What the message has beside, its proof knows, or is the client's.</summary>
    public static T Read<T>(string text)
        where T : RequestRecord
    {
        var asked = BodyReader<T>.Read(Encoding.UTF8.GetBytes(text), CharismaBodies.CallStyle);
        asked.Stranger = null;
        return asked;
    }
}
