namespace OrderService.Engine.Clock;

/// <summary>
/// What does not run faster with engine time: what others' clocks sign, the leases and limits of real work, how old an answer is. Of a
/// clock that has no pace, real time is its own.
/// </summary>
internal static class EngineTime
{
    // However fast time runs, a loop leaves the machine this long to others.
    private static readonly TimeSpan RestMin = TimeSpan.FromMilliseconds(100);

    /// <summary>The time that everybody else has.</summary>
    public static DateTimeOffset RealNow(this TimeProvider time) => time is EngineClock clock ? clock.RealNow() : time.GetUtcNow();

    /// <summary>How long a time of the engine's really takes now.</summary>
    public static TimeSpan RealSpan(this TimeProvider time, TimeSpan span) =>
        time is EngineClock { Pace: > 1 and var pace } ? span / pace : span;

    /// <summary>How many times as fast engine time runs, or will in a moment: a limit in real time lasts so many times as long.</summary>
    public static int PaceAhead(this TimeProvider time) => time is EngineClock clock ? clock.PaceAhead : 1;

    /// <summary>The rest of a loop that keeps up with engine time.</summary>
    public static TimeSpan RestOf(this TimeProvider time, TimeSpan pause)
    {
        var shortened = time.RealSpan(pause);
        if (shortened == pause) return pause;
        var least = pause < RestMin ? pause : RestMin;
        return shortened < least ? least : shortened;
    }
}
