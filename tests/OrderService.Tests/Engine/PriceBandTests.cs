using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Nothing is sold far below what is believed: pools are moved by hand under orders that say nothing of a price.</summary>
public sealed class PriceBandTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan AMinute = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task M12_A_pool_at_a_tenth_of_the_believed_price_is_not_sold_into()
    {
        await using var world = await StartAsync();
        await Pools.MoveAsync(world, times: 10);
        var order = await world.CreateAsync(world.Terms());
        order.PriceBandBps.ShouldBe(500);
        for (var i = 0; i < 4; i++) await BeatAsync(world, AMinute);
        var waiting = (await world.ReadAsync(order)).Order;
        (waiting.Status, waiting.Slices[0].Reason, waiting.Slices[0].AttemptsUsed).ShouldBe((OrderStatus.Open, "price_impact", 0));
        (await world.EventsAsync(order)).Count(kind => kind == OrderEventKinds.BackedOff).ShouldBe(1);

        await Pools.MoveAsync(world, times: 1);
        for (var i = 0; i < 2; i++) await BeatAsync(world, AMinute);
        var ended = (await world.ReadAsync(order)).Order;
        ended.Status.ShouldBe(OrderStatus.Completed);
        ended.Slices[0].AmountOut!.Value.ShouldBeGreaterThan(new TokenAmount(59_375)); // 1 CHA is 0.0625 STX as believed
    }

    [Fact]
    public async Task S4_Pools_moved_a_hundredfold_before_an_order_is_due_do_not_take_its_funds()
    {
        await using var world = await StartAsync();
        var order = await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "0.06"));
        await BeatAsync(world, TimeSpan.FromSeconds(1));
        await Pools.MoveAsync(world, times: 100);
        for (var i = 0; i < 3; i++)
        {
            SetPrices(world, cha: "0.07");
            await world.BeatAsync();
            world.Time.Advance(AMinute);
        }
        var waiting = (await world.ReadAsync(order)).Order;
        (waiting.Status, waiting.Slices[0].Reason, waiting.Slices[0].AttemptsUsed).ShouldBe((OrderStatus.Open, "price_impact", 0));
        (await world.ScalarAsync($"SELECT count(*) FROM simulator.swaps WHERE uuid = '{order.Terms.Uuid}'")).ShouldBe(0);
        await Pools.MoveAsync(world, times: 1);
    }

    [Fact]
    public async Task M12_The_event_and_the_answer_to_a_call_have_the_figures()
    {
        await using var world = await StartAsync();
        await Pools.MoveAsync(world, times: 2);
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual) with { MaxDeviationBps = 700 });
        SetPrices(world);
        var refused = (await world.Get<ExecuteOrder>()
            .HandleAsync(order.Terms.Uuid, new(world.Owner, null, null), default)).Error.ShouldBeOfType<OrderError.PriceImpact>();
        (refused.Believed, refused.Min, refused.MaxDeviationBps).ShouldBe((new TokenAmount(62_500), new TokenAmount(58_125), 700));
        refused.Quoted.ShouldBeLessThan(new TokenAmount(40_000));
        await using var command = world.Get<NpgsqlDataSource>()
            .CreateCommand($"SELECT detail::text FROM order_events WHERE order_id = '{order.Id}' AND kind = 'backed_off'");
        var detail = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)!;
        new[] { "reason", "quoted", "believed", "minAmountOut", "maxDeviationBps", "sellUsd",
            "buyUsd" }.Select(name => detail[name]!.ToString())
            .ShouldBe(["price_impact", refused.Quoted.ToString(), "62500", "58125", "700", "0.05", "0.8"]);
        await Pools.MoveAsync(world, times: 1);
    }

    [Fact]
    public async Task M12_Without_a_believed_price_an_order_waits_and_is_never_refused_when_it_is_made()
    {
        await using var world = await StartAsync();
        world.Time.Advance(TimeSpan.FromMinutes(10)); // what was believed is stale
        var order = await world.CreateAsync(world.Terms());
        await world.BeatAsync();
        var slice = (await world.ReadAsync(order)).Order.Slices[0];
        (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "no_believed_price", 0));
        await BeatAsync(world, AMinute);
        await BeatAsync(world, AMinute);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task M12_What_the_swap_must_pay_is_never_below_the_band()
    {
        await using var world = await StartAsync();
        var order = await world.CreateAsync(world.Terms() with { SlippageBps = 10_000, MaxDeviationBps = 300 });
        await BeatAsync(world, TimeSpan.FromSeconds(1));
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts[0].MinAmountOut).ShouldBe((OrderStatus.Completed, new TokenAmount(60_625)));
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(null, 1)]
    public async Task M12_An_open_band_and_a_floor_of_its_own_let_an_order_sell_as_low_as_it_says(int? own, int? min)
    {
        await using var world = await StartAsync();
        await Pools.MoveAsync(world, times: 10);
        var order = await world.CreateAsync(
            world.Terms() with { MaxDeviationBps = own, MinAmountOut = min is { } units ? new TokenAmount((UInt128)units) : null });
        world.Time.Advance(TimeSpan.FromMinutes(10)); // no price is asked for
        await world.BeatAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await Pools.MoveAsync(world, times: 1);
    }

    [Fact]
    public async Task M12_A_repeated_body_is_the_same_order_though_the_default_has_changed_since()
    {
        var terms = default(OrderTerms);
        await using (var world = await StartAsync()) terms = (await world.CreateAsync(world.Terms(SliceTrigger.Manual))).Terms;
        await using var later = await StartAsync(("Orders:MaxDeviationBps", "50"));
        (await later.CreateAsync(terms)).PriceBandBps.ShouldBe(500);
        (await later.TryCreateAsync(terms with { MaxDeviationBps = 500 })).Error.ShouldBe(new OrderError.Exists("maxDeviationBps"));
        (await later.CreateAsync(later.Terms(SliceTrigger.Manual))).PriceBandBps.ShouldBe(50);
    }

    private async Task<EngineWorld> StartAsync(params (string Key, string Value)[] settings)
    {
        var world = await EngineWorld.StartAsync(database.ConnectionString, settings: [("Orders:MaxDeviationBps", "500"), .. settings]);
        SetPrices(world);
        return world;
    }

    private static async Task BeatAsync(EngineWorld world, TimeSpan after)
    {
        SetPrices(world);
        await world.BeatAsync();
        world.Time.Advance(after);
    }

    private static void SetPrices(EngineWorld world, string cha = "0.05")
    {
        world.SetPrice(world.Get<PriceBoard>().PricedAs(world.Sell), Price.Parse(cha));
        world.SetPrice(world.Buy, Price.Parse("0.8"));
    }
}
