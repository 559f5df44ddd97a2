using System.Globalization;

namespace OrderService.Engine.Clock;

/// <summary>
/// The time that the engine believes: the database's, carried on between two looks at it by the machine's steady clock, so that nothing
/// ever sees a jump. A jump of the clock is no time that went by: until it is taken back, or the service starts again, the time goes on as
/// before, and <see cref="Held"/> says why nothing may be sent or ended meanwhile. On a play chain it may run faster than that: see
/// <see cref="PaceBook"/>. All that is compared with other clocks is real time.
/// </summary>
internal sealed class EngineClock(TimeProvider machine, Func<TimeSpan> uptime) : TimeProvider
{
    /// <summary>How far two clocks may be apart.</summary>
    public static readonly TimeSpan ApartMax = TimeSpan.FromSeconds(1);

    // A look that took longer says too little about when the database read its clock.
    private static readonly TimeSpan LookMax = TimeSpan.FromMilliseconds(200);

    // So often the first look is repeated while it takes longer.
    private const int FirstLooksMax = 10;

    // What a steady clock may be off by: a second an hour is several times what a poor one is.
    private const int SteadyPartsPerSecond = 3_600;

    // Less than how far ahead a change of pace is made: the rest is for its commit, and for how far two nodes' clocks are apart.
    private static readonly TimeSpan KnownFor = SetPace.Lead - TimeSpan.FromSeconds(1);

    // The paces as they were read, which nobody changes before that moment.
    private sealed record Known(PaceBook Paces, DateTimeOffset Until)
    {
        public DateTimeOffset At(DateTimeOffset real)
        {
            var sure = real < Until ? real : Until;
            return Paces.At(Paces.SpanAt(sure) is { Pace: > 1 } ? sure : real);
        }
    }

    // Right to within the doubt.
    private sealed record Anchor(DateTimeOffset At, long Timestamp, TimeSpan Uptime, TimeSpan Doubt);

    private sealed record Look(
        DateTimeOffset Database, (DateTimeOffset Wall, TimeSpan Uptime) Asked,
        (DateTimeOffset Wall, TimeSpan Uptime, long Timestamp) Answered)
    {
        public TimeSpan Took => Answered.Uptime - Asked.Uptime;
    }

    private volatile Anchor _anchor = new(machine.GetUtcNow(), machine.GetTimestamp(), uptime(), TimeSpan.Zero);
    private readonly Lock _following = new();
    private bool _isAnchored;
    private volatile string? _held;
    private volatile Known _known = new(PaceBook.Real, DateTimeOffset.MinValue);
    private long _toldTicks; // no engine time was told that is later

    /// <summary>Why the engine is held, with what to do about it; null while the time is known.</summary>
    public string? Held => _held;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>Engine time.</summary>
    public override DateTimeOffset GetUtcNow() => Now().Engine;

    /// <summary>Engine time and the database's, of one moment.</summary>
    public (DateTimeOffset Engine, DateTimeOffset Real) Now()
    {
        var (known, real) = (_known, RealNow());
        return (known.Paces.IsReal ? real : NeverBack(known.At(real)), real);
    }

    /// <summary>The database's time.</summary>
    public DateTimeOffset RealNow()
    {
        var anchor = _anchor;
        return anchor.At + machine.GetElapsedTime(anchor.Timestamp);
    }

    /// <summary>True where engine time is the database's, and always was.</summary>
    public bool IsReal => _known.Paces.IsReal;

    /// <summary>How many times as fast engine time runs now.</summary>
    public int Pace => _known.Paces.SpanAt(RealNow())?.Pace ?? 1;

    /// <summary>The most of that and of what is known to come.</summary>
    public int PaceAhead
    {
        get
        {
            var (known, real) = (_known, RealNow());
            return known.Paces.IsReal ? 1 : Math.Max(known.Paces.SpanAt(real)?.Pace ?? 1, known.Paces.NextAfter(real)?.Pace ?? 1);
        }
    }

    /// <summary>The change of pace that comes next; null where none is known.</summary>
    public PaceSpan? NextPace => _known.Paces.NextAfter(RealNow());

    /// <summary>Takes the paces as they stood in the store at that moment of the database's clock.</summary>
    public void Follow(PaceBook paces, DateTimeOffset readAt)
    {
        lock (_following)
        {
            if (readAt + KnownFor >= _known.Until) _known = new Known(paces, readAt + KnownFor);
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <summary>Timers run in real time: what waits for a moment of the engine's asks how long that really is.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>
    /// Compares the clocks, however long the database takes to answer: it read its own somewhere between the question and the answer. One
    /// look at a time.
    /// </summary>
    public async Task LookAsync(Func<CancellationToken, Task<DateTimeOffset>> readDatabase, CancellationToken token)
    {
        var look = await AskAsync(readDatabase, token);
        for (var looks = 1; !_isAnchored && look.Took > LookMax && looks < FirstLooksMax; looks++)
        {
            var again = await AskAsync(readDatabase, token);
            if (again.Took < look.Took) look = again;
        }
        var (database, asked, answered) = look;
        var anchor = _anchor;
        var since = asked.Uptime - anchor.Uptime;
        var step = _isAnchored ? Outside(database, anchor.At + since, anchor.At + (answered.Uptime - anchor.Uptime)) : TimeSpan.Zero;
        var apart = Outside(database, asked.Wall, answered.Wall);
        if (step.Duration() > ApartMax + anchor.Doubt + since / SteadyPartsPerSecond)
        {
            _held = $"the clock of the database has jumped by {Text(step)}: set it right, and the engine goes on by itself, or start the service again to take it as it is";
            return;
        }
        if (!_isAnchored || look.Took <= LookMax || look.Took / 2 < anchor.Doubt)
        {
            _anchor = anchor = new Anchor(database + look.Took / 2, answered.Timestamp, answered.Uptime, Doubt: look.Took / 2);
            _isAnchored = true;
        }
        if (anchor.Doubt > ApartMax)
        {
            _held = $"the database takes so long to tell its clock that this may be wrong by {Text(anchor.Doubt)}: the engine goes on by itself when it answers faster";
            return;
        }
        _held = apart.Duration() > ApartMax
            ? $"the clock of the database is {Text(apart)} from this machine's: set the wrong one right, and the engine goes on by itself"
            : null;
    }

    private async Task<Look> AskAsync(Func<CancellationToken, Task<DateTimeOffset>> readDatabase, CancellationToken token)
    {
        var asked = (machine.GetUtcNow(), uptime());
        var database = await readDatabase(token);
        return new Look(database, asked, (machine.GetUtcNow(), uptime(), machine.GetTimestamp()));
    }

    // Where time runs fast, a look at the database that puts the clock back by milliseconds would put it back by seconds.
    private DateTimeOffset NeverBack(DateTimeOffset at)
    {
        for (var told = Volatile.Read(ref _toldTicks); at.UtcTicks > told;)
        {
            var was = Interlocked.CompareExchange(ref _toldTicks, at.UtcTicks, told);
            if (was == told) return at;
            told = was;
        }
        return new DateTimeOffset(Volatile.Read(ref _toldTicks), TimeSpan.Zero);
    }

    // How far a moment is outside of a span; where a clock moved while it was looked at, the span is wide, and the next look sees it.
    private static TimeSpan Outside(DateTimeOffset moment, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = from < to ? (from, to) : (to, from);
        return moment < first ? moment - first : moment > last ? moment - last : TimeSpan.Zero;
    }

    private static string Text(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(span < TimeSpan.Zero ? "−" : "+")}{span.Duration().TotalSeconds:F1} s");
}
