using Microsoft.Extensions.Options;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// POST {address}/order: stores an order that the strategies wallet pays for, active at once, its number in X-Order-Id. In mode Confirm it
/// stores nothing: the whole order is in the payload that is answered, and <see cref="ConfirmOrder"/> takes it back.
/// </summary>
internal static class PostOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, NewOrders orders, IOptions<SwapCoffeeOptions> options, CancellationToken token)
    {
        var given = BodyFilter<NewStrategyRecord>.BodyOf(context);
        var (id, body) = (CreationId.Of(context), NewOrderJson.Of(given));
        if (options.Value.Activation != OrderActivation.Confirm) return await orders.StoreAsync(context, body, id, token);
        return (await orders.PrepareAsync(CallerProof.CallerOf(context), body, id, token)).IsRejected(out var why, out var wanted)
            ? SwapCoffeeErrors.From(why)
            : JsonAnswer.Fresh(context, TransactionBoc.OfUnconfirmed(wanted.Wallet.Address, wanted.Order.Terms.Uuid, given.Body),
                SwapCoffeeJson.Default.TransactionRecord);
    }
}
