namespace OrderService.Domain.Scheduling;

/// <summary>How large a schedule may be. <paramref name="PartsMax"/> also bounds the rows that one order becomes in time.</summary>
public sealed record ScheduleLimits(int PartsMax = 1_000)
{
    /// <summary>
    /// From the first part's moment, delay included, to the last one's: 100 years, so that no moment leaves the calendar.
    /// </summary>
    public static readonly TimeSpan SpanMax = TimeSpan.FromDays(36_600);

    /// <summary>Tries of one part or of one order.</summary>
    public const int AttemptsMax = 10_000;
}
