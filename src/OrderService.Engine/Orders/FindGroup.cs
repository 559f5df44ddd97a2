using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>A group as it reads at one moment: its slot, and its legs by number.</summary>
internal sealed record GroupView(GroupSlot Slot, IReadOnlyList<OrderView> Legs);

/// <summary>Reads one group with all of its legs.</summary>
internal sealed class FindGroup(IDbContextFactory<OrdersDb> databases, FindOrder find)
{
    public async Task<GroupView?> HandleAsync(Guid id, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        if (await db.Slots.AsNoTracking().SingleOrDefaultAsync(slot => slot.GroupId == id, token) is not { } slot) return null;
        var legs = await db.Orders.Where(o => o.Terms.GroupId == id).OrderBy(o => o.Terms.Leg).Select(o => o.Id).ToListAsync(token);
        return new GroupView(slot, await find.ReadAsync(legs, token));
    }
}
