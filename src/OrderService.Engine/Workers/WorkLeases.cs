using System.Collections.Concurrent;
using Npgsql;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Workers;

/// <summary>
/// Work that one node does for all of them, such as asking the chain about what is in flight: done by each it would only be asked for as
/// many times. A lease is for seconds and renewed while its holder lives. It spares work and decides nothing: two who both believe to have
/// one do the same under the rows' own locks, or write only where the lease's row still names them.
/// </summary>
internal sealed class WorkLeases(NpgsqlDataSource source, TimeProvider time, NodeName? name = null)
{
    private const string Take =
        """
        INSERT INTO work_leases AS l (work, node, until, yields) VALUES ($1, $2, $4, $5)
        ON CONFLICT (work) DO UPDATE SET node = excluded.node, until = excluded.until, yields = excluded.yields
        WHERE l.node = excluded.node OR l.until <= $3 OR (l.yields AND NOT excluded.yields)
        RETURNING true
        """;

    /// <summary>How long a lease lasts after it was renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(0.6);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool Mine)> _known = new(StringComparer.Ordinal);

    /// <summary>Whom the rows name where a lease is this node's.</summary>
    public Guid Node { get; } = name?.Id ?? Guid.NewGuid();

    /// <summary>True where this work is this node's for now.</summary>
    public Task<bool> HoldsAsync(string work, CancellationToken token) => HoldsAsync(work, yields: false, token);

    /// <summary>The same; where this node <paramref name="yields"/>, it is for one that does not as soon as that one asks.</summary>
    public async Task<bool> HoldsAsync(string work, bool yields, CancellationToken token)
    {
        var now = time.RealNow();
        if (_known.TryGetValue(work, out var known) && now - known.At < AskEvery && now >= known.At) return known.Mine;
        await using var command = source.CreateCommand(Take);
        command.Add(work);
        command.Add(Node);
        command.Add(now.UtcDateTime);
        command.Add((now + Length).UtcDateTime);
        command.Add(yields);
        var mine = await command.ExecuteScalarAsync(token) is true;
        _known[work] = (now, mine);
        return mine;
    }

    /// <summary>Leaves it to the others at once.</summary>
    public async Task ReleaseAsync(string work, CancellationToken token)
    {
        if (!_known.TryRemove(work, out var known) || !known.Mine) return;
        await using var command = source.CreateCommand("DELETE FROM work_leases WHERE work = $1 AND node = $2");
        command.Add(work);
        command.Add(Node);
        await command.ExecuteNonQueryAsync(token);
    }
}
