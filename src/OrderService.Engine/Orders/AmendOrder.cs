using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>
/// Changes an order in parts that an account of its owner pays for: one more numbered revision, all changes or none. More funds are set
/// aside in the same transaction, and what is not needed any more is given back. Refused with <c>order_not_open</c>, with
/// <c>insufficient_balance</c>, or naming the field that cannot be so.
/// </summary>
internal sealed class AmendOrder(
    ChangeOrder change, FindOrder find, FindAccount accounts, SetAsideFunds setAside, JudgeKeySale judge, TermsRules rules,
    IOptions<OrdersOptions> options, TimeProvider time)
{
    public async Task<Result<Order>> HandleAsync(OrderUuid uuid, Caller caller, PartsChanges changes, CancellationToken token)
    {
        if (await find.HandleAsync(uuid, token) is not { Order: var order }) return new OrderError.NotFound();
        if (order.Terms.Owner != caller.Owner) return ChangeOrder.OtherWallet;
        if (PartsAmend.Refusal(order, changes, Limits, time.GetUtcNow()) is { } no) return no;
        var terms = changes.Of(order.Terms);
        if (rules.Refusal(terms, order.Account is not null) is { } refused) return refused;
        if (terms.AmountIn <= order.Terms.AmountIn)
            return await change.HandleAsync(uuid, caller, (same, now) => Apply(same, changes, TokenAmount.Zero, now), token);
        if ((await accounts.ByAddressAsync(order.Account!.Value, order.Terms.Owner, token)).IsRejected(out var gone, out var account))
            return gone;
        var topUp = terms.AmountIn - order.Terms.AmountIn;
        // more is sold than was allowed before
        if (judge.Judge(caller, terms with { AmountIn = topUp }).IsRejected(out var forbidden, out var sale)) return forbidden;
        return await setAside.HandleAsync(
            account, terms.SellToken, topUp, static _ => Task.FromResult<Result<Order>?>(null),
            db => WriteAsync(db, order.Id, caller, sale, changes, topUp, token), token);
    }

    private ScheduleLimits Limits => new(options.Value.PartsMax);

    private Result<Order> Apply(Order order, PartsChanges changes, TokenAmount topUp, DateTimeOffset now) =>
        PartsAmend.Apply(order, changes, topUp, Limits, now, options.Value.MaxDeviationBps);

    private async Task<Result<Order>> WriteAsync(
        OrdersDb db, Guid id, Caller caller, AllowedSale sale, PartsChanges changes, TokenAmount topUp, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var order = (await db.LockOrdersAsync([id], token))[id];
        order.ActedOnBy(caller.Actor);
        if (Apply(order, changes, topUp, now).IsRejected(out var why)) return why;
        if (sale.Counted is { } counted && !await KeySales.AddAsync(db.TransactionConnection(), counted, token))
            return KeySales.Refusal(counted);
        await ReservationLedger.TopUpAsync(db, order.Id, topUp, now, order.Actor, token);
        await db.SaveWithNewsAsync(now, token);
        return order;
    }
}
