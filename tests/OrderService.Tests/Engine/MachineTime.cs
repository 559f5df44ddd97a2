namespace OrderService.Tests.Engine;

/// <summary>
/// A machine whose clock can be set wrong while its steady clock goes on, and that can sleep, which the steady clock does not count.
/// </summary>
internal sealed class MachineTime(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _steady;

    public DateTimeOffset Wall { get; set; } = start;

    public TimeSpan Uptime { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => _steady.Ticks;

    public void Run(TimeSpan time)
    {
        Sleep(time);
        _steady += time;
    }

    public void Sleep(TimeSpan time) => (Wall, Uptime) = (Wall + time, Uptime + time);
}
