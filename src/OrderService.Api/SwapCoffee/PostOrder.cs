using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// POST {address}/order: stores an order that the strategies wallet pays for, active at once, its number in X-Order-Id. In mode Confirm it stores nothing: the whole order
/// is in the payload that is answered, and <see cref="ConfirmOrder"/> takes it back.
/// </summary>
internal static class PostOrder
{
    public static async Task<IResult> HandleAsync(HttpContext context, NewOrders orders, IOptions<SwapCoffeeOptions> options, CancellationToken token)
    {
        var confirms = options.Value.Activation == OrderActivation.Confirm;
        ReadOnlyMemory<byte> given = default;
        var read = await RequestBody.ReadAsync(context, options.Value.BodyBytesMax, json =>
        {
            if (confirms) given = json.ToArray(); // the bytes are gone when this returns
            return NewOrderJson.Read(json);
        });
        if (read.IsRejected(out var why, out var body)) return SwapCoffeeErrors.From(why);
        var id = CreationId.Of(context);
        if (!confirms) return await orders.StoreAsync(context, body, id, token);
        return (await orders.PrepareAsync(CallerProof.CallerOf(context), body, id, token)).IsRejected(out why, out var wanted)
            ? SwapCoffeeErrors.From(why)
            : Answers.Json(context, json => TransactionBoc.WriteUnconfirmed(json, wanted.Wallet.Address, wanted.Order.Terms.Uuid, given));
    }
}
