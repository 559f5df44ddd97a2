using System.Collections.Concurrent;
using Npgsql;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Workers;

/// <summary>
/// Work that one node does for all of them, such as asking the chain about what is in flight: done by each it would only be asked for as
/// many times. A lease is for seconds and renewed while its holder lives. It spares work and decides nothing: two who both believe to have
/// one do the same under the rows' own locks.
/// </summary>
internal sealed class WorkLeases(NpgsqlDataSource source, TimeProvider time)
{
    private const string Take =
        """
        INSERT INTO work_leases AS l (work, node, until) VALUES ($1, $2, $4)
        ON CONFLICT (work) DO UPDATE SET node = excluded.node, until = excluded.until WHERE l.node = excluded.node OR l.until <= $3
        RETURNING true
        """;

    /// <summary>How long a lease lasts after it was renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(0.6);

    private readonly Guid _node = Guid.NewGuid();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool Mine)> _known = new(StringComparer.Ordinal);

    /// <summary>True where this work is this node's for now.</summary>
    public async Task<bool> HoldsAsync(string work, CancellationToken token)
    {
        var now = time.RealNow();
        if (_known.TryGetValue(work, out var known) && now - known.At < AskEvery && now >= known.At) return known.Mine;
        await using var command = source.CreateCommand(Take);
        command.Add(work);
        command.Add(_node);
        command.Add(now.UtcDateTime);
        command.Add((now + Length).UtcDateTime);
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
        command.Add(_node);
        await command.ExecuteNonQueryAsync(token);
    }
}
