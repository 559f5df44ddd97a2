using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence;

/// <summary>What the change of one slice means for the ledgers of funds, or of what the order gives back that is in no slice.</summary>
internal sealed record SliceMove(Guid OrderId, int? SliceNumber, FundsMove Move, DateTimeOffset At, string Actor = Actors.System)
{
    /// <summary>By which id it is set aside.</summary>
    public Guid ReservationId { get; private init; } = OrderId;

    /// <summary>What of is set aside.</summary>
    public string Token { get; private init; } = "";

    /// <summary>The same, of what is set aside for an order.</summary>
    public SliceMove For(OrderHeader order) => this with { ReservationId = order.ReservationId, Token = order.Terms.SellToken.ToString() };

    /// <summary>The moves of a slice that was executing and is broadcast.</summary>
    public static IEnumerable<SliceMove> OfBroadcast(Slice slice, DateTimeOffset at)
    {
        var isEnding = slice.EndAs is not null;
        return FundsMove.Between(FundsStates.Of(SliceStatus.Executing, isEnding), FundsStates.Of(slice.Status, isEnding), slice.AmountIn)
            .Select(move => new SliceMove(slice.OrderId, slice.Number, move, at));
    }

    /// <summary>
    /// The moves of an order's slices since they were read. Each has been told as an event, and is as late as the last one.
    /// </summary>
    public static IEnumerable<SliceMove> Of(OrdersDb db, Order order, IReadOnlyList<OrderEvent> news)
    {
        Func<SliceStatus, bool, FundsState> stateOf = order.IsCurve || order.Terms.GroupId is not null
            ? FundsStates.OfPlanned : FundsStates.Of;
        foreach (var slice in order.Slices)
        {
            var entry = db.Entry(slice);
            // most of an order's parts are; a new one is set aside already
            if (entry.State is EntityState.Unchanged or EntityState.Added) continue;
            var from = stateOf(entry.Property(s => s.Status).OriginalValue, entry.Property(s => s.EndAs).OriginalValue is not null);
            var to = stateOf(slice.Status, slice.EndAs is not null);
            foreach (var move in FundsMove.Between(from, to, slice.AmountIn))
                yield return new SliceMove(order.Id, slice.Number, move, news[^1].At, news[^1].Actor);
        }
        var before = db.Entry(order).ComplexProperty(o => o.Terms).Property(t => t.AmountIn).OriginalValue;
        if (before > order.Terms.AmountIn && order.Terms.GroupId is null)
        {
            yield return new SliceMove(order.Id, null,
                new FundsMove(FundsState.Reserved, FundsState.Returned, before - order.Terms.AmountIn), news[^1].At, news[^1].Actor);
        }
        if (order.IsRestReleased && !db.Entry(order).Property(o => o.IsRestReleased).OriginalValue)
        {
            yield return new SliceMove(order.Id, null, new FundsMove(FundsState.Reserved, FundsState.Returned, PartsOf.Rest(order)),
                news[^1].At, news[^1].Actor);
        }
        if (order.Curve is not { } curve || db.Entry(curve) is not { State: EntityState.Modified } changed) yield break;
        var released = curve.Released - changed.Property(c => c.Released).OriginalValue;
        if (released > OrderService.Domain.Amounts.TokenAmount.Zero)
        {
            yield return new SliceMove(order.Id, null, new FundsMove(FundsState.Reserved, FundsState.Returned, released), news[^1].At,
                news[^1].Actor);
        }
    }
}
