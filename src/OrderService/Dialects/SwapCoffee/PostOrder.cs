using Microsoft.Extensions.Options;
using OrderService.Dialects.Wire;
using OrderService.Domain.Ports;
using OrderService.Orders;
using OrderService.Telemetry;

namespace OrderService.Dialects.SwapCoffee;

/// <summary>POST {address}/order: stores an order that the strategies wallet pays for, active at once. Its number is in X-Order-Id.</summary>
internal static class PostOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, StrategiesWallets wallets, EligiblePairs pairs, ISwapRouter router, CreateManagedOrder create, NumberedOrders orders, IOptions<SwapCoffeeOptions> options,
        EngineTelemetry telemetry, CancellationToken token)
    {
        var owner = OwnerFilter.CallerOf(context).Owner;
        var read = await RequestBody.ReadAsync(context, options.Value.BodyBytesMax, NewOrderJson.Read);
        if (read.IsRejected(out var why, out var body)) return SwapCoffeeErrors.From(why);
        if (pairs.Refusal(body.From, body.To) is { } refused) return SwapCoffeeErrors.From(refused);
        if ((await wallets.FindAsync(owner, token)).IsRejected(out why, out var wallet)) return SwapCoffeeErrors.From(why);
        if (body.Terms(owner, CreationId.Of(context), router.Terms).IsRejected(out why, out var terms)) return SwapCoffeeErrors.From(why);
        var wanted = new NewManagedOrder(wallet, terms, body.Plan(), NewOrderTerms.Dialect, body.ClientFields());
        if ((await create.HandleAsync(wanted, token)).IsRejected(out why, out var order)) return SwapCoffeeErrors.From(why);
        if (body.Slippage.Value == WholeSlippage) telemetry.WholeSlippageTaken(NewOrderTerms.Dialect);
        return Answers.Transaction(context, TransactionBoc.CreateOrder, await orders.NumberOfAsync(order.Id, token), order);
    }

    // 100 %: for a dca any price will do, for a limit the quote must be twice its minimum. Legal, and hardly ever meant.
    private const int WholeSlippage = 10_000;
}
