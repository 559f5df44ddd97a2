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
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>
/// Proves an order that an account pays for, and stores it together with its reservation, both or neither: the one way in, so that no such
/// order is without one. The rule about recipients is held here too, whatever the caller has checked. Refused with
/// <c>insufficient_balance</c>, which says what is missing, where the account has less.
/// </summary>
internal sealed class ReserveOrder(
    SetAsideFunds setAside, JudgeKeySale judge, FindOrder find, TermsRules rules, TokenRegistry tokens, ISwapRouter router)
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
        var (order, account) = (row.Order, row.Payer!);
        if (RecipientRefusal(account, order.Terms, order.TermsSignature is not null && TermsSignatures.Hold(order)) is { } refused)
            return refused;
        // The same order again is answered with what is stored, whatever the account holds by now.
        return await setAside.HandleAsync(account, order.Terms.SellToken, order.Terms.AmountIn, db => find.SameAsync(db, order, token),
            db => WriteAsync(db, row, account, token), token);
    }

    /// <summary>
    /// The same of the legs of a group, by the id of the first. Of legs that cancel each other one is swapped at most, so the most that one
    /// of them sells is set aside for all, once. What legs sell that come later is set aside when their turn comes. What is left is given
    /// back when all have ended.
    /// </summary>
    public async Task<Result<Order[]>> TogetherAsync(IReadOnlyList<OrderRow> rows, GroupSlot group, CancellationToken token)
    {
        var orders = rows.Select(row => row.Order).ToArray();
        var (first, last) = (orders[0], orders[^1]);
        if (first.ReservationId != first.Id || orders.Any(order => order.Account != first.Account)
            || orders.Skip(group.Kind == GroupKind.Oco ? 0 : 1).Any(order => order.Terms.SellToken != last.Terms.SellToken))
        {
            throw new System.Diagnostics.UnreachableException($"group {group.GroupId} shares no funds");
        }
        var account = rows[0].Payer!;
        foreach (var order in orders) if (RecipientRefusal(account, order.Terms, isSignedByWallet: false) is { } refused) return refused;
        if (group.SellsAll && SellAllRefusal(account, first.Terms, last.Terms) is { } unfit) return unfit;
        var aside = Aside(group.Kind, orders.Select(order => order.Terms.AmountIn));
        return await setAside.HandleAsync(account, first.Terms.SellToken, aside, db => StoredAsync(db, rows, token),
            db => WriteAsync(db, rows, group, account, aside, token), token);
    }

    /// <summary>What an account sets aside for a group at the beginning, of what its legs sell.</summary>
    public static TokenAmount Aside(GroupKind kind, IEnumerable<TokenAmount> legs) => kind == GroupKind.Oco ? legs.Max() : legs.First();

    /// <summary>Why the later legs of a group cannot sell all that its first one buys; null where they can.</summary>
    public static OrderError.Field? SellAllRefusal(ManagedAccount account, OrderTerms first, OrderTerms last) =>
        first.BuyToken != last.SellToken
            ? new OrderError.Field("inputToken", "of the legs that sell all must be what the first leg buys")
            : first.Recipient != Principal.From(account.Address)
                ? new OrderError.Field("recipient", "of the first leg must be the account, which then sells all of it")
                : null;

    private async Task<Result<Order[]>?> StoredAsync(OrdersDb db, IReadOnlyList<OrderRow> rows, CancellationToken token)
    {
        var stored = new List<Order>();
        foreach (var row in rows)
        {
            if (await find.SameAsync(db, row.Order, token) is not { } known)
            {
                if (stored.Count == 0) return null;
                return PlaceOrders.GroupExists;
            }
            if (known.IsRejected(out var why, out var order)) return why;
            stored.Add(order);
        }
        return stored.ToArray();
    }

    private static async Task<Result<Order[]>> WriteAsync(
        OrdersDb db, IReadOnlyList<OrderRow> rows, GroupSlot group, ManagedAccount account, TokenAmount aside, CancellationToken token)
    {
        var (connection, first) = (db.TransactionConnection(), rows[0].Order);
        if (await GroupRows.AddAsync(connection, group, token) is not true) return PlaceOrders.GroupExists;
        if ((await OrderInsert.WriteAsync(connection, [.. rows.OrderBy(row => row.Order.Id)], token)).Count < rows.Count)
            return PlaceOrders.GroupExists;
        await ReservationLedger.OpenAsync(db, Reservation.Of(first.Id, account.Id, first.Terms.SellToken, aside), first.CreatedAt,
            first.Actor, token);
        if (Sale(rows, group) is { } sale && !await KeySales.AddAsync(connection, sale, token)) return KeySales.Refusal(sale);
        return rows.Select(row => row.Order).ToArray();
    }

    // Of rivals the one that is worth most; and what comes later is worth what it is said to be, and no less than the first, whose proceeds
    // it may be.
    private static KeySale? Sale(IReadOnlyList<OrderRow> rows, GroupSlot group)
    {
        if (rows.Select(row => row.Sale).MaxBy(sale => sale?.Usd) is not { } most || group.Kind == GroupKind.Oco)
            return rows.Select(row => row.Sale).MaxBy(sale => sale?.Usd);
        var (first, later) = (rows[0].Sale!.Usd, most.Usd);
        return most with { Usd = first.Count > Price.MaxValue.Count - later.Count ? Price.MaxValue : new Price(first.Count + later.Count) };
    }

    /// <summary>Why the account may not pay whom the terms name; null where it may.</summary>
    public OrderError? RecipientRefusal(ManagedAccount account, OrderTerms terms, bool isSignedByWallet) => account.RecipientRefusal(
        terms.Recipient, router.CanCall(terms.BuyToken) || tokens.Find(terms.BuyToken)?.Type == TokenType.Subnet, isSignedByWallet);

    private async Task<Result<Order>> WriteAsync(OrdersDb db, OrderRow row, ManagedAccount account, CancellationToken token)
    {
        var (order, terms) = (row.Order, row.Order.Terms);
        var inserted = await OrderInsert.WriteAsync(db.TransactionConnection(), [row], token);
        if (!inserted.Contains(order.Id)) return await find.SameAsync(db, order, token) ?? FindOrder.BeingStored;
        if (order.Curve is { } curve)
        {
            db.Entry(curve).State = EntityState.Added; // it alone: the order, its slice and the event of its creation are stored above
            db.Events.AddRange(order.TakeNews().Where(told => told.Kind != OrderEventKinds.Created));
            await db.SaveChangesAsync(token);
        }
        await ReservationLedger.OpenAsync(db, Reservation.Of(order.Id, account.Id, terms.SellToken, terms.AmountIn), order.CreatedAt,
            order.Actor, token);
        if (row.Sale is { } sale && !await KeySales.AddAsync(db.TransactionConnection(), sale, token)) return KeySales.Refusal(sale);
        return order;
    }
}
