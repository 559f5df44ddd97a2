using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders.Curves;

/// <summary>
/// Changes an order that is planned slice by slice: one more numbered revision, all changes or none. More funds are set aside in the same
/// transaction, and what is not needed any more is given back. Refused by code: <c>order_not_open</c>, <c>too_close</c>,
/// <c>below_executed</c>, <c>below_elapsed</c>, <c>volume_target</c>, <c>duration</c>, <c>too_many_slices</c>, <c>insufficient_balance</c>.
/// </summary>
internal sealed class AmendCurve(
    ChangeOrder change, FindCurves find, FindAccount accounts, SetAsideFunds setAside, JudgeKeySale judge, CurveMarket market,
    TimeProvider time)
{
    public async Task<Result<Order>> HandleAsync(OrderUuid uuid, Caller caller, CurveChanges changes, CancellationToken token)
    {
        if (await find.OrderAsync(uuid.Key, token) is not { Curve: { } curve } order) return new OrderError.NotFound();
        if (order.Terms.Owner != caller.Owner) return ChangeOrder.OtherWallet;
        if (CurveAmend.Refusal(order, changes, time.GetUtcNow()) is { } no) return no;
        var asked = changes.Of(curve.Asked);
        if (FundsOf(order, changes, asked).IsRejected(out var unknown, out var funds)) return unknown;
        var has = curve.Funds - curve.Released;
        var sight = market.Look(order.Terms, asked);
        if (funds <= has)
        {
            return await change.HandleAsync(uuid, caller,
                (same, now) => CurveAmend.Apply(same, changes, funds, TokenAmount.Zero, sight, now), token);
        }
        if ((await accounts.ByAddressAsync(order.Account!.Value, order.Terms.Owner, token)).IsRejected(out var gone, out var account))
            return gone;
        var topUp = funds - has;
        // more is sold than was allowed before
        if (judge.Judge(caller, order.Terms with { AmountIn = topUp }).IsRejected(out var forbidden, out var sale)) return forbidden;
        return await setAside.HandleAsync(
            account, order.Terms.SellToken, topUp, static _ => Task.FromResult<Result<Order>?>(null),
            db => WriteAsync(db, order, caller, sale, changes, funds, topUp, sight, token), token);
    }

    // Only a new quantity needs other funds: what an exact amount out may cost was fixed with the last one.
    private Result<TokenAmount> FundsOf(Order order, CurveChanges changes, CurveTerms asked)
    {
        if (changes.Target is not { } target) return order.Curve!.Funds - order.Curve.Released;
        return asked.IsExactOut ? market.Estimate(order.Terms, asked) : target;
    }

    private async Task<Result<Order>> WriteAsync(
        OrdersDb db, Order seen, Caller caller, AllowedSale sale, CurveChanges changes, TokenAmount funds, TokenAmount topUp,
        CurveSight sight, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var order = (await db.LockOrdersAsync([seen.Id], token))[seen.Id];
        order.ActedOnBy(caller.Actor);
        if (CurveAmend.Apply(order, changes, funds, topUp, sight, now).IsRejected(out var why)) return why;
        if (sale.Counted is { } counted && !await KeySales.AddAsync(db.TransactionConnection(), counted, token))
            return KeySales.Refusal(counted);
        await ReservationLedger.TopUpAsync(db, order.Id, topUp, now, order.Actor, token);
        await db.SaveWithNewsAsync(now, token);
        return order;
    }
}
