using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// Writes the statistics of an order in the transaction in which it ends: the believed price then, and the volume of the market while it
/// ran. What is not known stays empty. An order that never began has none.
/// </summary>
internal sealed class EndingStatistics(CurveMarket market, VolumeHistory volumes) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not OrdersDb db) return result;
        foreach (var entry in db.ChangeTracker.Entries<Order>().ToArray())
        {
            if (entry.Entity is not { IsCurve: true, Curve: { ActivatedAt: { } began } curve, EndedAt: { } ended } order) continue;
            if (entry.Property(o => o.Status).OriginalValue.IsTerminal()) continue;
            var stored = db.Entry(curve);
            if (market.PriceOf(order.Terms, curve.Asked) is { } price) stored.Property(c => c.DeparturePrice).CurrentValue = price.Floor;
            if (await volumes.OverAsync(db, CurveMarket.PairOf(order.Terms, curve.Asked), began, ended, Own(order, curve.Asked),
                cancellationToken) is not { } traded)
            {
                continue;
            }
            stored.Property(c => c.Vwap).CurrentValue = traded.Vwap;
            stored.Property(c => c.IntervalVolume).CurrentValue = traded.Base;
        }
        return result;
    }

    // What it swapped itself, in base and quote.
    private static (TokenAmount Base, TokenAmount Quote) Own(Order order, CurveTerms asked)
    {
        var (sold, bought) = (TokenAmount.Zero, TokenAmount.Zero);
        foreach (var slice in order.Slices.Where(s => s.Status == SliceStatus.Confirmed))
            (sold, bought) = (sold + slice.AmountIn, bought + (slice.AmountOut ?? TokenAmount.Zero));
        return asked.Side == TradeSide.Buy ? (bought, sold) : (sold, bought);
    }
}
