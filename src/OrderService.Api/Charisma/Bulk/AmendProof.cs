using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call to change an order.</summary>
internal sealed record AmendCall(OrderUuid Uuid, AmendFields Fields, Caller Caller);

/// <summary>Lets the owner of the path's order through: by a key that may cancel and create, or by a message that has all changes.</summary>
internal sealed class AmendProof() : CallerProof(Asker.Owner, WalletActions.AmendOrder, ApiKeyPermission.Create)
{
    /// <summary>The call of a request that was let through.</summary>
    public static AmendCall CallOf(HttpContext context) => Proven<AmendCall>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read for the proof, for the changes, and for the call's fingerprint
        if ((await ProveAsync(http, http.RequestAborted)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        http.Features.Set(call);
        return null;
    }

    private async Task<Result<AmendCall>> ProveAsync(HttpContext http, CancellationToken token)
    {
        var services = http.RequestServices;
        var authenticator = services.GetRequiredService<Authenticator>();
        if (await authenticator.RefusalOfKeyAsync(http, Action!, token) is OrderError.TooMany tooMany) return tooMany;
        if (!OrderUuid.TryParse(http.Request.RouteValues["uuid"] as string ?? "", out var uuid)) return new OrderError.NotFound();
        if (await services.GetRequiredService<FindOrder>().OwnerAsync(uuid, token) is not { } owner) return new OrderError.NotFound();
        if (Authenticator.KeyOf(http).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(http, Action!, uuid, owner, token)).IsRejected(out var refused, out var keyed)) return refused;
            if (keyed.Key!.Refuses(owner, ApiKeyPermission.Create, services.GetRequiredService<TimeProvider>().GetUtcNow()) is { } mayNot) return mayNot;
            return (await AmendFields.ReadAsync(http)).IsRejected(out refused, out var asked) ? refused : new AmendCall(uuid, asked, keyed);
        }
        var proof = await ProofReader.ReadAsync(http, token);
        if (authenticator.Verify(proof, new AuthDemand(Action!, owner, uuid.ToString())).IsRejected(out var why, out var verified)) return why;
        http.Request.Body.Position = 0;
        if ((await AmendFields.ReadAsync(http)).IsRejected(out why, out var beside)) return why;
        if (beside.Changes is not null) return new OrderError.Unauthenticated("invalid_message", "The signed message must have the changes: what stands beside it in the body is not signed");
        return new AmendCall(uuid, beside with { Changes = verified.Message?.Changes }, new Caller(verified.Signed.Signer, verified.Signed, Key: null));
    }
}
