using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution.Curves;

/// <summary>What of orders was swapped: what a limit that is an expression may ask about.</summary>
internal static class ConfirmedSlices
{
    /// <summary>By order; none is asked about where there is none.</summary>
    public static async Task<ILookup<Guid, Slice>> OfAsync(OrdersDb db, IEnumerable<Order> orders, CancellationToken token)
    {
        var ids = orders.Select(order => order.Id).ToArray();
        var slices = ids.Length == 0
            ? []
            : await db.Slices.AsNoTracking().Where(s => ids.Contains(s.OrderId) && s.Status == SliceStatus.Confirmed).ToListAsync(token);
        return slices.ToLookup(slice => slice.OrderId);
    }
}
