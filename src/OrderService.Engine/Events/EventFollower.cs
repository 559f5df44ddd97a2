using OrderService.Engine.Workers;

namespace OrderService.Engine.Events;

/// <summary>
/// One who follows the log in this process, of one owner's events or of all. It is woken by events that are its to see, and by nobody
/// else's; the first wait ends at once, since something may have happened before it began. One that keeps what it is dealt has the events
/// at hand when it wakes, unless it has been slow or the relay did not read them: then it asks the store.
/// </summary>
internal sealed class EventFollower : WorkerSignal, IDisposable
{
    private const int KeptMax = 1_000;

    private readonly Action<EventFollower> _leave;
    private readonly Func<EventFollower, LogPosition, EventPage?> _take;
    private readonly List<LoggedEvent> _kept = [];
    private long _keptFrom; // nothing of its own is missing behind this position

    public EventFollower(string? owner, bool keeps, Action<EventFollower> leave, Func<EventFollower, LogPosition, EventPage?> take)
    {
        (Owner, Keeps, _leave, _take) = (owner, keeps, leave, take);
        Set();
    }

    /// <summary>Whose events; null for everybody's.</summary>
    public string? Owner { get; }

    /// <summary>True where it is dealt events.</summary>
    public bool Keeps { get; }

    /// <summary>All of its events behind a position that were seen by now; null where the store has to be asked.</summary>
    public EventPage? Take(LogPosition after) => Keeps ? _take(this, after) : null;

    /// <inheritdoc/>
    public void Dispose() => _leave(this);

    // What follows is called under the lock of the head.
    internal void KeepFrom(long position) => _keptFrom = position;

    internal void Keep(LoggedEvent happened)
    {
        if (!Keeps) return;
        if (_kept.Count == KeptMax)
        {
            _keptFrom = _kept[^1].Position; // too slow to be kept for: from here on again
            _kept.Clear();
        }
        _kept.Add(happened);
    }

    internal EventPage? TakeKept(LogPosition after, long dealtFrom, LogHead seen)
    {
        var isWhole = after.LogId == seen.LogId && after.Number >= dealtFrom && after.Number >= _keptFrom;
        List<LoggedEvent> events = isWhole ? _kept.FindAll(happened => happened.Position > after.Number) : [];
        _kept.Clear();
        if (isWhole)
        {
            _keptFrom = Math.Max(after.Number, seen.Position);
            // the store may have told more than the relay saw by then
            return new EventPage(seen with { Position = _keptFrom }, events, Upto: null);
        }
        _keptFrom = seen.Position;
        return null;
    }
}
