using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class ActiveTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Stands_still_during_pauses()
    {
        var time = new ActiveTime(Start, TimeSpan.Zero, null);
        time.At(Start.AddSeconds(10)).ShouldBe(10_000);
        time = time.Pause(Start.AddSeconds(10));
        time.At(Start.AddSeconds(100)).ShouldBe(10_000);
        time.When(30_000, Start.AddSeconds(100)).ShouldBe(Start.AddSeconds(120)); // were it resumed now
        time = time.Pause(Start.AddSeconds(50)).Resume(Start.AddSeconds(100)); // a second pause changes nothing
        time.At(Start.AddSeconds(110)).ShouldBe(20_000);
        time.When(30_000, Start.AddSeconds(110)).ShouldBe(Start.AddSeconds(120));
        time.Resume(Start.AddSeconds(200)).ShouldBe(time);
    }

    [Fact]
    public void A_clock_that_steps_back_takes_nothing_away() =>
    new ActiveTime(Start, TimeSpan.Zero, null).At(Start.AddSeconds(-5)).ShouldBe(0);
}
