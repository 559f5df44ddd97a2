using Npgsql;
using OrderService.Engine.Clock;
using OrderService.Engine.Partitions;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Workers;

/// <summary>
/// Whether the engine of this node works on its partition. Each node that lives says so in the partition's own rows, and whose turn it is
/// follows from them: the nodes in the order of their ids, each the next partition. It takes the lease when the one before has let go of it
/// or died. As with all leases it spares work and decides nothing: rows are locked. A store that is not divided is worked on by all.
/// </summary>
internal sealed class PartitionShare(PartitionPlace place, WorkLeases leases, NpgsqlDataSource source, TimeProvider time)
{
    private const string Work = "partition";

    // Who lives, this node with them: what it writes here it cannot see yet.
    private const string Live =
        """
        WITH here AS (
            INSERT INTO work_leases AS l (work, node, until) VALUES ('engine ' || $1::text, $1, $3)
            ON CONFLICT (work) DO UPDATE SET until = excluded.until RETURNING node)
        SELECT node FROM here UNION SELECT node FROM work_leases WHERE work LIKE 'engine %' AND until > $2 ORDER BY node
        """;

    private const string Leave = "DELETE FROM work_leases WHERE work = 'engine ' || $1::text OR (work LIKE 'engine %' AND until < $2)";

    private volatile bool _isMine = place.IsWhole;

    /// <summary>The partition.</summary>
    public PartitionPlace Place => place;

    /// <summary>True while it is this node's to work on.</summary>
    public bool IsMine => _isMine;

    /// <summary>Says that this node lives, and looks whose the partition is.</summary>
    public async Task LookAsync(CancellationToken token)
    {
        var isMine = false;
        try
        {
            var nodes = await NodesAsync(token);
            if (nodes[place.Number % nodes.Count] == leases.Node) isMine = await leases.HoldsAsync(Work, token);
            else await leases.ReleaseAsync(Work, token);
        }
        finally
        {
            _isMine = isMine;
        }
    }

    /// <summary>Leaves it to the others at once.</summary>
    public async Task LeaveAsync(CancellationToken token)
    {
        _isMine = false;
        await leases.ReleaseAsync(Work, token);
        await using var command = source.CreateCommand(Leave);
        command.Add(leases.Node);
        command.Add(time.RealNow().AddHours(-1).UtcDateTime);
        await command.ExecuteNonQueryAsync(token);
    }

    private async Task<List<Guid>> NodesAsync(CancellationToken token)
    {
        var now = time.RealNow();
        await using var command = source.CreateCommand(Live);
        command.Add(leases.Node);
        command.Add(now.UtcDateTime);
        command.Add((now + WorkLeases.Length).UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var nodes = new List<Guid>();
        while (await reader.ReadAsync(token)) nodes.Add(reader.GetGuid(0));
        return nodes;
    }
}
