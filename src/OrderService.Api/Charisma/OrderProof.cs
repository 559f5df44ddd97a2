using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma;

/// <summary>A call that only an order's owner may make, proven.</summary>
internal sealed record OwnersCall(OrderUuid Uuid, Caller Caller);

/// <summary>
/// Lets the owner of the path's order through. The order is looked for first, as clients of this wire expect, and where
/// <paramref name="isOfOpen"/> says so one that is not open is refused before any proof is asked for.
/// </summary>
internal sealed class OrderProof(string action, bool isOfOpen = false) : CallerProof(Asker.Owner, action)
{
    /// <summary>The call of a request that was let through.</summary>
    public static OwnersCall CallOf(HttpContext context) => Proven<OwnersCall>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        if (isOfOpen) http.Request.EnableBuffering(); // such a call may say more in its body, beside the proof
        if ((await ProveAsync(http, http.RequestAborted)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        if (isOfOpen) http.Request.Body.Position = 0;
        http.Features.Set(call);
        return null;
    }

    private async Task<Result<OwnersCall>> ProveAsync(HttpContext http, CancellationToken token)
    {
        var services = http.RequestServices;
        var authenticator = services.GetRequiredService<Authenticator>();
        if (await authenticator.RefusalOfKeyAsync(http, Action!, token) is OrderError.TooMany tooMany) return tooMany;
        if (!OrderUuid.TryParse(http.Request.RouteValues["uuid"] as string ?? "", out var uuid)) return new OrderError.NotFound();
        if ((await OwnerAsync(uuid, services.GetRequiredService<FindOrder>(), token)).IsRejected(out var why, out var owner)) return why;
        return (await authenticator.AuthenticateAsync(http, Action!, uuid, owner, token)).IsRejected(out why, out var caller)
            ? why
            : new OwnersCall(uuid, caller);
    }

    private async Task<Result<StacksAddress>> OwnerAsync(OrderUuid uuid, FindOrder find, CancellationToken token)
    {
        if (!isOfOpen) return await find.OwnerAsync(uuid, token) is { } owner ? owner : new OrderError.NotFound();
        if (await find.HandleAsync(uuid, token) is not { } view)
            return await find.AbsentAsync(uuid, token) is { IsSigned: true } gone ? gone.Refusal : new OrderError.NotFound();
        var status = view.Order.StatusAt(view.ReadAt);
        return status == OrderStatus.Open ? view.Order.Terms.Owner : new OrderError.NotOpen(status.ToString().ToLowerInvariant());
    }
}
