using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Workers;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Paces as they stand in the store, and what orders make of them.</summary>
public sealed class PaceStoreTests : IAsyncLifetime
{
    private static readonly FasterTime May = new(600, TimeSpan.FromMinutes(10), WhyNot: null);

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        await Migrator.ApplyAsync(_source, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task All_nodes_read_the_pace_that_one_set_and_one_that_starts_is_not_behind()
    {
        var (one, other) = (await NodeAsync(), await NodeAsync());
        other.Clock.IsReal.ShouldBeTrue();
        await new SetPace(_source, one.Clock, May).HandleAsync(600, CancellationToken.None);
        await other.Worker.TickAsync(CancellationToken.None);
        (one.Clock.NextPace, one.Clock.PaceAhead).ShouldBe((other.Clock.NextPace, other.Clock.PaceAhead));
        one.Clock.NextPace!.EngineAt.ShouldBe(one.Clock.NextPace.From);

        // what begins in three seconds has begun: without waiting for it
        await AsIfAsync("5 minutes");
        await one.Worker.TickAsync(CancellationToken.None);
        var later = await NodeAsync();
        // Not compared with each other: what two looks at the database's clock differ by counts six hundred times.
        foreach (var (clock, _) in ((EngineClock, ClockWorker)[])[one, later])
            (clock.Pace, clock.GetUtcNow() - clock.RealNow() > TimeSpan.FromHours(40)).ShouldBe((600, true));

        await new SetPace(_source, later.Clock, May).HandleAsync(1, CancellationToken.None);
        await one.Worker.TickAsync(CancellationToken.None);
        (one.Clock.NextPace!.Pace, (await SpansAsync()).Spans.Count).ShouldBe((1, 2)); // its own end, which was to come, is replaced
        await AsIfAsync("20 minutes");
        await one.Worker.TickAsync(CancellationToken.None);
        (one.Clock.Pace, one.Clock.NextPace).ShouldBe((1, null));
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten_and_what_it_gained_is_not()
    {
        var node = await NodeAsync();
        for (var i = 0; i < 5; i++)
        {
            await new SetPace(_source, node.Clock, May).HandleAsync(60, CancellationToken.None);
            await AsIfAsync("3 hours");
        }
        var spans = await SpansAsync();
        spans.Spans.Count.ShouldBeLessThanOrEqualTo(4);
        var now = node.Clock.RealNow();
        (spans.At(now) - now).ShouldBe(5 * 59 * May.Lasts);
    }

    [Theory]
    [InlineData(null, "a chain")]
    [InlineData("real prices have the time that they have", "real prices")]
    public async Task Where_time_is_somebody_else_s_a_database_that_is_ahead_is_not_started_on(string? whyNot, string told)
    {
        var may = whyNot is null ? null : May with { WhyNot = whyNot };
        var fresh = await NodeAsync();
        await new ClockStart(fresh.Worker, fresh.Clock, may).CheckAsync(CancellationToken.None);
        await new SetPace(_source, fresh.Clock, May).HandleAsync(10, CancellationToken.None);
        var node = await NodeAsync();
        var refused = await Should.ThrowAsync<StartException>(
            () => new ClockStart(node.Worker, node.Clock, may).CheckAsync(CancellationToken.None));
        refused.Message.ShouldContain(told);
        await new ClockStart(node.Worker, node.Clock, May).CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Windows_close_in_engine_time_and_a_lease_lasts_in_real_time()
    {
        var machine = new MachineTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var clock = new EngineClock(machine, () => machine.Uptime);
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString,
            services => services.AddSingleton(clock).AddSingleton<TimeProvider>(clock));
        var paces = PaceBook.Real.Changed(machine.Wall, 600, May.Lasts);
        await LookAsync();
        var due = await world.CreateAsync(world.Terms());
        var ends = await world.CreateAsync(world.Terms(SliceTrigger.Manual) with { ValidTo = clock.GetUtcNow().AddHours(1) });
        var begins = await world.CreateAsync(world.Terms() with { ValidFrom = clock.GetUtcNow().AddHours(2) });
        await world.SweepAsync();
        await using (var connection = await world.Get<SweepSource>().OpenAsync(default))
        {
            (await Book.TakeAsync(connection, 10, clock.RealNow().AddSeconds(30), [], int.MaxValue, default)).Count.ShouldBe(1);
        }

        await RunAsync(10); // an hour and forty minutes
        await world.BeatAsync();
        (await StatusAsync(due), await StatusAsync(ends), await StatusAsync(begins))
            .ShouldBe((OrderStatus.Open, OrderStatus.Expired, OrderStatus.Open));
        (await world.EventsAsync(due)).ShouldNotContain(OrderEventKinds.ClaimTimedOut);
        await RunAsync(10);
        await world.BeatAsync();
        (await StatusAsync(due), await StatusAsync(begins)).ShouldBe((OrderStatus.Open, OrderStatus.Completed));
        await RunAsync(11);
        await world.BeatAsync();
        (await world.EventsAsync(due)).ShouldContain(OrderEventKinds.ClaimTimedOut);
        (await StatusAsync(due)).ShouldBe(OrderStatus.Completed);

        async Task<OrderStatus> StatusAsync(Order order) => (await world.ReadAsync(order)).Order.Status;
        async Task RunAsync(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                machine.Run(TimeSpan.FromSeconds(1));
                await LookAsync();
            }
        }
        async Task LookAsync()
        {
            await clock.LookAsync(_ => Task.FromResult(machine.Wall), CancellationToken.None);
            clock.Follow(paces, machine.Wall);
        }
    }

    private async Task<(EngineClock Clock, ClockWorker Worker)> NodeAsync()
    {
        var clock = new EngineClock(TimeProvider.System, Uptime.Read);
        var worker = new ClockWorker(clock, _source, NullLogger<ClockWorker>.Instance, TestWorker.Context(clock, clock));
        await worker.TickAsync(CancellationToken.None);
        return (clock, worker);
    }

    private async Task<PaceBook> SpansAsync()
    {
        await using var command = _source.CreateCommand();
        return (await PaceRows.ReadAsync(command, CancellationToken.None)).Paces;
    }

    // As if all of it had been asked for so long before.
    private async Task AsIfAsync(string before)
    {
        await using var command = _source.CreateCommand($"CREATE TEMP TABLE moved AS SELECT from_at - interval '{before}' AS from_at, engine_at - interval '{before}' AS engine_at, pace FROM clock_paces; DELETE FROM clock_paces; INSERT INTO clock_paces SELECT * FROM moved; DROP TABLE moved");
        await command.ExecuteNonQueryAsync();
    }
}
