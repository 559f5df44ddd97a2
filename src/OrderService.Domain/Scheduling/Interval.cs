using System.Diagnostics;

namespace OrderService.Domain.Scheduling;

/// <summary>A length of time between parts: a count of 1 or more of a unit.</summary>
public readonly record struct Interval
{
    private Interval(int count, IntervalUnit unit) => (Count, Unit) = (count, unit);

    /// <summary>How many units, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Of what.</summary>
    public IntervalUnit Unit { get; }

    /// <summary>Accepts a count of 1 or more.</summary>
    public static bool TryCreate(int count, IntervalUnit unit, out Interval interval)
    {
        interval = count > 0 ? new Interval(count, unit) : default;
        return count > 0;
    }

    /// <summary>An interval known to be well formed; throws for a count below 1.</summary>
    public static Interval Of(int count, IntervalUnit unit) =>
        TryCreate(count, unit, out var interval) ? interval : throw new ArgumentOutOfRangeException(nameof(count), count, "1 or more");

    /// <summary>
    /// The moment a number of intervals after an anchor, in UTC. Months are counted from the anchor and clamped to the end of the month
    /// that is reached, each from the anchor's own day: after Jan 31 come Feb 28 (or 29) and Mar 31. Throws beyond the year 9999, which
    /// <see cref="ScheduleLimits"/> rules out.
    /// </summary>
    public DateTimeOffset After(DateTimeOffset anchor, int times) => Unit == IntervalUnit.Month
        ? anchor.ToUniversalTime().AddMonths(checked(times * Count))
        : anchor.ToUniversalTime().AddTicks(checked(TicksOf(Unit) * Count * times));

    /// <summary>At least as long as this many intervals in a row, in ticks of 100 ns: a month counts as 31 days.</summary>
    public Int128 TicksMax(int times) => (Int128)TicksOf(Unit) * Count * times;

    /// <summary>Such as <c>2 week</c>.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Count} {Unit.ToString().ToLowerInvariant()}");

    private static long TicksOf(IntervalUnit unit) => unit switch
    {
        IntervalUnit.Second => TimeSpan.TicksPerSecond,
        IntervalUnit.Minute => TimeSpan.TicksPerMinute,
        IntervalUnit.Hour => TimeSpan.TicksPerHour,
        IntervalUnit.Day => TimeSpan.TicksPerDay,
        IntervalUnit.Week => 7 * TimeSpan.TicksPerDay,
        IntervalUnit.Month => 31 * TimeSpan.TicksPerDay,
        _ => throw new UnreachableException($"unknown unit {unit}"),
    };
}
