using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders;

/// <summary>
/// Proves an order that an account pays for, and stores it together with its reservation, both or neither: the one way in, so that no such order is without one. The rule about
/// recipients is held here too, whatever the caller has checked. Refused with <c>insufficient_balance</c>, which says what is missing, where the account has less.
/// </summary>
internal sealed class ReserveOrder(FindAccount accounts, SetAsideFunds setAside, JudgeKeySale judge, FindOrder find, TermsRules rules, TokenRegistry tokens, ISwapRouter router)
{
    /// <summary>The account is the owner's, what it sells can be signed for this venue, and who asks may sell so much.</summary>
    public Result<ProvenOrder> Prove(NewOrder wanted, ManagedAccount account)
    {
        var (terms, venue) = (wanted.Terms, router.Terms);
        if (terms.Owner != account.Owner) return new OrderError.Forbidden("wrong_wallet", "The account belongs to another wallet");
        if (terms.Router != venue.Router) return new OrderError.WrongRouter(venue.Router.ToString());
        if (terms.ChainId != venue.Network.ChainId) return new OrderError.WrongNetwork(venue.Network.Name, venue.Network.ChainId);
        var sale = default(AllowedSale);
        if (wanted.By is { } by && judge.Judge(by, terms).IsRejected(out var why, out sale)) return why;
        return new ProvenOrder(new FundsAuthority.Managed(account.Address, rules.IsCalled(terms)), sale.Counted);
    }

    public async Task<Result<Order>> HandleAsync(OrderRow row, CancellationToken token)
    {
        var order = row.Order;
        if ((await accounts.ByAddressAsync(order.Account!.Value, order.Terms.Owner, token)).IsRejected(out var unknown, out var account)) return unknown;
        var canSendOn = router.CanCall(order.Terms.BuyToken) || tokens.Find(order.Terms.BuyToken)?.Type == TokenType.Subnet;
        if (account.RecipientRefusal(order.Terms.Recipient, canSendOn, order.TermsSignature is not null && TermsSignatures.Hold(order)) is { } refused) return refused;
        // The same order again is answered with what is stored, whatever the account holds by now.
        return await setAside.HandleAsync(account, order.Terms.SellToken, order.Terms.AmountIn, () => find.SameAsync(order, token), db => WriteAsync(db, row, account, token), token);
    }

    /// <summary>
    /// The same of the legs of a group that cancel each other: one of them is swapped at most, so the most that one of them sells is set aside for all, once. It goes by the id of the first leg, and
    /// what is left is given back when all have ended.
    /// </summary>
    public async Task<Result<Order[]>> TogetherAsync(IReadOnlyList<OrderRow> rows, GroupSlot group, CancellationToken token)
    {
        var first = rows[0].Order;
        if (group.Kind != GroupKind.Oco || first.ReservationId != first.Id || rows.Any(row => row.Order.Account != first.Account || row.Order.Terms.SellToken != first.Terms.SellToken))
            throw new System.Diagnostics.UnreachableException($"group {group.GroupId} shares no funds");
        if ((await accounts.ByAddressAsync(first.Account!.Value, first.Terms.Owner, token)).IsRejected(out var unknown, out var account)) return unknown;
        var canSendOn = rows.All(row => router.CanCall(row.Order.Terms.BuyToken) || tokens.Find(row.Order.Terms.BuyToken)?.Type == TokenType.Subnet);
        foreach (var row in rows) if (account.RecipientRefusal(row.Order.Terms.Recipient, canSendOn, isSignedByWallet: false) is { } refused) return refused;
        var most = rows.Select(row => row.Order.Terms.AmountIn).Max();
        return await setAside.HandleAsync(account, first.Terms.SellToken, most, () => StoredAsync(rows, token), db => WriteAsync(db, rows, group, account, most, token), token);
    }

    private async Task<Result<Order[]>?> StoredAsync(IReadOnlyList<OrderRow> rows, CancellationToken token)
    {
        var stored = new List<Order>();
        foreach (var row in rows)
        {
            if (await find.SameAsync(row.Order, token) is not { } known)
            {
                if (stored.Count == 0) return null;
                return PlaceOrders.GroupExists;
            }
            if (known.IsRejected(out var why, out var order)) return why;
            stored.Add(order);
        }
        return stored.ToArray();
    }

    private static async Task<Result<Order[]>> WriteAsync(OrdersDb db, IReadOnlyList<OrderRow> rows, GroupSlot group, ManagedAccount account, TokenAmount most, CancellationToken token)
    {
        var (connection, first) = (db.TransactionConnection(), rows[0].Order);
        if (await GroupRows.AddAsync(connection, group, token) is not true) return PlaceOrders.GroupExists;
        if ((await OrderInsert.WriteAsync(connection, [.. rows.OrderBy(row => row.Order.Id)], token)).Count < rows.Count) return PlaceOrders.GroupExists;
        await ReservationLedger.OpenAsync(db, Reservation.Of(first.Id, account.Id, first.Terms.SellToken, most), first.CreatedAt, first.Actor, token);
        if (rows.Select(row => row.Sale).MaxBy(sale => sale?.Usd) is { } sale && !await KeySales.AddAsync(connection, sale, token)) return KeySales.Refusal(sale);
        return rows.Select(row => row.Order).ToArray();
    }

    private async Task<Result<Order>> WriteAsync(OrdersDb db, OrderRow row, ManagedAccount account, CancellationToken token)
    {
        var (order, terms) = (row.Order, row.Order.Terms);
        var inserted = await OrderInsert.WriteAsync(db.TransactionConnection(), [row], token);
        if (!inserted.Contains(order.Id)) return await find.SameAsync(order, token) ?? FindOrder.BeingStored;
        if (order.Curve is { } curve)
        {
            db.Entry(curve).State = EntityState.Added; // it alone: the order, its slice and the event of its creation are stored above
            db.Events.AddRange(order.TakeNews().Where(told => told.Kind != OrderEventKinds.Created));
            await db.SaveChangesAsync(token);
        }
        await ReservationLedger.OpenAsync(db, Reservation.Of(order.Id, account.Id, terms.SellToken, terms.AmountIn), order.CreatedAt, order.Actor, token);
        if (row.Sale is { } sale && !await KeySales.AddAsync(db.TransactionConnection(), sale, token)) return KeySales.Refusal(sale);
        return order;
    }
}
