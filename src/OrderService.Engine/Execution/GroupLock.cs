using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// Locks the slots of groups of which a leg is about to be sent, until the end of a transaction. Only sends of one group wait for each
/// other.
/// </summary>
internal sealed class GroupLock(IEnumerable<OrderTerms> legs)
{
    private readonly Guid[] _groups = [.. legs.Select(leg => leg.GroupId).OfType<Guid>().Distinct()];
    private readonly Dictionary<Guid, int?> _holders = [];
    private readonly List<OrderTerms> _taken = [];

    /// <summary>The statements, for a batch; none where no order has a group.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (_groups.Length == 0) yield break;
        var command =
            new NpgsqlBatchCommand("SELECT group_id, leg FROM group_slots WHERE group_id = ANY($1) ORDER BY group_id FOR NO KEY UPDATE");
        command.Add(_groups);
        yield return command;
    }

    /// <summary>Reads their answer and goes to the next one.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (_groups.Length == 0) return;
        while (await reader.ReadAsync(token)) _holders[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : reader.GetInt32(1);
        await reader.NextResultAsync(token);
    }

    /// <summary>True where nothing of its group forbids the send of an order: it has none, or no other leg has the slot.</summary>
    public bool IsFree(OrderTerms order) =>
        order.GroupId is not { } group || (_holders.TryGetValue(group, out var holder) && (holder ?? order.Leg) == order.Leg);

    /// <summary>The order is sent.</summary>
    public void Take(OrderTerms order)
    {
        if (order.GroupId is not { } group) return;
        _holders[group] = order.Leg;
        _taken.Add(order);
    }

    /// <summary>The statements that write what was taken, for a batch.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes() => _taken.Count == 0 ? [] : [GroupRows.Take(_taken)];
}
