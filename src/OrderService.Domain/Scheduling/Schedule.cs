namespace OrderService.Domain.Scheduling;

/// <summary>When the parts of an order may run. Part 0 is the first.</summary>
public abstract record Schedule
{
    private Schedule(int parts, Interval? delay) => (Parts, Delay) = (parts, delay);

    /// <summary>How many parts.</summary>
    public int Parts { get; }

    /// <summary>The wait before the first part; null for none.</summary>
    public Interval? Delay { get; }

    /// <summary>One part after the other, each as soon as the one before it has ended.</summary>
    public sealed record Immediate(int Parts, Interval? Delay = null) : Schedule(Parts, Delay)
    {
        /// <inheritdoc/>
        public override DateTimeOffset MomentOf(DateTimeOffset anchor, int part) => anchor;
    }

    /// <summary>
    /// One part every interval. The moments stand as they were made unless they are overtaken: see <see cref="Rhythm"/>. With
    /// <paramref name="KeepsDistance"/> every part is also held back until an interval after the run before it, so that a part that ran
    /// late moves those behind it.
    /// </summary>
    public sealed record FixedInterval(int Parts, Interval Interval, Interval? Delay = null, bool KeepsDistance = false)
        : Schedule(Parts, Delay)
    {
        /// <inheritdoc/>
        public override DateTimeOffset MomentOf(DateTimeOffset anchor, int part) => Interval.After(anchor, part);

        /// <inheritdoc/>
        protected override Int128 SpanTicks => base.SpanTicks + Interval.TicksMax(Math.Max(0, Parts - 1));
    }

    /// <summary>The moment of the first part, where the order starts at <paramref name="start"/>.</summary>
    public DateTimeOffset AnchorOf(DateTimeOffset start) => Delay is { } delay ? delay.After(start, 1) : start;

    /// <summary>
    /// The moment before which a part does not run. Depends on nothing else: not on the clock, nor on the parts before it.
    /// </summary>
    public abstract DateTimeOffset MomentOf(DateTimeOffset anchor, int part);

    /// <summary>Why this schedule is refused, or null.</summary>
    public OrderError? Refusal(ScheduleLimits limits)
    {
        if (Parts < 1) return new OrderError.Field("parts", "must be at least 1");
        if (Parts > limits.PartsMax)
        {
            return new OrderError.Field("parts",
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be at most {limits.PartsMax}"), "too_many_parts");
        }
        if (SpanTicks > ScheduleLimits.SpanMax.Ticks)
            return new OrderError.Field("interval", "makes the last part later than 100 years from now", "schedule_too_long");
        return null;
    }

    /// <summary>At least as long as from the start to the last part.</summary>
    protected virtual Int128 SpanTicks => Delay is { } delay ? delay.TicksMax(1) : 0;
}
