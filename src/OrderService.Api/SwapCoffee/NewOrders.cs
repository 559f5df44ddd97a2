using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Telemetry;

namespace OrderService.Api.SwapCoffee;

/// <summary>What becomes of a new order of this wire, asked for at once or confirmed later.</summary>
internal sealed class NewOrders(
    StrategiesWallets wallets, EligiblePairs pairs, ISwapRouter router, PlaceOrder place, PublicNumbers numbers, EngineTelemetry telemetry)
{
    /// <summary>The order as it would be stored, with the wallet that pays, or why not; nothing is stored and nothing set aside.</summary>
    public async Task<Result<(ManagedAccount Wallet, NewOrder Order)>> PrepareAsync(
        Caller caller, NewOrderBody body, Guid id, CancellationToken token)
    {
        if (pairs.Refusal(body.From, body.To) is { } refused) return refused;
        if ((await wallets.FindAsync(caller.Owner, token)).IsRejected(out var why, out var wallet)) return why;
        var terms = body.Terms(caller.Owner, id, router.Terms);
        return (wallet,
            new NewOrder(terms, new OrderFunding.FromAccount(wallet), new OrderPlan.Parts(body.Plan()), NewOrderTerms.Dialect,
                body.ClientFields(router.Terms)) { By = caller, Kind = body.Kind() });
    }

    /// <summary>Stores the order, active from here on, and answers its transaction. The same id again is the same order.</summary>
    public async Task<IResult> StoreAsync(HttpContext context, NewOrderBody body, Guid id, CancellationToken token)
    {
        if ((await PrepareAsync(CallerProof.CallerOf(context), body, id, token)).IsRejected(out var why, out var prepared))
            return SwapCoffeeErrors.From(why);
        // A number that turns out not to be needed, since the order is stored already, is a gap.
        var wanted = prepared.Order with { PublicId = PublicNumbers.IdOf(await numbers.NextAsync(token)) };
        if ((await place.HandleAsync(wanted, token)).IsRejected(out why, out var order)) return SwapCoffeeErrors.From(why);
        // 100 %: for a dca any price will do, for a limit the quote must be twice its minimum. Legal, and hardly ever meant.
        if (body.Slippage.Value == BasisPoints.Max) telemetry.WholeSlippageTaken(NewOrderTerms.Dialect);
        return Answers.Transaction(context, TransactionBoc.CreateOrder, PublicNumbers.Of(order.PublicId!), order);
    }
}
