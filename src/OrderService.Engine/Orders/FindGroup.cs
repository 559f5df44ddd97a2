using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>A group as it reads at one moment: its slot, and its legs by number.</summary>
internal sealed record GroupView(GroupSlot Slot, IReadOnlyList<OrderView> Legs);

/// <summary>Reads one group with all of its legs.</summary>
internal sealed class FindGroup(IDbContextFactory<OrdersDb> databases, EndedOrders ended, FindOrder find)
{
    public async Task<GroupView?> HandleAsync(Guid id, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        if (await db.Slots.AsNoTracking().SingleOrDefaultAsync(slot => slot.GroupId == id, token) is not { } slot) return null;
        var legs = await LegsAsync(db, id, token);
        if (legs.Count == 0)
        {
            await using var past = await ended.OpenAsync(token);
            legs = await LegsAsync(past, id, token);
        }
        return legs.Count == 0 ? null : new GroupView(slot, await find.ReadAsync(legs, token));
    }

    private static Task<List<Guid>> LegsAsync(OrdersDb db, Guid id, CancellationToken token) =>
        db.Orders.Where(o => o.Terms.GroupId == id).OrderBy(o => o.Terms.Leg).Select(o => o.Id).ToListAsync(token);
}
