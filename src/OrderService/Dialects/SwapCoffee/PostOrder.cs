using Microsoft.Extensions.Options;
using OrderService.Dialects.Wire;
using OrderService.Domain.Ports;
using OrderService.Orders;

namespace OrderService.Dialects.SwapCoffee;

/// <summary>POST {address}/order: stores an order that the strategies wallet pays for, active at once. Its number is in X-Order-Id.</summary>
internal static class PostOrder
{
    public static async Task<IResult> HandleAsync(
        string address, HttpContext context, OwnerProof proof, IStrategiesWallets wallets, EligiblePairs pairs, ISwapRouter router, NumberedOrders orders, IOptions<SwapCoffeeOptions> options,
        CancellationToken token)
    {
        if (proof.Check(address, context).IsRejected(out var why, out var caller)) return SwapCoffeeErrors.From(why);
        var read = await RequestBody.ReadAsync(context, options.Value.BodyBytesMax, NewOrderJson.Read);
        if (read.IsRejected(out why, out var body)) return SwapCoffeeErrors.From(why);
        if (body.Terms(caller.Owner, router.Terms).IsRejected(out why, out var terms)) return SwapCoffeeErrors.From(why);
        if (pairs.Refusal(body.From, body.To) is { } refused) return SwapCoffeeErrors.From(refused);
        if ((await wallets.CreateOrderAsync(terms, body.Plan(), body.ClientFields(), token)).IsRejected(out why, out var order)) return SwapCoffeeErrors.From(why);
        return Answers.Transaction(context, TransactionBoc.CreateOrder, await orders.NumberOfAsync(order.Id, token), order);
    }
}
