using System.Globalization;

namespace OrderService.Engine.Clock;

/// <summary>
/// The time that the engine believes: the database's, carried on between two looks at it by the machine's steady clock, so that nothing
/// ever sees a jump. A jump of the clock is no time that went by: until it is taken back, or the service starts again, the time goes on as
/// before, and <see cref="Held"/> says why nothing may be sent or ended meanwhile.
/// </summary>
internal sealed class EngineClock(TimeProvider machine, Func<TimeSpan> uptime) : TimeProvider
{
    /// <summary>How far two clocks may be apart.</summary>
    public static readonly TimeSpan ApartMax = TimeSpan.FromSeconds(1);

    // A look that took longer says too little about when the database read its clock.
    private static readonly TimeSpan LookMax = TimeSpan.FromMilliseconds(200);

    // What a steady clock may be off by: a second an hour is several times what a poor one is.
    private const int SteadyPartsPerSecond = 3_600;

    private sealed record Anchor(DateTimeOffset At, long Timestamp, TimeSpan Uptime);

    private volatile Anchor _anchor = new(machine.GetUtcNow(), machine.GetTimestamp(), uptime());
    private bool _isAnchored;
    private volatile string? _held;

    /// <summary>Why the engine is held, with what to do about it; null while the time is known.</summary>
    public string? Held => _held;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        var anchor = _anchor;
        return anchor.At + machine.GetElapsedTime(anchor.Timestamp);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>
    /// Compares the clocks, however long the database takes to answer: it read its own somewhere between the question and the answer. One
    /// look at a time.
    /// </summary>
    public async Task LookAsync(Func<CancellationToken, Task<DateTimeOffset>> readDatabase, CancellationToken token)
    {
        var asked = (Wall: machine.GetUtcNow(), Uptime: uptime());
        var database = await readDatabase(token);
        var answered = (Wall: machine.GetUtcNow(), Uptime: uptime(), Timestamp: machine.GetTimestamp());
        var anchor = _anchor;
        var since = asked.Uptime - anchor.Uptime;
        var step = _isAnchored ? Outside(database, anchor.At + since, anchor.At + (answered.Uptime - anchor.Uptime)) : TimeSpan.Zero;
        var apart = Outside(database, asked.Wall, answered.Wall);
        if (step.Duration() > ApartMax + since / SteadyPartsPerSecond)
        {
            _held = $"the clock of the database has jumped by {Text(step)}: set it right, and the engine goes on by itself, or start the service again to take it as it is";
            return;
        }
        if (!_isAnchored || answered.Uptime - asked.Uptime <= LookMax)
        {
            _anchor = new Anchor(database + (answered.Uptime - asked.Uptime) / 2, answered.Timestamp, answered.Uptime);
            _isAnchored = true;
        }
        _held = apart.Duration() > ApartMax
            ? $"the clock of the database is {Text(apart)} from this machine's: set the wrong one right, and the engine goes on by itself"
            : null;
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
