using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Workers;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>What a jump of the clock does to orders: nothing.</summary>
public sealed class ClockHoldTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly MachineTime _machine = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Fact]
    public async Task S18_A_day_forward_and_back_ends_nothing_and_swaps_nothing_and_the_node_is_not_ready()
    {
        var clock = new EngineClock(_machine, () => _machine.Uptime);
        await using var world = await EngineWorld.StartAsync(database.ConnectionString,
            services => services.AddSingleton(clock).AddSingleton<TimeProvider>(clock));
        var now = clock.GetUtcNow();
        var ends = await world.CreateAsync(world.Terms(SliceTrigger.Manual) with { ValidTo = now + TimeSpan.FromHours(1) });
        var begins = await world.CreateAsync(world.Terms() with { ValidFrom = now + TimeSpan.FromHours(2) });
        var due = await world.CreateAsync(world.Terms());
        await LookAsync(clock);
        (await ReadyAsync(clock)).ShouldBeNull();

        _machine.Wall += Day;
        await LookAsync(clock);
        (await ReadyAsync(clock)).ShouldNotBeNull().ShouldContain("has jumped by +86400.0 s");
        await world.BeatAsync();
        foreach (var order in new[] { ends, begins, due }) (await StatusAsync(world, order)).ShouldBe((OrderStatus.Open, 0));
        (await world.ReadAsync(due)).Order.Slices[0].Reason.ShouldBe("clock_held");
        var call = await world.Get<ExecuteOrder>().HandleAsync(ends.Terms.Uuid, new Caller(world.Owner, null, null), default);
        call.Error!.Code.ShouldBe("clock_held");
        (await StatusAsync(world, ends)).ShouldBe((OrderStatus.Open, 0));

        _machine.Wall -= Day;
        _machine.Run(TimeSpan.FromMinutes(1));
        await LookAsync(clock);
        (await ReadyAsync(clock)).ShouldBeNull();
        await world.BeatAsync();
        (await StatusAsync(world, due)).ShouldBe((OrderStatus.Completed, 1));
        _machine.Run(TimeSpan.FromHours(2));
        await LookAsync(clock);
        await world.BeatAsync();
        (await StatusAsync(world, ends)).ShouldBe((OrderStatus.Expired, 0));
        (await StatusAsync(world, begins)).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task S18_While_the_time_is_not_known_no_worker_takes_sends_or_ends_anything_and_each_still_beats()
    {
        var clock = new EngineClock(_machine, () => _machine.Uptime);
        await using var world = await EngineWorld.StartAsync(database.ConnectionString,
            services => services.AddSingleton(clock).AddSingleton<TimeProvider>(clock));
        var due = await world.CreateAsync(world.Terms());
        await LookAsync(clock);
        await world.SweepAsync();
        _machine.Wall += Day;
        await LookAsync(clock);
        foreach (var worker in Workers(world)) await worker.PassAsync(CancellationToken.None);
        var held = (await world.ReadAsync(due)).Order;
        (held.Slices[0].Status, held.Slices[0].LeaseUntil, held.Slices[0].Reason).ShouldBe((SliceStatus.Executing, null, null));
        _machine.Wall -= Day;
        await LookAsync(clock);
        foreach (var worker in Workers(world)) await worker.PassAsync(CancellationToken.None);
        (await world.ReadAsync(due)).Attempts.Count.ShouldBe(1);
    }

    private static IEnumerable<PeriodicWorker> Workers(EngineWorld world) =>
        [world.Get<ExecutionWorker>(), world.Get<SettlementWorker>(), world.Get<NonceWorker>(), world.Get<WithdrawalWorker>()];

    private Task LookAsync(EngineClock clock) => clock.LookAsync(_ => Task.FromResult(_machine.Wall), CancellationToken.None);

    private static async Task<string?> ReadyAsync(EngineClock clock) =>
        (await ClockWorker.Check(clock).Check(CancellationToken.None)) is { IsReady: false } no ? no.Why : null;

    private static async Task<(OrderStatus, int)> StatusAsync(EngineWorld world, Order order)
    {
        var view = await world.ReadAsync(order);
        return (view.Order.Status, view.Attempts.Count);
    }
}
