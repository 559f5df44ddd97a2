using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>
/// A service that is started with another router does nothing to orders of the one before: they wait for it to come back.
/// </summary>
public sealed class OtherVenueTests : IAsyncLifetime
{
    private static readonly (string, string) Other = ("Simulator:Router", "ST000000000000000000002AMW42H.another-router");
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task S11_Open_orders_wait_while_the_router_is_another_and_are_swapped_when_it_is_back()
    {
        Order order;
        await using (var world = await StartAsync()) order = await world.CreateAsync(world.Terms(SliceTrigger.Time));
        await using (var elsewhere = await StartAsync(Other))
        {
            await elsewhere.Get<OtherVenue>().CheckAsync(CancellationToken.None);
            for (var beat = 0; beat < 5; beat++)
            {
                await elsewhere.BeatAsync();
                _time.Advance(TimeSpan.FromMinutes(10));
            }
            var slice = (await elsewhere.ReadAsync(order)).Order.Slices[0];
            (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "wrong_router", 0));
        }
        await using var back = await StartAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        await back.BeatAsync();
        (await back.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task S11_An_order_whose_window_passes_meanwhile_expires()
    {
        Order order;
        await using (var world = await StartAsync())
            order = await world.CreateAsync(world.Terms(SliceTrigger.Time) with { ValidTo = _time.GetUtcNow() + TimeSpan.FromMinutes(5) });
        await using var elsewhere = await StartAsync(Other);
        await elsewhere.BeatAsync();
        _time.Advance(TimeSpan.FromMinutes(20));
        await elsewhere.BeatAsync();
        (await elsewhere.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Expired);
    }

    [Fact]
    public async Task S11_Nothing_starts_on_transactions_in_flight_elsewhere()
    {
        await using (var world = await StartAsync())
        {
            var order = await world.CreateAsync(world.Terms(SliceTrigger.Time));
            await world.SweepAsync();
            await world.ExecuteAsync();
            (await world.ReadAsync(order)).Attempts.Count.ShouldBe(1);
        }
        await using (var elsewhere = await StartAsync(Other))
        {
            var refused = await Should.ThrowAsync<StartException>(() => elsewhere.Get<OtherVenue>().CheckAsync(CancellationToken.None));
            refused.Message.ShouldStartWith("1 orders have transactions in flight through the router");
        }
        await using var back = await StartAsync();
        await back.Get<OtherVenue>().CheckAsync(CancellationToken.None);
    }

    private Task<EngineWorld> StartAsync(params (string, string)[] settings) =>
        EngineWorld.StartAsync(_database.ConnectionString, time: _time, settings: settings);
}
