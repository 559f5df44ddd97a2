using OrderService.Engine.Workers;

namespace OrderService.Engine.Events;

/// <summary>One who follows the log in this process, of one owner's events or of all. It is woken by events that are its to see, and by nobody else's; the first wait ends at once, since something may have happened before it began.</summary>
internal sealed class EventFollower : WorkerSignal, IDisposable
{
    private readonly Action<EventFollower> _leave;

    public EventFollower(string? owner, Action<EventFollower> leave)
    {
        (Owner, _leave) = (owner, leave);
        Set();
    }

    /// <summary>Whose events; null for everybody's.</summary>
    public string? Owner { get; }

    /// <inheritdoc/>
    public void Dispose() => _leave(this);
}
