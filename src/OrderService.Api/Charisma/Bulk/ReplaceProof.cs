using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call to replace an order by another.</summary>
internal sealed record ReplaceCall(OrderUuid Old, NewOrderRecord Order, Caller Caller);

/// <summary>Lets the owner of the path's order through: by a key that may cancel and create, or by a message that names both orders. That the new one is his is for its own signature to say.</summary>
internal sealed class ReplaceProof() : CallerProof(Asker.Owner, WalletActions.ReplaceOrder, ApiKeyPermission.Create)
{
    /// <summary>The call of a request that was let through.</summary>
    public static ReplaceCall CallOf(HttpContext context) => Proven<ReplaceCall>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax); // read for the proof, for the order, and for the call's fingerprint
        if ((await ProveAsync(http, http.RequestAborted)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        http.Features.Set(call);
        return null;
    }

    private async Task<Result<ReplaceCall>> ProveAsync(HttpContext http, CancellationToken token)
    {
        var services = http.RequestServices;
        var authenticator = services.GetRequiredService<Authenticator>();
        if (await authenticator.RefusalOfKeyAsync(http, Action!, token) is OrderError.TooMany tooMany) return tooMany;
        if (!OrderUuid.TryParse(http.Request.RouteValues["uuid"] as string ?? "", out var old)) return new OrderError.NotFound();
        if (await services.GetRequiredService<FindOrder>().OwnerAsync(old, token) is not { } owner) return new OrderError.NotFound();
        if (Authenticator.KeyOf(http).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(http, Action!, old, owner, token)).IsRejected(out var refused, out var keyed)) return refused;
            if (keyed.Key!.Refuses(owner, ApiKeyPermission.Create, services.GetRequiredService<TimeProvider>().GetUtcNow()) is { } mayNot) return mayNot;
            return (await ReadAsync(http)).IsRejected(out refused, out var wanted) ? refused : new ReplaceCall(old, wanted, keyed);
        }
        var proof = await ProofReader.ReadAsync(http, token);
        if (authenticator.Verify(proof, new AuthDemand(Action!, owner, old.ToString())).IsRejected(out var why, out var verified)) return why;
        http.Request.Body.Position = 0;
        if ((await ReadAsync(http)).IsRejected(out why, out var order)) return why;
        if (!order.Uuid.IsRead || verified.Message?.NewUuid != order.Uuid.Value.ToString())
            return new OrderError.Unauthenticated("invalid_message", "The signed message must have the uuid of the new order as newUuid, exactly as it was signed");
        return new ReplaceCall(old, order, new Caller(verified.Signed.Signer, verified.Signed, Key: null));
    }

    private static async Task<Result<NewOrderRecord>> ReadAsync(HttpContext http)
    {
        var body = await BodyFilter<ReplaceOrderRecord>.ReadAsync(http, CharismaBodies.ReplaceStyle.By(http.RequestServices));
        return RequestRules<ReplaceOrderRecord>.Of(http).FirstRefusal(body) is { } why ? why : body.Order.Value!;
    }
}
