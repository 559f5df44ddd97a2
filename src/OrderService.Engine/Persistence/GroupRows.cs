using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence;

/// <summary>The slots of groups, and how they are locked: after the orders and slices of all legs, in the order of their ids.</summary>
internal static class GroupRows
{
    /// <summary>
    /// Stores the slot of a new group, in the transaction in which its legs are; false where it is there already, and null where there is
    /// one of another kind.
    /// </summary>
    public static async Task<bool?> AddAsync(NpgsqlConnection connection, GroupSlot slot, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("INSERT INTO group_slots AS g (group_id, kind, sells_all) VALUES ($1, $2, $3) ON CONFLICT (group_id) DO UPDATE SET kind = g.kind RETURNING CASE WHEN kind = $2 AND sells_all = $3 THEN xmax = 0 END", connection);
        command.Add(slot.GroupId);
        command.Add(Words.Of(slot.Kind));
        command.Add(slot.SellsAll);
        return await command.ExecuteScalarAsync(token) as bool?;
    }

    /// <summary>
    /// The statement that gives slots to the legs that are about to be sent, for a batch of the transaction that has them locked.
    /// </summary>
    public static NpgsqlBatchCommand Take(IReadOnlyList<OrderTerms> legs)
    {
        var command = new NpgsqlBatchCommand(
            "UPDATE group_slots g SET leg = b.leg FROM unnest($1, $2) AS b (group_id, leg) WHERE g.group_id = b.group_id");
        command.AddColumn(NpgsqlDbType.Uuid, legs, leg => leg.GroupId!.Value);
        command.AddColumn(NpgsqlDbType.Integer, legs, leg => leg.Leg!.Value);
        return command;
    }

    /// <summary>
    /// Locks the slots of groups whose legs are locked, and puts each group together. Comes back with the legs of groups of which somebody
    /// else has a part: of these nothing can be changed now.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> LockGroupsAsync(
        this OrdersDb db, IReadOnlyCollection<Order> locked, CancellationToken token)
    {
        var legs = locked.Where(order => order.Terms.GroupId is not null).ToLookup(order => order.Terms.GroupId!.Value);
        if (legs.Count == 0) return [];
        var (groups, apart) = (legs.Select(of => of.Key).ToArray(), new List<Guid>());
        foreach (var slot in await db.Slots.FromSql(
            $"SELECT * FROM group_slots WHERE group_id = ANY({groups}) ORDER BY group_id FOR NO KEY UPDATE").ToListAsync(token))
        {
            if (legs[slot.GroupId].Count() == slot.Kind.LegsCount()) _ = new OrderGroup(slot, legs[slot.GroupId]);
            else apart.AddRange(legs[slot.GroupId].Select(leg => leg.Id));
        }
        return apart;
    }

    /// <summary>The slots of these orders' groups as they stand now; none is locked.</summary>
    public static async Task<Dictionary<Guid, GroupSlot>> ReadSlotsAsync(
        this OrdersDb db, IEnumerable<Order> orders, CancellationToken token)
    {
        var groups = orders.Select(order => order.Terms.GroupId).OfType<Guid>().Distinct().ToArray();
        return groups.Length == 0
            ? []
            : await db.Slots.AsNoTracking().Where(slot => groups.Contains(slot.GroupId)).ToDictionaryAsync(slot => slot.GroupId, token);
    }
}
