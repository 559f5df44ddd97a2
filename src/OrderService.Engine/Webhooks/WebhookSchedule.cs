namespace OrderService.Engine.Webhooks;

/// <summary>
/// When a message that was not taken is tried again: over three days, further apart each time, each time at another moment than its
/// neighbours.
/// </summary>
internal static class WebhookSchedule
{
    private const double Jitter = 0.2;

    private static readonly TimeSpan RestMax = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(20),
    ];

    /// <summary>How often a message is tried at most.</summary>
    public static int AttemptsMax => Pauses.Length + 1;

    /// <summary>The pause after so many tries; null after the last. <paramref name="chance"/> is from 0 to 1.</summary>
    public static TimeSpan? After(int attempts, double chance) => attempts > Pauses.Length ? null : Shaken(Pauses[attempts - 1], chance);

    /// <summary>How long an endpoint that was down so many times in a row is left alone with everything.</summary>
    public static TimeSpan Rest(int failures, double chance)
    {
        var pause = TimeSpan.FromSeconds(1 << Math.Clamp(failures, 1, 10));
        return Shaken(pause < RestMax ? pause : RestMax, chance);
    }

    private static TimeSpan Shaken(TimeSpan pause, double chance) => pause * (1 - Jitter + 2 * Jitter * chance);
}
