namespace OrderService.Domain.Scheduling;

/// <summary>
/// The moments of the parts that are left, after one has ended. Where the next part's moment is already past by then (the service was away,
/// the part waited for its rate, the order was paused, the chain was slow), all that is left is counted anew from the run that just
/// happened: the next part comes one interval after it, and so on. So an overdue part runs once, at once, and never several in a burst;
/// none is dropped, the order ends later. Moments only ever become later, and a run is the moment its transaction was prepared, or the end
/// of a part that was not swapped.
/// </summary>
public static class Rhythm
{
    /// <summary>The first of the new moments of the parts that are left, or null where they stand.</summary>
    public static DateTimeOffset? Reanchored(
        Interval interval, bool keepsDistance, DateTimeOffset nextMoment, DateTimeOffset ranAt, DateTimeOffset now)
    {
        var first = interval.After(ranAt, 1);
        if (first <= nextMoment) return null;
        return keepsDistance || nextMoment < now ? first : null;
    }
}
