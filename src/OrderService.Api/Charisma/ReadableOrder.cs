using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

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
        if (!OrderUuid.TryParse(uuid, out var id)) return new OrderError.NotFound();
        if (await find.HandleAsync(id, token) is not { } view) return await AbsentAsync(id, context, token);
        return await IsToldAsync(view.Order, context, token) ? view : new OrderError.NotFound();
    }

    private async Task<OrderError> AbsentAsync(OrderUuid id, HttpContext context, CancellationToken token)
    {
        if (await find.AbsentAsync(id, token) is not { } gone) return new OrderError.NotFound();
        return gone.IsSigned || await IsOwnersAsync(gone.Owner, context, token) ? gone.Refusal : new OrderError.NotFound();
    }

    private async Task<bool> IsOwnersAsync(StacksAddress owner, HttpContext context, CancellationToken token) =>
        !(await authenticator.AuthenticateAsync(context, WalletActions.ListOrders, uuid: null, owner, token)).IsRejected(out _);

    /// <summary>True where who asks may read it.</summary>
    public async Task<bool> IsToldAsync(Order order, HttpContext context, CancellationToken token) =>
        order.Funding == FundingKind.Signed || await IsOwnersAsync(order.Terms.Owner, context, token);
}
