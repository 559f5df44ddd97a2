using OrderService.Domain.Events;
using OrderService.Engine.Clock;

namespace OrderService.Venues.Simulated;

/// <summary>GET /simulator/clock: the engine's time, and how fast it runs.</summary>
internal static class GetClock
{
    /// <summary>A change that is known to come: to which pace, when in real time, and in how many milliseconds.</summary>
    internal sealed record Change(int Pace, string At, long InMs);

    internal sealed record Told(string Time, int Pace, int PaceMax, string RealTime, Change? Next);

    /// <summary>Answers what every node's engine goes by.</summary>
    public static IResult Handle(EngineClock clock, FasterTime may) => Results.Ok(Of(clock, may));

    /// <summary>The clock as it stands.</summary>
    public static Told Of(EngineClock clock, FasterTime may)
    {
        var (engine, real) = clock.Now();
        return new Told(MomentText.Of(engine), clock.Pace, may.WhyNot is null ? may.PaceMax : 1, MomentText.Of(real),
            clock.NextPace is { } next
                ? new Change(next.Pace, MomentText.Of(next.From), (long)(next.From - real).TotalMilliseconds) : null);
    }
}
