namespace OrderService.Benchmarks.Ground;

/// <summary>A clock that moves when it is told to: what is measured by it is the same on a busy machine.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Step(TimeSpan by) => _now += by;
}
