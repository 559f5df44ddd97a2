using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma;

/// <summary>A call that only an order's owner may make: finds the order, then proves who is asking. The order is looked for first, as clients of this wire expect.</summary>
internal sealed record OwnersCall(OrderUuid Uuid, Caller Caller)
{
    /// <summary>The proven call, or why there is none.</summary>
    public static async Task<Result<OwnersCall>> ProveAsync(string uuid, string action, HttpContext context, FindOrder find, Authenticator authenticator, CancellationToken token) =>
        OrderUuid.TryParse(uuid, out var id) && await find.OwnerAsync(id, token) is { } owner
            ? await ProveAsync(id, owner, action, context, authenticator, token)
            : new OrderError.NotFound();

    /// <summary>The same for an order that is open; another is refused before any proof is asked for.</summary>
    public static async Task<Result<OwnersCall>> ProveOfOpenAsync(string uuid, string action, HttpContext context, FindOrder find, Authenticator authenticator, CancellationToken token)
    {
        if (!OrderUuid.TryParse(uuid, out var id) || await find.HandleAsync(id, token) is not { } view) return new OrderError.NotFound();
        var status = view.Order.StatusAt(view.ReadAt);
        return status == OrderStatus.Open
            ? await ProveAsync(id, view.Order.Terms.Owner, action, context, authenticator, token)
            : new OrderError.NotOpen(status.ToString().ToLowerInvariant());
    }

    private static async Task<Result<OwnersCall>> ProveAsync(OrderUuid uuid, StacksAddress owner, string action, HttpContext context, Authenticator authenticator, CancellationToken token)
    {
        var proof = await authenticator.AuthenticateAsync(context, action, uuid, owner, token);
        return proof.IsRejected(out var why, out var caller) ? why : new OwnersCall(uuid, caller);
    }
}
