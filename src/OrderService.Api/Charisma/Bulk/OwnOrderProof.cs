using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>Lets the owner of the path's order through who makes something else of it: by a key that may cancel and create, or by a message of his.</summary>
/// <typeparam name="T">The call of a request that was let through.</typeparam>
internal abstract class OwnOrderProof<T>(string action) : CallerProof(Asker.Owner, action, ApiKeyPermission.Create)
    where T : class
{
    /// <summary>The call of a request that was let through.</summary>
    public static T CallOf(HttpContext context) => Proven<T>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read for the proof, for what is asked for, and for the call's fingerprint
        if ((await ProveAsync(http, http.RequestAborted)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        http.Features.Set(call);
        return null;
    }

    /// <summary>The call that a key proves, of what stands in the body.</summary>
    protected abstract Task<Result<T>> ByKeyAsync(HttpContext http, OrderUuid uuid, Caller caller);

    /// <summary>The call that a wallet's message proves, and what stands in the body beside it.</summary>
    protected abstract Task<Result<T>> ByMessageAsync(HttpContext http, OrderUuid uuid, Caller caller, WalletMessage? message);

    private async Task<Result<T>> ProveAsync(HttpContext http, CancellationToken token)
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
            return await ByKeyAsync(http, uuid, keyed);
        }
        var proof = await ProofReader.ReadAsync(http, token);
        if (authenticator.Verify(proof, new AuthDemand(Action!, owner, uuid.ToString())).IsRejected(out var why, out var verified)) return why;
        http.Request.Body.Position = 0;
        return await ByMessageAsync(http, uuid, new Caller(verified.Signed.Signer, verified.Signed, Key: null), verified.Message);
    }
}
