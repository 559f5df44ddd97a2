using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>What waits for a moment is claimed when that comes, between the beats: here none comes, unless a test makes it.</summary>
public sealed class WakeTests : IAsyncLifetime
{
    private readonly SteppedTime _time = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _time.Advance(TimeSpan.FromDays(20_000));
        _database = await TestDatabase.CreateAsync();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_wait_ends_at_the_first_moment_that_was_seen_and_not_before()
    {
        var next = new NextWake();
        var wait = next.WaitAsync(_time, default);
        next.See((DateTimeOffset?)null);
        next.See(After(500));
        next.See(After(300.4)); // the earlier one shortens the wait
        next.See(After(400));
        await StepAsync(300);
        wait.IsCompleted.ShouldBeFalse();
        await StepAsync(1);
        await wait;
        await next.WaitAsync(_time, default); // it has come, until somebody looks
        next.Forget();
        var later = next.WaitAsync(_time, default);
        await StepAsync(TimeSpan.FromDays(400).TotalMilliseconds); // further than any timer
        later.IsCompleted.ShouldBeFalse();
        next.See(_time.GetUtcNow());
        await later;
    }

    [Fact]
    public async Task An_order_is_claimed_at_its_moment_and_not_at_the_next_beat()
    {
        await using var world = await StartAsync();
        var worker = await RunAsync(world);
        var at = After(250);
        var order = await world.CreateAsync(world.Terms() with { ValidFrom = at });
        await StepAsync(200);
        Passes(world).ShouldBe(0);
        (await StatusAsync(world, order)).ShouldBe(SliceStatus.Waiting);
        await StepAsync(50);
        (await ClaimedAsync(world, order)).ShouldBe(at, TimeSpan.FromMilliseconds(1));
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task What_another_node_stored_is_claimed_at_its_moment_once_a_beat_has_seen_it()
    {
        await using var world = await StartAsync();
        await using var other = await StartAsync();
        var worker = await RunAsync(world);
        var at = After(700);
        var order = await other.CreateAsync(other.Terms() with { ValidFrom = at });
        (await world.SweepAsync()).ShouldBe(0);
        await StepAsync(500);
        Passes(world).ShouldBe(0);
        await StepAsync(200);
        (await ClaimedAsync(world, order)).ShouldBe(at, TimeSpan.FromMilliseconds(1));
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task What_a_change_makes_due_is_claimed_at_once()
    {
        await using var world = await StartAsync();
        var order = await world.CreateAsync(world.Terms() with { ValidFrom = After(300) });
        var caller = new Caller(world.Owner, null, null);
        (await world.Get<PauseOrder>().HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBeNull();
        await StepAsync(1_000);
        var worker = await RunAsync(world);
        await Until.Async(async () => { await StepAsync(10); return Passes(world); }, passes => passes == 1); // for the moment that it had
        (await world.Get<ResumeOrder>().HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBeNull();
        await Until.Async(async () => { await StepAsync(10); return await StatusAsync(world, order); },
            status => status == SliceStatus.Executing);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task What_watches_a_price_from_a_moment_on_is_claimed_at_that_moment_where_the_price_is_inside()
    {
        await using var world = await StartAsync();
        Believe(world, "3");
        var crossed = await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "2", TokenId.Stx) with { ValidFrom = After(300) });
        var not = await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "4", TokenId.Stx) with { ValidFrom = After(300) });
        await world.SweepAsync(); // knows the pair from here on
        var worker = await RunAsync(world);
        await StepAsync(300);
        await ClaimedAsync(world, crossed);
        (await StatusAsync(world, not)).ShouldBe(SliceStatus.Waiting);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task Nothing_is_asked_while_no_moment_is_near()
    {
        await using var world = await StartAsync();
        Believe(world, "1");
        await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "2", TokenId.Stx));
        await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await world.CreateAsync(world.Terms() with { ValidFrom = After(7_200_000) });
        var worker = await RunAsync(world);
        for (var minute = 0; minute < 119; minute++)
        {
            await world.SweepAsync();
            await StepAsync(60_000);
        }
        Passes(world).ShouldBe(0);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task Moments_that_follow_each_other_are_swept_together()
    {
        await using var world = await StartAsync();
        var worker = await RunAsync(world);
        var first = After(1_000);
        await Task.WhenAll(Enumerable.Range(0, 500)
            .Select(i => world.CreateAsync(world.Terms() with { ValidFrom = first.AddMilliseconds(2 * i) })));
        for (var i = 0; i < 2_000; i++) await StepAsync(1);
        await Until.Async(async () => { await StepAsync(
            20); return await world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'executing'"); }, claimed => claimed == 500);
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE claimed_at < not_before")).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(DISTINCT date_trunc('milliseconds', claimed_at)) FROM slices")).ShouldBeLessThanOrEqualTo(
            1_000 / 20 + 1);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task Two_nodes_that_wake_at_the_same_moments_claim_each_slice_once()
    {
        await using var world = await StartAsync();
        await using var other = await StartAsync();
        var workers = new[] { await RunAsync(world), await RunAsync(other) };
        await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => (i % 2 == 0 ? world : other).CreateAsync(world.Terms() with { ValidFrom = After(500 + i) })));
        await Task.WhenAll(world.SweepAsync(), other.SweepAsync()); // each has seen the other's
        await Until.Async(async () => { await StepAsync(
            20); return await world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'executing'"); }, claimed => claimed == 200);
        (await world.ScalarAsync("SELECT count(*) FROM order_events WHERE kind = 'triggered'")).ShouldBe(200);
        foreach (var worker in workers) await worker.StopAsync(default);
    }

    private Task<EngineWorld> StartAsync() =>
        EngineWorld.StartAsync(_database.ConnectionString, services => services.AddSingleton<TimeProvider>(_time));

    // It rests first: when this comes back, it does.
    private async Task<WakeWorker> RunAsync(EngineWorld world)
    {
        world.Get<MetricsRegistry>();
        var (worker, before) = (world.Get<WakeWorker>(), _time.Pending);
        await worker.StartAsync(default);
        await Until.Async(() => Task.FromResult(_time.Pending), pending => pending > before);
        return worker;
    }

    private DateTimeOffset After(double milliseconds) => _time.GetUtcNow().AddMilliseconds(milliseconds);

    // Whoever waits for a timer goes on beside this.
    private async Task StepAsync(double milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await Task.Yield();
    }

    private void Believe(EngineWorld world, string usd) => world.Get<OrderService.Engine.Pricing.PriceBoard>().Publish(
        new OrderService.Engine.Pricing.GateResult(
            [new BelievedPrice(TokenId.Stx, Domain.Amounts.Price.Parse(usd), _time.GetUtcNow(), "test")], [], []), [], _time.GetUtcNow());

    private static long Passes(EngineWorld world)
    {
        const string Counted = "orderservice_workers_passes_total{worker=\"wake\"} ";
        var line = world.Get<MetricsRegistry>().Expose().Split('\n')
            .SingleOrDefault(line => line.StartsWith(Counted, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.AsSpan(Counted.Length), CultureInfo.InvariantCulture);
    }

    private static async Task<SliceStatus> StatusAsync(EngineWorld world, Order order) =>
        (await world.ReadAsync(order)).Order.Slices[0].Status;

    // The clock stands meanwhile.
    private static async Task<DateTimeOffset> ClaimedAsync(EngineWorld world, Order order)
    {
        await Until.Async(() => StatusAsync(world, order), status => status == SliceStatus.Executing);
        return (await world.ReadAsync(order)).Order.Slices[0].ClaimedAt!.Value;
    }
}
