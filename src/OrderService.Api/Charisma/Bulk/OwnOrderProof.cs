using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call that makes something else of an order, and what it asks for.</summary>
internal sealed record OwnOrderCall<T>(OrderUuid Uuid, T Asked, Caller Caller);

/// <summary>
/// Lets the owner of the path's order through who makes something else of it: by a key that may cancel and create, or by a message of his.
/// </summary>
internal abstract class OwnOrderProof<T>(string action, BodyStyle style) : CallerProof(Asker.Owner, action, ApiKeyPermission.Create)
    where T : ProvenCallRecord
{
    private BodyStyle? _bySettings;

    /// <summary>The call of a request that was let through.</summary>
    public static OwnOrderCall<T> CallOf(HttpContext context) => Proven<OwnOrderCall<T>>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read for the proof, for what is asked for, and for the call's fingerprint
        if ((await ProveAsync(http, http.RequestAborted)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        if (RequestRules<T>.Of(http).FirstRefusal(call.Asked) is { } refused) return CharismaErrors.From(refused);
        http.Features.Set(call);
        return null;
    }

    /// <summary>
    /// What is asked for where a wallet signed a message: of what stands in it, and of what may stand in the body beside it.
    /// </summary>
    protected abstract Result<T> AskedOf(WalletMessage message, string text, T beside);

    private async Task<Result<OwnOrderCall<T>>> ProveAsync(HttpContext http, CancellationToken token)
    {
        var services = http.RequestServices;
        var authenticator = services.GetRequiredService<Authenticator>();
        if (await authenticator.RefusalOfKeyAsync(http, Action!, token) is OrderError.TooMany tooMany) return tooMany;
        if (!OrderUuid.TryParse(http.Request.RouteValues["uuid"] as string ?? "", out var uuid)) return new OrderError.NotFound();
        if (await services.GetRequiredService<FindOrder>().OwnerAsync(uuid, token) is not { } owner) return new OrderError.NotFound();
        if (Authenticator.KeyOf(http).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(http, Action!, uuid, owner, token)).IsRejected(out var refused, out var keyed))
                return refused;
            if (keyed.Key!.Refuses(owner, ApiKeyPermission.Create, services.GetRequiredService<TimeProvider>().RealNow()) is { } mayNot)
                return mayNot;
            return new OwnOrderCall<T>(uuid, await ReadAsync(http), keyed);
        }
        var proof = await ProofReader.ReadAsync(http, token);
        if (authenticator.Verify(http, proof, new AuthDemand(Action!, owner, uuid.ToString())).IsRejected(out var why, out var verified))
            return why;
        http.Request.Body.Position = 0;
        var beside = await ReadAsync(http);
        if (beside.Fault is { } malformed) return malformed;
        // no such call is proven by a bare uuid
        if (AskedOf(verified.Message!, proof.Text!, beside).IsRejected(out why, out var asked)) return why;
        return new OwnOrderCall<T>(uuid, asked, new Caller(verified.Signed.Signer, verified.Signed, Key: null));
    }

    private ValueTask<T> ReadAsync(HttpContext http) => BodyFilter<T>.ReadAsync(http, _bySettings ??= style.By(http.RequestServices));
}
