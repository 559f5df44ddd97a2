using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>Reads orders of this wire: one by its id, or a page of them.</summary>
internal sealed class TreadOrders(FindCurves find, AbsentOrders absent)
{
    /// <summary>Events of one order that are looked through for messages.</summary>
    private const int EventsMax = 1_000;

    /// <summary>The order of an id that a caller may see, or why there is none; the words are the route's.</summary>
    public async Task<(OrderFacts? Order, TreadFault? Fault)> FindAsync(
        TreadCaller caller, string? id, OrderFaults faults, CancellationToken token)
    {
        if (string.IsNullOrEmpty(id)) return (null, faults.Missing);
        return TryParseId(id, out var key) ? await FindAsync(caller, (key, id), faults, token) : (null, faults.Malformed);
    }

    /// <summary>The same of an id that a body has, which its rules let pass.</summary>
    public Task<(OrderFacts? Order, TreadFault? Fault)> FindAsync(
        TreadCaller caller, Given<Guid> id, OrderFaults faults, CancellationToken token) =>
        FindAsync(caller, (id.Value, id.Text!), faults, token);

    private async Task<(OrderFacts? Order, TreadFault? Fault)> FindAsync(
        TreadCaller caller, (Guid Key, string Text) id, OrderFaults faults, CancellationToken token)
    {
        if ((await ReadAsync([id.Key], token)) is not [var order])
        {
            return (null, await GoneAsync(id.Key, token) is not { } gone ? faults.Unknown(id.Text)
                : caller.MaySee(gone.Owner) ? faults.Gone(gone.Refusal) : faults.Foreign);
        }
        return caller.MaySee(order.Order.Terms.Owner) ? (order, null) : (null, faults.Foreign);
    }

    /// <summary>How an order ended that was dropped with its month; null where there was never one.</summary>
    public Task<GoneOrder?> GoneAsync(Guid id, CancellationToken token) => absent.FindAsync(NewOrderTerms.Dialect, id, token);

    /// <summary>The orders of these ids, in this order; what is of another wire is left out.</summary>
    public async Task<IReadOnlyList<OrderFacts>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken token) =>
        [.. (await find.ReadAsync(ids, token)).Where(v => v.Order.Dialect == NewOrderTerms.Dialect).Select(v => new OrderFacts(v))];

    /// <summary>A page.</summary>
    public async Task<(IReadOnlyList<OrderFacts> Orders, int Count)> PageAsync(OrderQuery query, CancellationToken token)
    {
        var page = await find.HandleAsync(query, token);
        return ([.. page.Orders.Select(v => new OrderFacts(v))], page.Total);
    }

    /// <summary>The messages of orders, newest first.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<OrderMessage>>> MessagesAsync(
        IReadOnlyList<OrderFacts> orders, CancellationToken token)
    {
        var events = await find.EventsAsync([.. orders.Select(o => o.Order.Id)], EventsMax, token);
        return orders.ToDictionary(o => o.Order.Id, o => OrderMessage.Of(o, [.. events[o.Order.Id]]));
    }

    /// <summary>Reads an id, hyphenated or as 32 hex digits, in any case.</summary>
    public static bool TryParseId(string? text, out Guid id) =>
        Guid.TryParseExact(text, "D", out id) || Guid.TryParseExact(text, "N", out id);
}

/// <summary>What a route says where an order cannot be had.</summary>
internal sealed record OrderFaults(
    TreadFault Missing, TreadFault Malformed, Func<string, TreadFault> Unknown, Func<OrderError.Gone, TreadFault> Gone, TreadFault Foreign)
{
    /// <summary>Of the routes that answer bare texts.</summary>
    public static OrderFaults Bare { get; } =
        new(TreadFaults.NoOrderId, TreadFaults.BadOrderId, _ => TreadFaults.NoSuchOrder, TreadFaults.BareGone,
            TreadFaults.ForeignOrder);

    /// <summary>Of the routes whose id stands in the body.</summary>
    public static OrderFaults Named(Func<string, string> unknown) => new(
        TreadFaults.MissingId, TreadFaults.MalformedId, id => TreadFaults.Error(404, "order_not_found", unknown(id)),
        TreadFaults.Gone, TreadFaults.ForeignOrderError);
}
