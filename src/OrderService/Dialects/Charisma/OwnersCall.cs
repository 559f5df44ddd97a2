using OrderService.Auth;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Orders;

namespace OrderService.Dialects.Charisma;

/// <summary>A call that only an order's owner may make: finds the order, then proves who is asking. The order is looked for first, as clients of this wire expect.</summary>
internal sealed record OwnersCall(OrderUuid Uuid, Caller Caller)
{
    /// <summary>The proven call, or why there is none. With <paramref name="onlyOpen"/> an order that is not open is refused before any proof is asked for.</summary>
    public static async Task<Result<OwnersCall>> ProveAsync(
        string uuid, string action, HttpContext context, FindOrder find, Authenticator authenticator, CancellationToken token, bool onlyOpen = false)
    {
        if (!OrderUuid.TryParse(uuid, out var id) || await find.HandleAsync(id, token) is not { } view) return new OrderError.NotFound();
        var status = view.Order.StatusAt(view.ReadAt);
        if (onlyOpen && status != OrderStatus.Open) return new OrderError.NotOpen(status.ToString().ToLowerInvariant());
        var proof = await authenticator.AuthenticateAsync(context, action, id, view.Order.Terms.Owner, token);
        return proof.IsRejected(out var why, out var caller) ? why : new OwnersCall(id, caller);
    }
}
