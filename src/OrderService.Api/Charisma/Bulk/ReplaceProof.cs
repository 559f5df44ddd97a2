using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call to replace an order by another.</summary>
internal sealed record ReplaceCall(OrderUuid Old, NewOrderRecord Order, Caller Caller);

/// <summary>Lets a replacement through; a wallet's message names both orders. That the new one is his is for its own signature to say.</summary>
internal sealed class ReplaceProof() : OwnOrderProof<ReplaceCall>(WalletActions.ReplaceOrder)
{
    /// <inheritdoc/>
    protected override async Task<Result<ReplaceCall>> ByKeyAsync(HttpContext http, OrderUuid uuid, Caller caller) =>
        (await ReadAsync(http)).IsRejected(out var why, out var order) ? why : new ReplaceCall(uuid, order, caller);

    /// <inheritdoc/>
    protected override async Task<Result<ReplaceCall>> ByMessageAsync(HttpContext http, OrderUuid uuid, Caller caller, WalletMessage? message)
    {
        if ((await ReadAsync(http)).IsRejected(out var why, out var order)) return why;
        if (!order.Uuid.IsRead || message?.NewUuid != order.Uuid.Value.ToString())
            return new OrderError.Unauthenticated("invalid_message", "The signed message must have the uuid of the new order as newUuid, exactly as it was signed");
        return new ReplaceCall(uuid, order, caller);
    }

    private static async Task<Result<NewOrderRecord>> ReadAsync(HttpContext http)
    {
        var body = await BodyFilter<ReplaceOrderRecord>.ReadAsync(http, CharismaBodies.ReplaceStyle.By(http.RequestServices));
        return RequestRules<ReplaceOrderRecord>.Of(http).FirstRefusal(body) is { } why ? why : body.Order.Value!;
    }
}
