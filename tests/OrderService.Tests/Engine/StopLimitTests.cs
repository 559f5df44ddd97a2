using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>
/// Orders with a limit price: once they have fired they wait for that and for nothing else, and no swap of theirs pays less. 1 CHA pays
/// about 0.0625 STX where no pool was moved.
/// </summary>
public sealed class StopLimitTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_stop_that_has_fired_waits_for_its_limit_price_whatever_its_trigger_does()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var order = await world.CreateAsync(Stop(world, "0.075"));
        order.PriceBandBps.ShouldBeNull(); // a limit price is a floor of its own
        await BeatAsync(world, "1.5");
        (await SliceAsync(world, order)).ShouldSatisfyAllConditions(s => s.WaitSide.ShouldBe(WaitSide.Rise),
            s => s.Trigger.ShouldBe(SliceTrigger.Price));
        await BeatAsync(world, "2.5");
        (await SliceAsync(world, order)).ShouldSatisfyAllConditions(
            s => s.Trigger.ShouldBe(SliceTrigger.Time), s => s.Reason.ShouldBe("rate_out_of_bounds"),
            s => s.QuoteSide.ShouldBe(QuoteSide.Rise), s => s.WatchedPrice.ShouldBe(Price.Parse("2.5")));
        for (var i = 0; i < 3; i++) await BeatAsync(world, "1"); // far from its trigger
        (await SliceAsync(world, order)).ShouldSatisfyAllConditions(s => s.Status.ShouldBe(SliceStatus.Waiting),
            s => s.WaitSide.ShouldBeNull(), s => s.AttemptsUsed.ShouldBe(0));
        var why = await world.Get<ExplainOrder>().HandleAsync(await world.ReadAsync(order), default);
        why.WaitingFor.ShouldBe(WaitingFor.Quote);
        why.Sentence.ShouldContain("below its limit price of 0.075");
        why.Gates.Single(gate => gate.Name == OrderGate.Price).IsOpen.ShouldBe(true);
        await Pools.MoveAsync(world, times: 2, by: 3); // 0.09375
        await BeatAsync(world, "1");
        (await world.ReadAsync(order)).Order.ShouldSatisfyAllConditions(o => o.Status.ShouldBe(OrderStatus.Completed),
            o => o.Slices[0].AmountOut!.Value.ShouldBeGreaterThanOrEqualTo(new TokenAmount(75_000)));
        (await world.EventsAsync(order)).Where(kind => kind is "triggered" or "backed_off").ShouldBe(["triggered", "backed_off"]);
        await Pools.MoveAsync(world, times: 1);
    }

    [Fact]
    public async Task What_is_sent_aborts_where_the_pools_have_moved_below_the_limit_price_and_waits_for_it_again()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var order = await world.CreateAsync(Stop(world, "0.05") with { SlippageBps = 9_000 });
        world.SetPrice(world.Buy, Price.Parse("3"));
        await world.SweepAsync();
        await world.ExecuteAsync();
        await Pools.MoveAsync(world, times: 4); // between the send and the block: a quarter
        await world.MineAsync();
        (await world.ReadAsync(order)).ShouldSatisfyAllConditions(v => v.Attempts[0].Status.ShouldBe(OutgoingStatus.Reverted),
            v => v.Attempts[0].MinAmountOut!.Value.ShouldBeGreaterThanOrEqualTo(new TokenAmount(50_000)));
        for (var i = 0; i < 3; i++) await BeatAsync(world, "1");
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        await Pools.MoveAsync(world, times: 1);
        for (var i = 0; i < 2; i++) await BeatAsync(world, "1");
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task A_call_is_held_to_it_too_and_fires_nothing()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var (stop, manual) = (await world.CreateAsync(Stop(world, "0.075")),
            await world.CreateAsync(world.Terms(SliceTrigger.Manual) with { LimitPrice = Price.Parse("0.075") }));
        foreach (var order in (Order[])[stop, manual])
        {
            (await world.Get<ExecuteOrder>()
                .HandleAsync(order.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error!.Code.ShouldBe("rate_out_of_bounds");
        }
        for (var i = 0; i < 2; i++) await BeatAsync(world, "1");
        (await SliceAsync(world, stop)).ShouldSatisfyAllConditions(s => s.Trigger.ShouldBe(SliceTrigger.Price),
            s => s.WaitSide.ShouldBe(WaitSide.Rise), s => s.WasSent.ShouldBeFalse());
        (await SliceAsync(world, manual)).IsArmed.ShouldBeFalse();
        await Pools.MoveAsync(world, times: 1, by: 2);
        (await world.Get<ExecuteOrder>().HandleAsync(manual.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error.ShouldBeNull();
        await world.MineAsync();
        (await world.ReadAsync(manual)).Order.Status.ShouldBe(OrderStatus.Completed);
        await Pools.MoveAsync(world, times: 1);
    }

    [Fact]
    public async Task A_pause_a_lease_that_runs_out_and_another_node_keep_that_it_has_fired_and_a_new_trigger_does_not()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var (paused, left, changed) = (await world.CreateAsync(Stop(world, "0.075")), await world.CreateAsync(Stop(world, "0.075")),
            await world.CreateAsync(Stop(world, "0.075")));
        world.SetPrice(world.Buy, Price.Parse("3"));
        await world.SweepAsync();
        // somebody took it, and died
        await world.ScalarAsync($"WITH u AS (UPDATE slices SET lease_until = claimed_at + interval '1 minute' WHERE order_id = '{left.Id}' RETURNING 1) SELECT count(*) FROM u");
        (await world.Get<PauseOrder>().HandleAsync(paused.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error.ShouldBeNull();
        (await world.Get<AmendTerms>()
            .HandleAsync(changed.Terms.Uuid, new Caller(world.Owner, null, null),
                new TermsChanges { TargetPrice = Price.Parse("9"), LimitPrice = Price.Parse("0.01") }, null, null,
                default)).Error.ShouldBeNull();
        await using var other = await EngineWorld.StartAsync(database.ConnectionString, time: world.Time);
        await Pools.MoveAsync(other, times: 1, by: 2);
        (await other.Get<ResumeOrder>().HandleAsync(paused.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error.ShouldBeNull();
        for (var i = 0; i < 40; i++) await BeatAsync(other, "1");
        (await other.ReadAsync(paused)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await other.ReadAsync(left)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await SliceAsync(other, changed)).ShouldSatisfyAllConditions(s => s.Trigger.ShouldBe(SliceTrigger.Price),
            s => s.WaitPrice.ShouldBe(Price.Parse("9")), s => s.RateMin.ShouldBe(Price.Parse("0.01")));
        await Pools.MoveAsync(other, times: 1);
    }

    private static OrderTerms Stop(EngineWorld world, string limit) => world.PriceTerms(TriggerDirection.Gt, "2", watched: world.Buy) with
    {
        BaseAsset = OrderService.Domain.Pricing.TokenId.Usd, LimitPrice = Price.Parse(limit),
    };

    private static async Task<Slice> SliceAsync(EngineWorld world, Order order) => (await world.ReadAsync(order)).Order.Slices[0];

    private static async Task BeatAsync(EngineWorld world, string stx)
    {
        world.Time.Advance(TimeSpan.FromSeconds(6));
        world.SetPrice(world.Buy, Price.Parse(stx));
        await world.BeatAsync();
    }
}
