using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Execution;
using OrderService.Engine.Workers;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>
/// Two nodes on one store: what a living one has in hand is its own however long it takes, and what a dead one had is the other's within
/// seconds.
/// </summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly (string, string)[] Settings =
        [("Execution:Lease", "00:00:03"), ("Execution:QuoteTimeout", "1.00:00:00"), ("Execution:SendTimeout", "1.00:00:00")];
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private EngineWorld _one = null!;
    private EngineWorld _other = null!;
    private CountingRouter _router = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _one = await EngineWorld.StartAsync(_database.ConnectionString,
            services =>
                services.AddSingleton<ISwapRouter>(provider =>
                    _router = new CountingRouter(ActivatorUtilities.CreateInstance<SimulatedRouter>(provider))), _time, Settings);
        _other = await EngineWorld.StartAsync(_database.ConnectionString, null, _time, Settings);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_lives_keeps_what_it_works_on_for_as_long_as_it_takes()
    {
        var order = await CreateAsync();
        var quoted = new TaskCompletionSource();
        _router.QuotesWait = quoted.Task;
        var executed = _one.Get<ExecutionWorker>().TickAsync(default);
        await TakenAsync();
        for (var second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _one.Get<LeaseWorker>().PassAsync(default);
            await _other.SweepAsync();
            (await _other.Get<ExecutionWorker>().TickAsync(default)).ShouldBe(0);
        }
        quoted.SetResult();
        await executed;
        (await _one.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Broadcast);
        (await _one.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_node_had_in_hand_when_it_stood_still_is_anothers_after_the_lease_and_it_commits_nothing()
    {
        var order = await CreateAsync();
        var quoted = new TaskCompletionSource();
        _router.QuotesWait = quoted.Task;
        var executed = _one.Get<ExecutionWorker>().TickAsync(default);
        await TakenAsync();
        _time.Advance(TimeSpan.FromSeconds(3.1));
        await _other.SweepAsync();
        (await _other.ExecuteAsync()).ShouldBe(1);
        quoted.SetResult();
        await executed;
        await _one.Get<LeaseWorker>().PassAsync(default);
        await _other.MineAsync();
        (await _other.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Confirmed);
        _router.Sent.ShouldBeEmpty();
        (await _one.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_being_sent_is_not_sent_beside_it_while_its_node_lives()
    {
        await CreateAsync();
        var sent = new TaskCompletionSource();
        _router.SendsWait = sent.Task;
        var executed = _one.Get<ExecutionWorker>().TickAsync(default);
        await Until.Async(() => Task.FromResult(_router.Sent.Count), count => count == 1);
        for (var second = 0; second < 8; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _one.Get<LeaseWorker>().PassAsync(default);
            await _other.Get<SettleTransactions>().TickAsync(default);
        }
        (await _one.ScalarAsync("SELECT sum(sends_count) FROM attempts")).ShouldBe(1);
        // It dies here: what it stored is sent by the other.
        _time.Advance(TimeSpan.FromSeconds(3.1));
        await _other.Get<SettleTransactions>().TickAsync(default);
        (await _one.ScalarAsync("SELECT sum(sends_count) FROM attempts")).ShouldBe(2);
        await _other.MineAsync();
        (await _one.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'confirmed'")).ShouldBe(1);
        sent.SetResult();
        await executed;
        (await _one.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(1);
    }

    [Fact]
    public async Task One_node_asks_the_chain_for_all_until_it_dies_or_stops()
    {
        var (ones, others) = (_one.Get<WorkLeases>(), _other.Get<WorkLeases>());
        (await ones.HoldsAsync("asking", default), await others.HoldsAsync("asking", default),
            await others.HoldsAsync("more", default)).ShouldBe((true, false, true));
        for (var tenth = 0; tenth < 50; tenth++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            (await ones.HoldsAsync("asking", default), await others.HoldsAsync("asking", default)).ShouldBe((true, false));
        }
        for (var tenth = 0; tenth < 30 && !await others.HoldsAsync("asking", default); tenth++) _time.Advance(TimeSpan.FromSeconds(0.1));
        (await others.HoldsAsync("asking", default), await ones.HoldsAsync("asking", default)).ShouldBe((true, false));
        await others.ReleaseAsync("asking", default);
        _time.Advance(TimeSpan.FromSeconds(0.6));
        (await ones.HoldsAsync("asking", default)).ShouldBeTrue();
    }

    // Before the clock moves: what is not taken yet is anybody's.
    private Task<int> TakenAsync() => Until.Async(() => Task.FromResult(_one.Get<WorkInHand>().Claims.Count), count => count == 1);

    private async Task<Order> CreateAsync()
    {
        var order = await _one.CreateAsync(_one.Terms());
        await _one.SweepAsync();
        return order;
    }
}
