using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Watermarks and their moves are forgotten when no trigger follows from them any more, and not before.</summary>
public sealed class WatermarkThinningTests : IAsyncLifetime
{
    private const int KeptTicks = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    private readonly Random _random = new(3);
    private readonly List<TrailModel> _models = [];
    private readonly List<Price> _prices = [];
    private TestDatabase _database = null!;
    private EngineWorld _world = null!;
    private EngineWorld _other = null!;
    private int _price = 50_000;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        (string, string)[] settings = [("Execution:SweepBatchMax", "7"), ("Pricing:HistoryRetention", (KeptTicks * Pause).ToString()),
            ("Pricing:ThinAfter", "01:00:00"), ("Pricing:StaleAfter", "1.00:00:00")];
        _world = await EngineWorld.StartAsync(_database.ConnectionString, settings: settings);
        _other = await EngineWorld.StartAsync(_database.ConnectionString, time: _world.Time, settings: settings);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Two_nodes_thin_beside_their_sweeps_and_every_trigger_since_is_replayed_by_what_is_left()
    {
        for (var tick = 0; tick < 120; tick++)
        {
            for (var i = _random.Next(3); i > 0; i--)
                _models.Add(new TrailModel(await _world.CreateAsync(TrailModel.Draw(_random, Terms()))));
            await TickAsync(thins: tick % 5 == 4);
        }
        _models.Count(m => m.FiredAt is { } at && at >= 120 - KeptTicks).ShouldBeGreaterThan(10);
        await TrailModel.ReplayAsync(_world, _models, _prices, Pause, from: 120 - KeptTicks + 1);
        (await _world.ScalarAsync("SELECT count(*) FROM watermark_moves WHERE id < (SELECT max(id) / 2 FROM watermark_moves)")).ShouldBeLessThan(await _world.ScalarAsync("SELECT max(id) / 4 FROM watermark_moves"));
        (await _world.ScalarAsync("SELECT count(*) FROM watermarks w WHERE root = id AND size <> (SELECT count(*) FROM watermarks m WHERE m.root = w.id)")).ShouldBe(0);
        (await _world.ScalarAsync("SELECT count(*) FROM slices s WHERE s.ended_at IS NULL AND s.watermark_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM watermarks w WHERE w.id = s.watermark_id)")).ShouldBe(0);
    }

    [Fact]
    public async Task Of_a_market_that_rises_for_ever_what_is_replayed_is_kept_and_nothing_when_the_last_order_is_long_over()
    {
        var order = await _world.CreateAsync(Terms() with { TrailingBps = 9_000 });
        _models.Add(new TrailModel(order));
        for (var tick = 0; tick < 3 * KeptTicks; tick++) await TickAsync(thins: tick % 10 == 9, rises: true);
        // those since, with both ends, and the one that was in force before
        (await _world.ScalarAsync("SELECT count(*) FROM watermark_moves")).ShouldBe(KeptTicks + 2);
        await TrailModel.ReplayAsync(_world, _models, _prices, Pause, from: 2 * KeptTicks + 1);
        _price = 1_000;
        await TickAsync(thins: false);
        _models[0].FiredAt.ShouldBe(3 * KeptTicks);
        (await _world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        for (var tick = 0; tick <= KeptTicks; tick++)
        {
            (await _world.ScalarAsync("SELECT count(*) FROM watermarks")).ShouldBe(1);
            await TickAsync(thins: true);
        }
        await _world.Get<WatermarkThinning>().ThinAsync(_world.Time.GetUtcNow().Add(Pause), CancellationToken.None);
        (await _world.ScalarAsync("SELECT (SELECT count(*) FROM watermarks) + (SELECT count(*) FROM watermark_moves)")).ShouldBe(0);
    }

    private OrderTerms Terms() => _world.Terms(SliceTrigger.Price) with
    {
        ConditionToken = _world.Buy, BaseAsset = TokenId.Usd, Direction = TriggerDirection.Lt,
    };

    private async Task TickAsync(bool thins, bool rises = false)
    {
        _price = rises ? _price + 100 : Math.Clamp(_price + _random.Next(-2_000, 2_001), 1_000, 90_000);
        _world.Time.Advance(Pause);
        var price = new Price((UInt128)_price * Price.Scale / 1_000);
        foreach (var node in (EngineWorld[])[_world, _other]) node.SetPrice(_world.Buy, price);
        _prices.Add(price);
        foreach (var model in _models) model.See(price, _prices.Count - 1);
        var now = _world.Time.GetUtcNow();
        var nodes = (EngineWorld[])[_world, _other];
        await Task.WhenAll(nodes.Select(node => node.SweepAsync())
            .Concat<Task>(thins ? nodes.Select(node => node.Get<WatermarkThinning>().ThinAsync(now, CancellationToken.None)) : []));
        await _world.BeatAsync();
    }
}
