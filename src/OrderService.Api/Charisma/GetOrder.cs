using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// GET orders/{uuid}: an order that a wallet signed is open to everyone, since whoever knows its uuid was told it. One of a managed account is its
/// owner's to read: its uuid stands in ids that other wires publish, so to everyone else it is not there.
/// </summary>
internal static class GetOrder
{
    public static async Task<IResult> HandleAsync(string uuid, HttpContext context, FindOrder find, Authenticator authenticator, CancellationToken token)
    {
        if (await authenticator.RefusalOfKeyAsync(context, WalletActions.ListOrders, token) is { } noKey) return CharismaErrors.From(noKey);
        if (!OrderUuid.TryParse(uuid, out var id) || await find.HandleAsync(id, token) is not { } view) return CharismaErrors.From(new OrderError.NotFound());
        return view.Order.Funding == FundingKind.Signed || await IsOwnersAsync(view.Order, context, authenticator, token)
            ? Answers.Order(context, view)
            : CharismaErrors.From(new OrderError.NotFound());
    }

    private static async Task<bool> IsOwnersAsync(Order order, HttpContext context, Authenticator authenticator, CancellationToken token) =>
        !(await authenticator.AuthenticateAsync(context, WalletActions.ListOrders, uuid: null, order.Terms.Owner, token)).IsRejected(out _);
}
