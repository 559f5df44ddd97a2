using System.Numerics;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>
/// Orders that trail the price: on two nodes they fire where a model of each by itself says, and every trigger follows from the rows of the
/// watermarks.
/// </summary>
public sealed class TrailingTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestDatabase _database = null!;
    private EngineWorld _world = null!;
    private EngineWorld _other = null!;
    private int _price = 50_000;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString, settings: [("Execution:SweepBatchMax", "7")]);
        _other = await EngineWorld.StartAsync(_database.ConnectionString, time: _world.Time, settings: [("Execution:SweepBatchMax", "7")]);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_nodes_fire_what_each_order_by_itself_would_and_the_rows_replay_every_trigger(int seed)
    {
        var (random, models, prices) = (new Random(seed), new List<TrailModel>(), new List<Price>());
        for (var tick = 0; tick < 150; tick++)
        {
            _price = Math.Clamp(_price + random.Next(-2_000, 2_001), 10_000, 90_000);
            for (var i = random.Next(4); i > 0; i--) models.Add(new TrailModel(await _world.CreateAsync(Draw(random))));
            prices.Add(Believe());
            await Task.WhenAll(_world.SweepAsync(), _other.SweepAsync());
            await _world.SweepAsync(); // what one of them held while the other looked
            foreach (var model in models) model.See(prices[^1], tick);
            var stored = await FiredAsync();
            foreach (var model in models)
            {
                stored.ContainsKey(model.Order.Id)
                    .ShouldBe(model.FiredAt is not null,
                        $"tick {tick}, best {model.Best}, price {prices[^1]}, {model.Order.Terms.Direction} {model.Order.Terms.Trail}");
            }
        }
        models.Count(m => m.FiredAt is not null).ShouldBeGreaterThan(50);
        await TrailModel.ReplayAsync(_world, models, prices, Second);
    }

    [Fact]
    public async Task A_rise_of_the_best_rewrites_no_order_and_takes_the_watermarks_below_it_in_together()
    {
        foreach (var price in (int[])[50_000, 49_000, 48_000, 47_000])
        {
            for (var i = 0; i < 3; i++) await _world.CreateAsync(Lt() with { TrailingBps = 9_000 });
            await BeatAsync(price);
        }
        (await RootsAsync()).ShouldBe(["47 x1", "48 x1", "49 x1", "50 x1"]);
        var before = await _world.ScalarAsync("SELECT sum(xmin::text::bigint) FROM slices");
        await BeatAsync(48_500);
        (await RootsAsync()).ShouldBe(["48.5 x2", "49 x1", "50 x1"]);
        await BeatAsync(60_000);
        await BeatAsync(61_000);
        (await RootsAsync()).ShouldBe(["61 x4"]);
        (await _world.ScalarAsync("SELECT sum(xmin::text::bigint) FROM slices")).ShouldBe(before);
        (await _world.ScalarAsync("SELECT count(*) FROM watermark_moves")).ShouldBe(4 + 2 + 3 + 1);
    }

    [Fact]
    public async Task A_restart_keeps_the_best_and_so_does_a_pause_a_call_that_is_refused_and_a_change_of_the_distance()
    {
        await Pools.MoveAsync(_world, times: 1);
        var owner = new Caller(_world.Owner, null, null);
        var (kept, paused, called, changed) = (await NewAsync(), await NewAsync(), await NewAsync(), await NewAsync());
        await BeatAsync(50_000);
        await BeatAsync(60_000);
        await BeatAsync(57_000);
        (await _world.Get<PauseOrder>().HandleAsync(paused.Terms.Uuid, owner, default)).Error.ShouldBeNull();
        (await _world.Get<ExecuteOrder>().HandleAsync(called.Terms.Uuid, owner, default)).Error!.Code.ShouldBe("rate_out_of_bounds");
        (await _world.Get<AmendTerms>()
            .HandleAsync(changed.Terms.Uuid, owner, new TermsChanges { TrailingBps = 2_000 }, null, null, default)).Error.ShouldBeNull();
        (await _world.Get<AmendTerms>()
            .HandleAsync(changed.Terms.Uuid, owner, new TermsChanges { TrailingAmount = Price.One }, null, null,
                default)).Error!.Code.ShouldBe("not_amendable");
        await using var again = await EngineWorld.StartAsync(_database.ConnectionString, time: _world.Time);
        (await again.Get<ResumeOrder>().HandleAsync(paused.Terms.Uuid, owner, default)).Error.ShouldBeNull();
        for (var i = 0; i < 3; i++) await BeatAsync(57_000, again);
        await BeatAsync(53_900, again); // a tenth below 60 is 54
        foreach (var (order, hasFired) in (List<(Order, bool)>)[(kept, true), (paused, true), (called, true), (changed, false)])
            (await again.ReadAsync(order)).Order.Slices[0].Trigger.ShouldBe(hasFired ? SliceTrigger.Time : SliceTrigger.Price);
        var why = await again.Get<ExplainOrder>().HandleAsync(await again.ReadAsync(changed), default);
        why.Sentence.ShouldContain("2000 basis points below its highest since it was armed, which is 60 ");
        why.Sentence.ShouldContain("it fires at 48 ");
        await BeatAsync(48_000, again);
        (await again.ReadAsync(changed)).Order.Slices[0].Trigger.ShouldBe(SliceTrigger.Time);

        Task<Order> NewAsync() => _world.CreateAsync(Lt() with { TrailingBps = 1_000, LimitPrice = Price.Parse("1000") });
    }

    [Fact]
    public async Task It_trails_from_its_window_on_and_not_what_was_before()
    {
        var order = await _world.CreateAsync(Lt() with { TrailingBps = 1_000, ValidFrom = _world.Time.GetUtcNow().AddMinutes(1) });
        await BeatAsync(90_000);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await BeatAsync(50_000);
        await BeatAsync(50_000);
        (await _world.ReadAsync(order)).Order.Slices[0].ShouldSatisfyAllConditions(s => s.WaitSide.ShouldBe(WaitSide.Trail),
            s => s.WaitPrice.ShouldBe(new Price(1_000)));
        await BeatAsync(45_000);
        (await _world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await _world.EventsAsync(order)).ShouldContain("triggered");
    }

    [Fact]
    public async Task The_store_reckons_as_the_domain_does_where_an_order_fires()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var best = new Price((UInt128)random.NextInt64(1, long.MaxValue) >> random.Next(60));
            if (best == Price.Zero) continue;
            var terms = Draw(random) with { Direction = (TriggerDirection)random.Next(2) };
            if (terms.TrailingAmount is not null)
            {
                terms = terms with
                {
                    TrailingAmount = new Price((UInt128)random.NextInt64(1, long.MaxValue)),
                };
            }
            await using var command = _world.Get<NpgsqlDataSource>().CreateCommand("SELECT trail_fires_at($1, $2, $3, $4)");
            command.Parameters.Add(new() { Value = terms.Direction == TriggerDirection.Lt ? "fall" : "rise" });
            command.Parameters.Add(new() { Value = terms.TrailingBps is null ? "amount" : "bps" });
            command.Parameters.Add(new NpgsqlParameter<BigInteger> { TypedValue = (BigInteger)best.Count });
            command.Parameters.Add(new NpgsqlParameter<BigInteger> { TypedValue = (BigInteger)terms.Trail!.Value.Count });
            var told = await command.ExecuteScalarAsync();
            (told is DBNull ? null : told).ShouldBe(Trailing.FiresAt(terms, best) is { } price ? (decimal)price.Count : null,
                $"{terms.Direction} {terms.TrailingBps} {terms.TrailingAmount} of {best}");
        }
    }

    private OrderTerms Draw(Random random) => TrailModel.Draw(random, Lt());

    private OrderTerms Lt() => _world.Terms(SliceTrigger.Price) with
    {
        ConditionToken = _world.Buy, BaseAsset = TokenId.Usd, Direction = TriggerDirection.Lt,
    };

    // To both nodes, in thousandths.
    private Price Believe(EngineWorld? third = null)
    {
        _world.Time.Advance(Second);
        var price = new Price((UInt128)_price * Price.Scale / 1_000);
        foreach (var node in (EngineWorld?[])[_world, _other, third]) node?.SetPrice(_world.Buy, price);
        return price;
    }

    private async Task BeatAsync(int price, EngineWorld? at = null)
    {
        _price = price;
        Believe(at);
        await (at ?? _world).BeatAsync();
    }

    private async Task<Dictionary<Guid, DateTimeOffset>> FiredAsync()
    {
        var fired = new Dictionary<Guid, DateTimeOffset>();
        await using var command = _world.Get<NpgsqlDataSource>()
            .CreateCommand("SELECT order_id, at FROM order_events WHERE kind = 'triggered'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) fired.Add(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1));
        return fired;
    }

    private async Task<string[]> RootsAsync()
    {
        var roots = new List<string>();
        await using var command = _world.Get<NpgsqlDataSource>()
            .CreateCommand("SELECT price, size FROM watermarks WHERE root = id ORDER BY price");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) roots.Add($"{new Price((UInt128)reader.GetFieldValue<BigInteger>(0))} x{reader.GetInt32(1)}");
        return [.. roots];
    }
}
