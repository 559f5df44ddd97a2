using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Telemetry;

/// <summary>A background worker that this host runs, so that one that never began is missed too.</summary>
internal sealed record ExpectedWorker(string Name);

/// <summary>How long ago a worker last finished a pass.</summary>
internal sealed record WorkerBeat(string Name, TimeSpan Age, bool IsLate);

/// <summary>When each background worker last finished a pass. Late is more than 30 seconds ago.</summary>
internal sealed class WorkerBeats
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new();
    private readonly TimeProvider _time;
    private readonly Counter<long> _passes;

    public WorkerBeats(TimeProvider time, IEnumerable<ExpectedWorker>? expected = null, IMeterFactory? meters = null)
    {
        _time = time;
        _passes = (meters?.Create(EngineMeter.Name) ?? new Meter(EngineMeter.Name)).CreateCounter<long>("orderservice.workers.passes",
            description: "Passes of a background worker that came to their end.");
        foreach (var worker in expected ?? []) Beat(worker.Name, passes: 0);
    }

    /// <summary>Called by a worker at the end of a pass.</summary>
    public void Beat(string name) => Beat(name, passes: 1);

    /// <summary>All workers by name.</summary>
    public IReadOnlyList<WorkerBeat> All()
    {
        var now = _time.RealNow();
        return [.. _last.OrderBy(beat => beat.Key, StringComparer.Ordinal)
            .Select(beat => new WorkerBeat(beat.Key, now - beat.Value, now - beat.Value > LateAfter))];
    }

    // Some rest longer than they may be late: only those that this host is known to run are missed.
    private void Beat(string name, long passes)
    {
        if (passes == 0 || _last.ContainsKey(name)) _last[name] = _time.RealNow();
        _passes.Add(passes, new KeyValuePair<string, object?>("worker", name));
    }
}
