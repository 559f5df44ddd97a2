using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>
/// What waits for a quote is asked about again when its route's rate is good enough, and one question stands for all of a route.
/// </summary>
public sealed class QuoteWaitTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("min")]
    [InlineData("rate")]
    [InlineData("strategy")]
    public async Task M8_A_spike_of_ten_seconds_fills_what_waits_for_its_rate(string kind)
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world.Engine, times: 1);
        var least = new TokenAmount(75_000); // 1 CHA pays about 62,500 now
        var terms = world.Terms(1_000_000);
        var order = kind switch
        {
            "min" => await world.Engine.CreateAsync(world.Engine.Terms() with { MinAmountOut = least }),
            "rate" =>
                await world.CreateAsync(
                    ScheduleWorld.Plan(new Schedule.Immediate(1)) with { Rate = new RateBounds(Price.Parse("0.075"), null) }, terms),
            _ => await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(1)) with { Slippage = SlippageFrom.Min },
                terms with { MinAmountOut = least, SlippageBps = 100 }),
        };
        await world.BeatAsync(6, TimeSpan.FromSeconds(50)); // it would sleep for a minute by now
        var waiting = (await world.ReadAsync(order)).Slices[0];
        (waiting.Status, waiting.AttemptsUsed, waiting.WakeAt, waiting.QuoteSide).ShouldBe((SliceStatus.Waiting, 0, null, QuoteSide.Rise));

        await Pools.MoveAsync(world.Engine, times: 2, by: 3); // a third of the CHA is gone: 93,750
        await world.BeatAsync(4, Second);
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
        await Pools.MoveAsync(world.Engine, times: 1);
        (await world.Engine.EventsAsync(order)).Count(word => word == OrderEventKinds.BackedOff).ShouldBe(1);
    }

    [Fact]
    public async Task M8_Another_process_finds_what_waits()
    {
        var order = default(Order)!;
        await using (var before = await EngineWorld.StartAsync(database.ConnectionString))
        {
            await Pools.MoveAsync(before, times: 1);
            order = await before.CreateAsync(before.Terms() with { MinAmountOut = new TokenAmount(75_000) });
            await before.BeatAsync();
        }
        await using var after = await EngineWorld.StartAsync(database.ConnectionString);
        await after.BeatAsync();
        (await after.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Waiting);
        await Pools.MoveAsync(after, times: 1, by: 2);
        after.Time.Advance(TimeSpan.FromSeconds(3));
        await after.BeatAsync();
        (await after.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await Pools.MoveAsync(after, times: 1);
    }

    [Fact]
    public async Task M8_A_rate_that_falls_into_its_bounds_and_a_belief_that_comes_down_to_the_pool_fill_too()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world.Engine, times: 1);
        var falling = await world.CreateAsync(ScheduleWorld.Plan(
            new Schedule.Immediate(1)) with { Rate = new RateBounds(null, Price.Parse("0.04")) }, world.Terms(1_000_000));
        var banded = await world.Engine.CreateAsync(world.Engine.Terms() with { MaxDeviationBps = 100 });
        async Task BeatAsync(string cha, int times)
        {
            for (; times > 0; times--)
            {
                world.Engine.SetPrice(world.Engine.Get<PriceBoard>().PricedAs(world.Engine.Sell), Price.Parse(cha));
                world.Engine.SetPrice(TokenId.Stx, Price.Parse("0.8"));
                await world.BeatAsync(Second);
            }
        }
        await BeatAsync("0.06", 4);
        (await world.ReadAsync(falling)).Slices[0].QuoteSide.ShouldBe(QuoteSide.Fall);
        (await world.ReadAsync(banded)).Slices[0].QuoteSide.ShouldBe(QuoteSide.Band);
        await BeatAsync("0.05", 2);
        (await world.ReadAsync(banded)).Status.ShouldBe(OrderStatus.Completed);
        (await world.ReadAsync(falling)).Status.ShouldBe(OrderStatus.Open);
        await Pools.MoveAsync(world.Engine, times: 2);
        await BeatAsync("0.05", 4);
        (await world.ReadAsync(falling)).Status.ShouldBe(OrderStatus.Completed);
        await Pools.MoveAsync(world.Engine, times: 1);
    }

    [Fact]
    public async Task M8_A_price_condition_must_hold_again_when_the_rate_does()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await Pools.MoveAsync(world, times: 1);
        var order = await world.CreateAsync(
            world.PriceTerms(TriggerDirection.Gt, "2", watched: world.Buy) with { MinAmountOut = new TokenAmount(75_000) });
        async Task BeatAsync(string stx)
        {
            world.SetPrice(world.Buy, Price.Parse(stx));
            world.Time.Advance(TimeSpan.FromSeconds(3));
            await world.BeatAsync();
        }
        await BeatAsync("2.5");
        (await world.ReadAsync(order)).Order.Slices[0].QuoteSide.ShouldBe(QuoteSide.Rise);
        await Pools.MoveAsync(world, times: 1, by: 2);
        await BeatAsync("1.9");
        var outside = (await world.ReadAsync(order)).Order.Slices[0];
        (outside.Status, outside.WaitSide, outside.QuoteSide).ShouldBe((SliceStatus.Waiting, WaitSide.Rise, null));
        await BeatAsync("2");
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await Pools.MoveAsync(world, times: 1);
    }

    [Fact]
    public async Task M8_Ten_thousand_that_wait_cost_eight_questions_a_tick_at_most()
    {
        await using var fresh = await TestDatabase.CreateAsync();
        var signer = new TestSigner();
        await using var world =
            await EngineWorld.StartAsync(fresh.ConnectionString, services =>
                services.AddSingleton<IManagedSigner>(signer).AddCountingRouter());
        var asked = world.Get<CountingRouter>();
        await ScheduleWorld.OpenAsync(world, signer.Account);
        await world.Get<SimulatedLedger>().FundAsync(Principal.From(signer.Account), world.Sell, new TokenAmount(100_000_000_000), default);
        var plan = ScheduleWorld.Plan(new Schedule.Immediate(1)) with { Rate = new RateBounds(Price.Parse("0.075"), null) };
        var terms = world.Terms() with { AmountIn = new TokenAmount(1_000_000) };
        var wanted = new NewOrder(terms, ScheduleWorld.FromAccount(world, signer.Account), new OrderPlan.Parts(plan), "panora", null);
        var made = (await world.Get<PlaceOrder>().HandleAsync(wanted, default)).Value;
        await world.BeatAsync();
        await CopyAsync(world, made, 9_999);
        asked.Asked();
        for (var tick = 0; tick < 90; tick++)
        {
            await world.BeatAsync();
            asked.Asked().ShouldBeLessThanOrEqualTo(8, $"tick {tick}");
            world.Time.Advance(Second);
        }
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'waiting' AND quote_route IS NOT NULL")).ShouldBe(10_000);
    }

    [Fact]
    public async Task M8_The_easiest_are_quoted_first_and_only_those_that_the_rate_is_good_enough_for()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString, null, ("Execution:QuotesMax", "2"));
        await Pools.MoveAsync(world.Engine, times: 1);
        var orders = new List<Order>();
        foreach (var least in new[] { "0.079", "0.077", "0.075", "0.076" })
        {
            orders.Add(await world.CreateAsync(ScheduleWorld.Plan(
                new Schedule.Immediate(1)) with { Rate = new RateBounds(Price.Parse(least), null) }, world.Terms(1_000_000)));
        }
        await world.BeatAsync(2, Second);
        await Pools.MoveAsync(world.Engine, times: 80, by: 100); // 0.0781
        world.Engine.Time.Advance(Second);
        await world.BeatAsync(Second);
        async Task<List<OrderStatus>> StatusesAsync()
        {
            var all = new List<OrderStatus>();
            foreach (var order in orders) all.Add((await world.ReadAsync(order)).Status);
            return all;
        }
        (await StatusesAsync()).ShouldBe([OrderStatus.Open, OrderStatus.Open, OrderStatus.Completed, OrderStatus.Completed]);
        await world.BeatAsync(3, Second);
        (await StatusesAsync()).ShouldBe([OrderStatus.Open, OrderStatus.Completed, OrderStatus.Completed, OrderStatus.Completed]);
        await Pools.MoveAsync(world.Engine, times: 1);
    }

    [Fact]
    public async Task M8_No_amount_is_offered_more_than_the_rate_at_no_depth()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (random, tokens) = (new Random(8), world.Get<TokenRegistry>().All);
        for (var i = 0; i < 400; i++)
        {
            var (sell, buy) = (tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
            if (sell == buy) continue;
            var rate = (await world.Router.RateAsync(sell.Id, buy.Id, default))!.Value;
            var amount = new TokenAmount((UInt128)random.NextInt64(1, 1L << random.Next(1, 50)));
            if ((await world.Router.QuoteAsync(sell.Id, buy.Id, amount, default)).IsRejected(out _, out var quote)) continue;
            new RateBounds(null, rate).Contains(amount, sell.Decimals, quote.AmountOut, buy.Decimals)
                .ShouldBeTrue($"{amount} {sell.Symbol} for {buy.Symbol}");
        }
        (await world.Router.RateAsync(tokens[0].Id, TokenId.Usd, default)).ShouldBeNull();
    }

    // Orders like this one, each with an intent of its own and a bound a little higher.
    private static Task<long> CopyAsync(EngineWorld world, Order made, int count) => world.ScalarAsync(
        $$"""
        WITH fresh AS (SELECT n, gen_random_uuid() AS id, gen_random_uuid()::text AS intent FROM generate_series(1, {{count}}) AS n),
        copied AS (
            INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', f.id, 'uuid', f.id::text))).* FROM orders o, fresh f WHERE o.id = '{{made.Id}}' RETURNING id),
        parts AS (
            INSERT INTO slices SELECT (jsonb_populate_record(s, jsonb_build_object('order_id', f.id, 'intent_uuid', f.intent,
                'rate_min', s.rate_min + f.n * 1000000000000, 'quote_rate', s.quote_rate + f.n * 1000000000000))).* FROM slices s, fresh f WHERE s.order_id = '{{made.Id}}' RETURNING 1)
        SELECT count(*) FROM parts
        """);
}
