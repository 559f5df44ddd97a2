using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>
/// Orders that have one try when they are due: what the market or their funds refuse ends them, what is the service's own trouble does not.
/// </summary>
public sealed class TimeInForceTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task How_long_an_order_stays_follows_from_its_window_and_from_that_it_has_one_try()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var terms = world.Terms();
        terms.TimeInForce.ShouldBe(TimeInForce.Gtc);
        (terms with { ValidTo = DateTimeOffset.UnixEpoch }).TimeInForce.ShouldBe(TimeInForce.Gtt);
        (terms with { ValidTo = DateTimeOffset.UnixEpoch, IsImmediate = true }).TimeInForce.ShouldBe(TimeInForce.Ioc);
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("least")]
    [InlineData("funds")]
    public async Task What_cannot_be_swapped_when_it_is_due_ends(string lack)
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var terms = world.Terms() with { IsImmediate = true };
        var wallet = new OwnWallet(world, 1_000_000);
        var order = lack switch
        {
            "limit" => await world.CreateAsync(terms with { LimitPrice = Price.Parse("0.075") }),
            "least" => await world.CreateAsync(terms with { MinAmountOut = new TokenAmount(75_000) }),
            _ => (await wallet.TryCreateAsync(wallet.Terms(1_000_000) with { IsImmediate = true })).Value,
        };
        await world.BeatAsync();
        (await world.ReadAsync(order)).Order.ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe(OrderStatus.Failed), o => o.Reason.ShouldBe("no_fills"), o => o.Slices[0].WasSent.ShouldBeFalse(),
            o => o.Slices[0].AttemptsMax.ShouldBe(1));
    }

    [Fact]
    public async Task One_that_can_be_swapped_is_and_one_that_waits_for_its_price_has_its_try_then()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var (good, later, never) = (await world.CreateAsync(world.Terms() with { IsImmediate = true }),
            await world.CreateAsync(Stop(world)), await world.CreateAsync(Stop(world) with { LimitPrice = Price.Parse("0.075") }));
        world.SetPrice(world.Buy, Price.Parse("1"));
        await world.BeatAsync();
        (await world.ReadAsync(good)).Order.Status.ShouldBe(OrderStatus.Completed);
        foreach (var order in (Order[])[later, never]) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        world.SetPrice(world.Buy, Price.Parse("2"));
        await world.BeatAsync();
        (await world.ReadAsync(later)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ReadAsync(never)).Order.ShouldSatisfyAllConditions(o => o.Status.ShouldBe(OrderStatus.Failed),
            o => o.Reason.ShouldBe("no_fills"));
    }

    [Fact]
    public async Task A_swap_that_aborts_was_the_one_try()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var order = await world.CreateAsync(world.Terms() with { IsImmediate = true, MinAmountOut = new TokenAmount(50_000) });
        await world.SweepAsync();
        await world.ExecuteAsync();
        await Pools.MoveAsync(world, times: 4);
        await world.MineAsync();
        await Pools.MoveAsync(world, times: 1);
        for (var i = 0; i < 4; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await world.BeatAsync();
        }
        (await world.ReadAsync(order)).ShouldSatisfyAllConditions(v => v.Order.Status.ShouldBe(OrderStatus.Failed),
            v => v.Attempts.Select(a => a.Kind).ShouldBe([AttemptKind.Swap, AttemptKind.Spend]));
    }

    [Fact]
    public async Task Of_two_over_one_balance_the_second_ends_under_the_lock_of_the_hold()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var wallet = new OwnWallet(world, 7_000_000);
        await wallet.FundAsync(1_000_000);
        var orders = new List<Order>();
        for (var i = 0; i < 2; i++) orders.Add((await wallet.TryCreateAsync(wallet.Terms(1_000_000) with { IsImmediate = true })).Value);
        await world.SweepAsync();
        await world.ExecuteAsync();
        await world.MineAsync();
        var ends = new List<(OrderStatus, string?)>();
        foreach (var order in orders) ends.Add(((await world.ReadAsync(order)).Order.Status, (await world.ReadAsync(order)).Order.Reason));
        ends.Order().ShouldBe([(OrderStatus.Completed, null), (OrderStatus.Failed, "no_fills")]);
    }

    [Fact]
    public async Task A_call_is_its_one_try_too()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var order =
            await world.CreateAsync(world.Terms(SliceTrigger.Manual) with { IsImmediate = true, LimitPrice = Price.Parse("0.075") });
        (await world.Get<ExecuteOrder>()
            .HandleAsync(order.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error!.Code.ShouldBe("no_fills");
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Failed);
    }

    private static OrderTerms Stop(EngineWorld world) => world.PriceTerms(TriggerDirection.Gt, "2", watched: world.Buy) with
    {
        BaseAsset = OrderService.Domain.Pricing.TokenId.Usd, IsImmediate = true,
    };
}
