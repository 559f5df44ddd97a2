namespace OrderService.Engine.Auth;

/// <summary>One fixed window of a key: how long it is, how many requests it takes and has counted, and when it ends.</summary>
internal readonly record struct RateWindow(TimeSpan Length, int Limit, int Count, DateTimeOffset End)
{
    public int Remaining => Math.Max(0, Limit - Count);

    /// <summary>The start of the window that holds a moment, aligned to unix time.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset moment, TimeSpan length) =>
        new(moment.UtcTicks - moment.UtcTicks % length.Ticks, TimeSpan.Zero);
}

/// <summary>What a key has left in each window, and the figures of its tightest one.</summary>
/// <param name="Limit">Requests in that window.</param>
/// <param name="Remaining">Requests left in it.</param>
/// <param name="Reset">When it ends.</param>
/// <param name="Window">How long it is.</param>
/// <param name="IsExceeded">True where this request is refused.</param>
internal sealed record RateLimitState(int Limit, int Remaining, DateTimeOffset Reset, TimeSpan Window, bool IsExceeded)
{
    /// <summary>All of its windows, the shortest first.</summary>
    public IReadOnlyList<RateWindow> Windows { get; init; } = [];

    /// <summary>The window with the fewest requests left; of equal ones the one that ends last, since until then nothing passes.</summary>
    public static RateLimitState Of(IReadOnlyList<RateWindow> windows, bool isExceeded)
    {
        var tightest = windows.OrderBy(w => w.Remaining).ThenByDescending(w => w.End).First();
        return new RateLimitState(tightest.Limit, tightest.Remaining, tightest.End, tightest.Length, isExceeded) { Windows = windows };
    }

    /// <summary>Until the window ends; at least a second.</summary>
    public TimeSpan RetryAfter(DateTimeOffset now) =>
        Reset - now is var wait && wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
}
