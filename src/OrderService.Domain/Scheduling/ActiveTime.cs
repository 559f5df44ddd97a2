namespace OrderService.Domain.Scheduling;

/// <summary>The time that counts for a schedule: since its activation, without the pauses.</summary>
public readonly record struct ActiveTime(DateTimeOffset Activated, TimeSpan Paused, DateTimeOffset? PausedAt)
{
    /// <summary>Milliseconds of it by a moment; it stands still during a pause and never runs backwards.</summary>
    public long At(DateTimeOffset now)
    {
        var until = PausedAt is { } since && since < now ? since : now;
        return Math.Max(0, (long)(until - Activated - Paused).TotalMilliseconds);
    }

    /// <summary>
    /// The wall's moment at which so much of it has passed, where no pause comes; a pause that is running ends at <paramref name="now"/> at
    /// the earliest.
    /// </summary>
    public DateTimeOffset When(long milliseconds, DateTimeOffset now)
    {
        var paused = PausedAt is { } since && since < now ? Paused + (now - since) : Paused;
        return Activated + paused + TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>The same, paused from a moment on.</summary>
    public ActiveTime Pause(DateTimeOffset now) => this with { PausedAt = PausedAt ?? now };

    /// <summary>The same, running again from a moment on.</summary>
    public ActiveTime Resume(DateTimeOffset now) =>
        PausedAt is { } since ? this with { Paused = Paused + (now > since ? now - since : TimeSpan.Zero), PausedAt = null } : this;
}
