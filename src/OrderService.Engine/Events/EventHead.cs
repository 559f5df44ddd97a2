namespace OrderService.Engine.Events;

/// <summary>The log's id and last position, as this process saw them last.</summary>
internal readonly record struct LogHead(string LogId, long Position)
{
    /// <summary>True where the position is of this log and not beyond its head.</summary>
    public bool Has(LogPosition position) => position.Number <= Position && (position.LogId ?? LogId) == LogId;
}

/// <summary>
/// For whom a round has to tell what it numbers: for the owners whose events are followed, null for everybody's. There is another one as
/// soon as somebody else follows the log.
/// </summary>
internal sealed class Audience(IReadOnlyCollection<string>? owners)
{
    public IReadOnlyCollection<string>? Owners => owners;

    /// <summary>True where what is told has all that this follower is to see.</summary>
    public bool Has(string? owner) => owners is null || (owner is not null && owners.Contains(owner));
}

/// <summary>
/// What the relay of this process has seen of the log, for all who wait for more: however many wait, the store is asked once.
/// </summary>
internal sealed class EventHead
{
    // So many owners are named to the store; where more are followed, it tells everybody's events.
    private const int NamedMax = 500;

    private readonly Lock _gate = new();
    private volatile TaskCompletionSource _moved = New();
    private volatile TaskCompletionSource _joined = New();
    // by owner; those of everybody's under none
    private readonly Dictionary<string, HashSet<EventFollower>> _followers = new(StringComparer.Ordinal);
    private LogHead _seen = new("", 0);
    private int _keepers;
    private Audience? _audience;
    private long _dealtFrom; // every event behind it, up to the last position seen, was dealt out to those who keep theirs

    /// <summary>The last one seen.</summary>
    public LogHead Seen
    {
        get
        {
            lock (_gate) return _seen;
        }
    }

    /// <summary>True while somebody in this process wants to hear of events as they happen.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_gate) return _followers.Count > 0;
        }
    }

    /// <summary>True while somebody keeps the events that it follows, so that it need not ask the store for them.</summary>
    public bool IsKept
    {
        get
        {
            lock (_gate) return _keepers > 0;
        }
    }

    /// <summary>Who has to be told now.</summary>
    public Audience Audience
    {
        get
        {
            lock (_gate) return _audience ??= new Audience(NamedOwners());
        }
    }

    /// <summary>
    /// Counts one who follows the log, of one owner's events or of all, until it is disposed of; positions come at their full pace
    /// meanwhile. One that keeps them is dealt what happens.
    /// </summary>
    public EventFollower Follow(string? owner = null, bool keeps = false)
    {
        var follower = new EventFollower(owner, keeps, Leave, Take);
        lock (_gate)
        {
            if (keeps) _keepers++;
            follower.KeepFrom(_seen.Position);
            if (!_followers.TryGetValue(owner ?? "", out var others)) _followers[owner ?? ""] = others = [];
            others.Add(follower);
            _audience = null;
        }
        Interlocked.Exchange(ref _joined, New()).TrySetResult();
        return follower;
    }

    /// <summary>Waits until somebody begins to follow the log, for so long at most.</summary>
    public async Task WaitForFollowerAsync(TimeSpan pause, TimeProvider time, CancellationToken token)
    {
        var joined = _joined.Task; // before the look: who comes after it ends this one
        if (!IsFollowed) await WaitAsync(joined, pause, time, token);
    }

    /// <summary>
    /// Called by the relay with what it saw, and whose events were behind what it had seen before, null where that may be anybody's; and
    /// all of them that an audience is to see, where it has them.
    /// </summary>
    public void Saw(
        LogHead head, IReadOnlyCollection<string>? owners = null, IReadOnlyList<LoggedEvent>? events = null, Audience? audience = null)
    {
        lock (_gate)
        {
            if (_seen == head) return;
            _seen = head;
            if (events is null) _dealtFrom = head.Position;
            else Deal(events, audience);
            foreach (var of in owners is null ? _followers.Keys : owners.Append(""))
            {
                if (_followers.TryGetValue(of, out var woken)) foreach (var follower in woken) follower.Set();
            }
        }
        Interlocked.Exchange(ref _moved, New()).TrySetResult();
    }

    /// <summary>Waits until the log is another than this, for so long at most.</summary>
    public async Task WaitAsync(LogHead known, TimeSpan pause, TimeProvider time, CancellationToken token)
    {
        var moved = _moved.Task; // before the look: what moves after it ends this one
        if (Seen == known) await WaitAsync(moved, pause, time, token);
    }

    private void Deal(IReadOnlyList<LoggedEvent> events, Audience? audience)
    {
        if (audience is not null && audience != _audience)
        {
            // who came after the relay had asked looks by itself
            foreach (var late in _followers.Values.SelectMany(of => of).Where(follower => !audience.Has(follower.Owner)))
            {
                late.KeepFrom(_seen.Position);
                late.Set();
            }
        }
        foreach (var happened in events)
        {
            foreach (var of in happened.Owner is { } owner ? (string[])[owner, ""] : [""])
            {
                if (_followers.TryGetValue(of, out var keepers)) foreach (var follower in keepers) follower.Keep(happened);
            }
        }
    }

    private EventPage? Take(EventFollower follower, LogPosition after)
    {
        lock (_gate) return follower.TakeKept(after, _dealtFrom, _seen);
    }

    private static async Task WaitAsync(Task happened, TimeSpan pause, TimeProvider time, CancellationToken token)
    {
        try
        {
            await happened.WaitAsync(pause, time, token);
        }
        catch (TimeoutException)
        {
        }
    }

    private void Leave(EventFollower follower)
    {
        lock (_gate)
        {
            if (!_followers.TryGetValue(follower.Owner ?? "", out var others) || !others.Remove(follower)) return;
            if (follower.Keeps) _keepers--;
            _audience = null;
            if (others.Count == 0) _followers.Remove(follower.Owner ?? "");
        }
    }

    private HashSet<string>? NamedOwners()
    {
        var keepsAll = _followers.TryGetValue("", out var ofAll) && ofAll.Any(follower => follower.Keeps);
        return keepsAll || _followers.Count > NamedMax ? null : [.. _followers.Keys.Where(owner => owner.Length > 0)];
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
