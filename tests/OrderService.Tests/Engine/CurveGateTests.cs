using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Pricing;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>What holds an order back, moves its limit, and is told of it: conditions, expressions, statistics, volume, messages.</summary>
public sealed class CurveGateTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_condition_is_opened_once_and_what_was_seen_is_kept()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("2");
        var pair = world.PairName();
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60) with { Condition = $"{pair} 3 >=" });
        await world.BeatAsync(2, Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Scheduled);
        world.SetPrices("3.5");
        await world.BeatAsync(1, Second);
        world.SetPrices("1"); // never looked at again
        var view = await world.ReadAsync(order);
        (view.Standing, view.Curve.ArrivalPrice).ShouldBe((CurveStanding.Active, Price.Parse("3.5")));
        var met = (await world.EventsAsync(order)).Single(e => e.Kind == OrderEventKinds.ConditionMet);
        met.Detail!.ShouldContain("3500000000000000000");
        await world.BeatAsync(12, 5 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
    }

    [Fact]
    public async Task A_variable_that_is_taken_once_keeps_its_value_between_looks()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("2");
        var pair = world.PairName();
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60) with { Condition = $"first ?= {pair}; {pair} first 1.1 * >=" });
        await world.BeatAsync(1, Second);
        (await world.ReadAsync(order)).Curve.Kept!.ShouldContain("first");
        world.SetPrices("2.1");
        await world.BeatAsync(1, Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Scheduled);
        world.SetPrices("2.2");
        await world.BeatAsync(1, Second);
        (await world.ReadAsync(order)).Curve.ActivatedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_condition_that_cannot_be_told_is_told_once_and_one_that_expires_ends_the_order()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60) with { Condition = $"{world.PairName()} 3 >=",
            ConditionExpiry = world.Engine.Time.GetUtcNow().AddSeconds(30) });
        await world.BeatAsync(5, 5 * Second);
        (await world.EventsAsync(order)).Count(e => e.Kind == OrderEventKinds.ConditionUnknown).ShouldBe(1);
        await world.BeatAsync(1, 5 * Second);
        var view = await world.ReadAsync(order);
        (view.Standing, view.Order.Reason).ShouldBe((CurveStanding.Canceled, "condition_expired"));
        var last = CurveMessages.Of(await world.EventsAsync(order), "main").First();
        (last.Level, last.Text).ShouldBe((MessageLevel.Error, "Order condition expired"));
        (view.Curve.ArrivalPrice, view.Curve.DeparturePrice).ShouldBe((null, null)); // it never began
        (await world.LedgerAsync(order)).ShouldBe((1_000_000, 0, 0, 0, 1_000_000));
    }

    [Fact]
    public async Task A_pause_with_a_condition_ends_when_that_holds()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("2");
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 600));
        await world.BeatAsync(4, 5 * Second);
        (await world.Engine.Get<PauseCurve>()
            .HandleAsync(order.Terms.Uuid, world.World.Owner, $"{world.PairName()} 3 >=", default)).Error.ShouldBeNull();
        await world.BeatAsync(3, 5 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Paused);
        world.SetPrices("3");
        await world.BeatAsync(1, Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Active);
    }

    [Fact]
    public async Task A_limit_that_moves_is_the_floor_of_each_slice_and_unknown_it_allows_nothing()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 120) with { LimitExpression = $"{world.PairName()} 0.9 *" });
        await world.BeatAsync(6, 5 * Second);
        CurveCourse.Executed((await world.ReadAsync(order)).Order).ShouldBe(TokenAmount.Zero); // no price is known
        var quote = (await world.Engine.Router.QuoteAsync(world.Engine.Sell, world.Engine.Buy, new TokenAmount(1_000_000), default)).Value;
        var rate = new Price((UInt128)((BigInteger)quote.AmountOut.Units * (BigInteger)Price.Scale / (BigInteger)quote.AmountIn.Units));
        for (var i = 0; i < 18; i++)
        {
            world.SetPrices(rate.ToString()); // both tokens have six decimals
            await world.BeatAsync(1, 5 * Second);
        }
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
        (await world.Engine.ScalarAsync(
            $"SELECT count(*) FROM attempts WHERE order_id = '{order.Id}' AND min_amount_out * 10 < quoted_amount_out * 8")).ShouldBe(0);
    }

    [Fact]
    public async Task A_limit_by_what_is_filled_counts_all_that_was_swapped_before()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("0.0625");
        // Anything will do for the first slice, and nothing that the pools pay for the next.
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 120) with { LimitExpression = ":filled 1000 * 0.001 +" });
        await world.BeatAsync(30, 5 * Second);
        var ended = (await world.ReadAsync(order)).Order;
        ended.Slices.Count(slice => slice.Status == SliceStatus.Confirmed).ShouldBe(1);
        CurveCourse.Executed(ended).Units.ShouldBeLessThan((UInt128)500_000);
    }

    [Fact]
    public async Task What_the_service_paused_goes_on_by_itself_when_price_and_quote_are_inside_and_its_end_has_moved()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("1"); // the limit is far above what the pools pay
        var order = await world.PlaceAsync(
            CurveWorld.Twap(1_000_000, 120) with { LimitExpression = $"{world.PairName()} 0.9 *", PausesOutside = true });
        await world.BeatAsync(4, 5 * Second);
        var paused = await world.ReadAsync(order);
        (paused.Standing, paused.Curve.PausedBy).ShouldBe((CurveStanding.Paused, PausedBy.System));
        var left = paused.Curve.Asked.Duration - paused.Curve.Time.At(paused.ReadAt);
        for (var i = 0; i < 26; i++)
        {
            world.Engine.Time.Advance(TimeSpan.FromHours(1)); // no limit of a day for this pause
            world.SetPrices("1");
            await world.BeatAsync(1, Second);
        }
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Paused);
        world.SetPrices("0.0625");
        await world.BeatAsync(1, Second);
        var resumed = await world.ReadAsync(order);
        resumed.Standing.ShouldBe(CurveStanding.Active);
        (resumed.Curve.Asked.Duration - resumed.Curve.Time.At(resumed.ReadAt)).ShouldBe(left); // its clock stood still
        for (var i = 0; i < 24; i++)
        {
            world.SetPrices("0.0625");
            await world.BeatAsync(1, 5 * Second);
        }
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
        (await world.LedgerAsync(order)).ShouldBe((1_000_000, 1_000_000, 0, 0, 0));
        CurveMessages.Of(await world.EventsAsync(order), "main").Select(m => m.Text)
            .Count(t => t is "Price is outside the limit; order paused" or "Price is within the limit; order resumed").ShouldBe(2);
    }

    [Fact]
    public async Task A_thousand_conditions_are_looked_at_in_two_pages_and_those_that_hold_begin()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("2");
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000, 60) with { Condition = $"{world.PairName()} 3 >=" });
        // Copies of the plan alone: a look reads no more of an order that waits.
        await world.Engine.ScalarAsync($"""
            WITH o AS (INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', md5(n::text)::uuid, 'uuid', md5(n::text)::uuid::text))).* FROM orders o, generate_series(1, 1100) n WHERE o.id = '{order.Id}' RETURNING id),
            c AS (INSERT INTO curves SELECT (jsonb_populate_record(c, jsonb_build_object('order_id', o.id, 'condition', replace(c.condition, ' 3 ', ' ' || (1000 + hashtext(o.id::text)::bigint % 10) || ' ')))).* FROM curves c, o WHERE c.order_id = '{order.Id}')
            SELECT 0
            """);
        await world.BeatAsync(2, Second);
        world.SetPrices("3");
        await world.BeatAsync(2, Second);
        (await world.ReadAsync(order)).Curve.ActivatedAt.ShouldNotBeNull();
        (await world.Engine.ScalarAsync(
            "SELECT count(*) FROM curves WHERE activated_at IS NULL AND is_watching")).ShouldBeGreaterThanOrEqualTo(1_100);
        await world.Engine.ScalarAsync("WITH c AS (UPDATE curves SET is_watching = false WHERE activated_at IS NULL) SELECT 0");
    }

    [Fact]
    public async Task Statistics_are_written_with_the_end_and_the_volume_is_the_markets()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("2");
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60));
        for (var i = 0; i < 13; i++)
        {
            world.SetPrices("2.5");
            await world.Engine.Get<VolumeHistory>().RecordAsync(default);
            await world.BeatAsync(1, 5 * Second);
        }
        var curve = (await world.ReadAsync(order)).Curve;
        (curve.ArrivalPrice, curve.DeparturePrice).ShouldBe((Price.Parse("2"), Price.Parse("2.5")));
        curve.IntervalVolume.ShouldNotBeNull();
        (await world.Engine.Get<VolumeHistory>()
            .ForecastAsync((world.Engine.Sell, world.Engine.Buy), TimeSpan.FromHours(1), default)).ShouldNotBeNull();
    }

    // A minute is recorded when it is over: what the order itself swapped in it is known before that, and no market traded less.
    [Fact]
    public async Task The_volume_of_the_market_is_no_less_than_what_the_order_swapped()
    {
        await using var empty = await TestDatabase.CreateAsync();
        await using var world = await CurveWorld.StartAsync(empty.ConnectionString);
        world.SetPrices("2");
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60));
        await world.BeatAsync(13, 5 * Second);
        var view = await world.ReadAsync(order);
        var swapped = CurveCourse.Executed(view.Order);
        swapped.ShouldBeGreaterThan(TokenAmount.Zero);
        (view.Standing, view.Curve.IntervalVolume).ShouldBe((CurveStanding.Complete, swapped));
        view.Curve.Vwap.ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_a_forecast_a_vwap_runs_as_a_twap_and_says_so()
    {
        await using var empty = await TestDatabase.CreateAsync();
        await using var world = await CurveWorld.StartAsync(empty.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 120) with { Shape = CurveShape.Vwap });
        await world.BeatAsync(24, 5 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
        var messages = CurveMessages.Of(await world.EventsAsync(order), "main").Select(m => m.Text).ToList();
        messages.ShouldBe(["Order execution completed", "No volume data; running as TWAP", "Generating execution schedule",
            "Order received; account main pays"]);
    }

    [Fact]
    public async Task A_favourable_price_is_one_better_than_the_minute_before()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var patience = Share.Of(Share.Whole);
        var mean = Price.Parse("2");
        bool Is(TradeSide side, string price) =>
            FavourablePrice.IsFavourable(side, patience, mean,
                PriceRatio.TryCreate(Price.Parse(price), Price.One, out var ratio) ? ratio : default);
        (Is(TradeSide.Sell, "2.002"), Is(TradeSide.Sell, "2.0019"), Is(TradeSide.Buy, "1.998"),
            Is(TradeSide.Buy, "1.9981")).ShouldBe((true, false, true, false));
    }
}
