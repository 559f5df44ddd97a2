using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// Finds the order of a path for who may read it. One that a wallet signed is open to everyone, since whoever knows its uuid was told it.
/// One of a managed account is its owner's to read: its uuid stands in ids that other wires publish, so to everyone else it is not there.
/// </summary>
internal sealed class ReadableOrder(FindOrder find, Authenticator authenticator)
{
    /// <summary>The order as it reads now, or why it is not told.</summary>
    public async Task<Result<OrderView>> FindAsync(string uuid, HttpContext context, CancellationToken token)
    {
        if (await authenticator.RefusalOfKeyAsync(context, WalletActions.ListOrders, token) is { } noKey) return noKey;
        if (!OrderUuid.TryParse(uuid, out var id) || await find.HandleAsync(id, token) is not { } view) return new OrderError.NotFound();
        return await IsToldAsync(view.Order, context, token) ? view : new OrderError.NotFound();
    }

    /// <summary>True where who asks may read it.</summary>
    public async Task<bool> IsToldAsync(Order order, HttpContext context, CancellationToken token) =>
        order.Funding == FundingKind.Signed
            || !(await authenticator.AuthenticateAsync(context, WalletActions.ListOrders, uuid: null, order.Terms.Owner, token)).IsRejected(
                out _);
}
