using OrderService.Engine.Clock;

namespace OrderService.Tests.Engine;

/// <summary>
/// Engine time that runs faster than real time: it is continuous, never goes back, and no node of many is ahead of another.
/// </summary>
public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly MachineTime _machine = new(Start);
    private PaceBook _store = PaceBook.Real;

    [Fact]
    public async Task A_pace_begins_where_the_one_before_it_ends_and_ends_by_itself()
    {
        var clock = await NewAsync();
        await ChangeAsync(clock, 60);
        clock.GetUtcNow().ShouldBe(Start);
        (clock.Pace, clock.PaceAhead, clock.NextPace!.Pace).ShouldBe((1, 60, 60));
        await RunAsync(clock, 3);
        (clock.GetUtcNow(), clock.Pace).ShouldBe((Start + 3 * Second, 60));
        await RunAsync(clock, 60);
        clock.GetUtcNow().ShouldBe(Start + 3 * Second + TimeSpan.FromHours(1));
        await RunAsync(clock, 600);
        (clock.Pace, clock.GetUtcNow(), clock.RealNow()).ShouldBe((1, Start + 63 * Second + 600 * 60 * Second, Start + 663 * Second));
        clock.Held.ShouldBeNull(); // nothing jumped
    }

    [Fact]
    public async Task Whatever_pace_follows_which_time_never_goes_back_and_nodes_agree()
    {
        var random = new Random(7);
        var (one, other) = (await NewAsync(), await NewAsync());
        var (before, skipped) = (DateTimeOffset.MinValue, 0);
        for (var i = 0; i < 3_000; i++)
        {
            if (random.Next(20) == 0) await ChangeAsync(random.Next(2) == 0 ? one : other, new[] { 1, 10, 60, 600 }[random.Next(4)]);
            var isLate = random.Next(4) == 0; // one of the nodes has not looked
            await RunAsync(one, 0.1 * random.Next(12));
            if (!isLate || ++skipped % 30 == 0) await LookAsync(other);
            var (now, others) = (one.GetUtcNow(), other.GetUtcNow());
            now.ShouldBeGreaterThanOrEqualTo(before);
            others.ShouldBeLessThanOrEqualTo(now);
            before = now;
            await LookAsync(other);
            other.GetUtcNow().ShouldBe(now);
        }
        skipped.ShouldBeGreaterThan(500);
        before.ShouldBeGreaterThan(Start + TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_node_that_did_not_hear_that_time_slows_down_stands_until_it_has()
    {
        var (one, deaf) = (await NewAsync(), await NewAsync());
        await ChangeAsync(one, 600);
        await LookAsync(deaf);
        await RunAsync(one, 10);
        await LookAsync(deaf);
        await ChangeAsync(one, 1);
        await RunAsync(one, 2);
        deaf.GetUtcNow().ShouldBe(one.GetUtcNow());
        await RunAsync(one, 100);
        deaf.GetUtcNow().ShouldBeLessThan(one.GetUtcNow());
        deaf.Held.ShouldBeNull();
        await LookAsync(deaf);
        deaf.GetUtcNow().ShouldBe(one.GetUtcNow());
    }

    [Fact]
    public async Task A_process_that_starts_is_not_behind_what_one_before_it_said()
    {
        var clock = await NewAsync();
        await ChangeAsync(clock, 600);
        await RunAsync(clock, 60);
        await ChangeAsync(clock, 1);
        await RunAsync(clock, 60);
        var told = clock.GetUtcNow();
        told.ShouldBeGreaterThan(Start + TimeSpan.FromHours(9));
        (await NewAsync()).GetUtcNow().ShouldBe(told);
    }

    [Fact]
    public async Task A_look_that_puts_the_clock_back_by_milliseconds_does_not_put_fast_time_back()
    {
        var clock = await NewAsync();
        await ChangeAsync(clock, 600);
        await RunAsync(clock, 10);
        var told = clock.GetUtcNow();
        _machine.Wall -= 0.2 * Second;
        await LookAsync(clock);
        clock.GetUtcNow().ShouldBe(told);
        await RunAsync(clock, 1);
        clock.GetUtcNow().ShouldBe(told + 0.8 * 600 * Second);
    }

    [Fact]
    public async Task S18_A_jump_holds_the_engine_at_any_pace_and_the_pace_alone_never_does()
    {
        var clock = await NewAsync();
        await ChangeAsync(clock, 600);
        for (var i = 0; i < 30; i++)
        {
            await RunAsync(clock, 1);
            clock.Held.ShouldBeNull();
        }
        _machine.Wall += TimeSpan.FromDays(1);
        await LookAsync(clock);
        clock.Held.ShouldNotBeNull().ShouldContain("+86400.0 s");
    }

    [Fact]
    public async Task Rests_shorten_with_the_pace_down_to_a_tenth_of_a_second_and_short_ones_stay()
    {
        var clock = await NewAsync();
        clock.RestOf(Second).ShouldBe(Second);
        await ChangeAsync(clock, 600);
        await RunAsync(clock, 4);
        (clock.RestOf(Second), clock.RestOf(Second / 50), clock.RestOf(TimeSpan.FromMinutes(5)))
            .ShouldBe((Second / 10, Second / 50, Second / 2));
        clock.RealSpan(TimeSpan.FromHours(1)).ShouldBe(6 * Second);
        TimeProvider.System.RestOf(Second).ShouldBe(Second);
    }

    [Fact]
    public void Real_time_where_time_never_was_faster_needs_no_span() => PaceBook.Real.Changed(Start, 1, Lasts).IsReal.ShouldBeTrue();

    private async Task<EngineClock> NewAsync()
    {
        var clock = new EngineClock(_machine, () => _machine.Uptime);
        await LookAsync(clock);
        return clock;
    }

    // As SetPace does it, with the store in memory.
    private async Task ChangeAsync(EngineClock clock, int pace)
    {
        _store = _store.Changed(_machine.Wall + SetPace.Lead, pace, Lasts);
        await LookAsync(clock);
    }

    private async Task RunAsync(EngineClock clock, double seconds)
    {
        _machine.Run(seconds * Second);
        await LookAsync(clock);
    }

    private async Task LookAsync(EngineClock clock)
    {
        await clock.LookAsync(_ => Task.FromResult(_machine.Wall), CancellationToken.None);
        if (clock.Held is null) clock.Follow(_store, _machine.Wall);
    }
}
