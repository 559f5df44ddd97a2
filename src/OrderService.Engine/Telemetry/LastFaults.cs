namespace OrderService.Engine.Telemetry;

/// <summary>A fault by its name alone: the log has the rest.</summary>
internal sealed record LastFault(DateTimeOffset At, string Name);

/// <summary>The last faults of this process, of requests and of workers, newest first.</summary>
internal sealed class LastFaults(TimeProvider time)
{
    private const int Kept = 20;

    private readonly LinkedList<LastFault> _faults = [];

    /// <summary>Hears of one.</summary>
    public void Hear(Exception fault)
    {
        lock (_faults)
        {
            _faults.AddFirst(new LastFault(time.GetUtcNow(), fault.GetType().Name));
            if (_faults.Count > Kept) _faults.RemoveLast();
        }
    }

    /// <summary>All that are kept.</summary>
    public IReadOnlyList<LastFault> All()
    {
        lock (_faults) return [.. _faults];
    }
}
