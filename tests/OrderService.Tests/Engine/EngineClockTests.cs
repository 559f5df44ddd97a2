using OrderService.Engine.Clock;

namespace OrderService.Tests.Engine;

/// <summary>
/// What the engine takes for the time while clocks are wrong. The database is on the same machine unless a test says otherwise.
/// </summary>
public sealed class EngineClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MachineTime _machine = new(Start);
    private readonly EngineClock _clock;

    public EngineClockTests() => _clock = new EngineClock(_machine, () => _machine.Uptime);

    [Theory]
    [InlineData(86_400, "+86400.0 s")]
    [InlineData(-86_400, "−86400.0 s")]
    [InlineData(2, "+2.0 s")]
    [InlineData(-3_600, "−3600.0 s")]
    public async Task S18_A_jump_of_the_clock_is_no_time_that_went_by(int seconds, string told)
    {
        await LookAsync();
        _machine.Run(10 * Second);
        await LookAsync();
        _clock.Held.ShouldBeNull();
        _machine.Wall += seconds * Second;
        _clock.GetUtcNow().ShouldBe(Start + 10 * Second); // before anybody has looked, too
        await LookAsync();
        _clock.Held.ShouldNotBeNull().ShouldContain(told);
        _machine.Run(60 * Second);
        await LookAsync();
        (_clock.Held is null, _clock.GetUtcNow()).ShouldBe((false, Start + 70 * Second));
        _machine.Wall -= seconds * Second;
        await LookAsync();
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, Start + 70 * Second));
    }

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(-0.9, true)]
    [InlineData(1.1, false)]
    [InlineData(-1.1, false)]
    public async Task S18_A_machine_that_is_apart_from_the_database_is_held_and_its_time_is_the_database_s(double seconds, bool isKnown)
    {
        await LookAsync(seconds * Second);
        (_clock.Held is null, _clock.GetUtcNow()).ShouldBe((isKnown, Start + seconds * Second));
        _machine.Run(Second);
        await LookAsync(seconds * Second);
        (_clock.Held is null, _clock.GetUtcNow()).ShouldBe((isKnown, Start + (1 + seconds) * Second));
    }

    [Fact]
    public async Task S18_A_machine_whose_own_clock_is_set_to_the_database_s_goes_on()
    {
        await LookAsync(5 * Second);
        _clock.Held.ShouldNotBeNull().ShouldContain("+5.0 s from this machine's");
        _machine.Wall += 5 * Second;
        await LookAsync();
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, Start + 5 * Second));
    }

    [Fact]
    public async Task S18_A_machine_that_slept_has_not_jumped()
    {
        await LookAsync();
        _machine.Sleep(TimeSpan.FromHours(8));
        await LookAsync();
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, Start + TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(30)]
    public async Task S18_A_database_that_answers_late_is_no_jump(int readAfter)
    {
        await LookAsync();
        await _clock.LookAsync(
            _ =>
            {
                _machine.Run(readAfter * Second);
                var read = _machine.Wall;
                _machine.Run((30 - readAfter) * Second);
                return Task.FromResult(read);
            },
            CancellationToken.None);
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, Start + 30 * Second));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 30)]
    [InlineData(20, 0)]
    [InlineData(20, 30)]
    public async Task S18_A_first_look_that_a_stall_held_up_holds_nothing_for_good(int lateLooks, int readAfter)
    {
        var late = lateLooks;
        for (var looks = 0; looks < 15; looks++)
        {
            await _clock.LookAsync(
                _ =>
                {
                    var isLate = late-- > 0;
                    if (isLate) _machine.Run(readAfter * Second);
                    var read = _machine.Wall;
                    if (isLate) _machine.Run((30 - readAfter) * Second);
                    return Task.FromResult(read);
                },
                CancellationToken.None);
            // The first look is ten where they are late: after them nothing may be sent or ended by a time that may be wrong by 15 s.
            (_clock.Held is null).ShouldBe(late < 0);
            if (late < 0) _clock.GetUtcNow().ShouldBe(_machine.Wall);
            _machine.Run(Second);
        }
        late.ShouldBeLessThan(0);
        _machine.Wall += 2 * Second;
        await LookAsync();
        _clock.Held.ShouldNotBeNull("the doubt is over");
    }

    [Fact]
    public async Task S18_Of_the_first_looks_that_were_all_late_the_shortest_counts()
    {
        var looks = 0;
        await _clock.LookAsync(
            _ =>
            {
                var read = _machine.Wall;
                _machine.Run(looks++ == 3 ? 0.5 * Second : 30 * Second);
                return Task.FromResult(read);
            },
            CancellationToken.None);
        _clock.Held.ShouldBeNull();
        (_machine.Wall - _clock.GetUtcNow()).ShouldBe(0.25 * Second);
        await LookAsync();
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, _machine.Wall));
    }

    [Fact]
    public async Task S18_A_database_that_is_always_slow_is_believed_as_soon_as_it_is_slow_by_less()
    {
        foreach (var seconds in (int[])[30, 6, 1])
        {
            await _clock.LookAsync(
                _ =>
                {
                    _machine.Run(seconds * Second);
                    return Task.FromResult(_machine.Wall);
                },
                CancellationToken.None);
            (_clock.Held is null).ShouldBe(seconds == 1, $"{seconds}");
        }
    }

    [Fact]
    public async Task S18_A_clock_that_is_set_right_by_less_than_a_second_at_a_time_is_followed()
    {
        await LookAsync();
        for (var i = 0; i < 5; i++)
        {
            _machine.Wall -= 0.4 * Second;
            await LookAsync();
        }
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, Start - 2 * Second));
    }

    [Fact]
    public async Task S18_After_a_day_held_the_steady_clock_may_be_a_little_off()
    {
        await LookAsync();
        _machine.Wall += TimeSpan.FromDays(1);
        _machine.Run(TimeSpan.FromDays(1));
        await LookAsync();
        _clock.Held.ShouldNotBeNull();
        _machine.Wall -= TimeSpan.FromDays(1) + 5 * Second;
        await LookAsync();
        (_clock.Held, _clock.GetUtcNow()).ShouldBe((null, Start + TimeSpan.FromDays(1) - 5 * Second));
    }

    private Task LookAsync(TimeSpan databaseAhead = default) =>
        _clock.LookAsync(_ => Task.FromResult(_machine.Wall + databaseAhead), CancellationToken.None);
}
