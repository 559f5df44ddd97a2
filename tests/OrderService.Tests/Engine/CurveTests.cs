using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Orders that are planned slice by slice, over a real database and the simulated venue.</summary>
public sealed class CurveTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_twap_runs_to_its_end_in_twenty_slices_with_exact_totals_and_one_open_row_at_a_time()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(12_000_005, 600));
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Active);
        (await world.LedgerAsync(order)).ShouldBe((12_000_005, 0, 12_000_005, 0, 0));
        for (var i = 0; i < 120; i++)
        {
            await world.BeatAsync(1, 5 * Second);
            (await world.Engine.ScalarAsync(
                $"SELECT count(*) FROM slices WHERE order_id = '{order.Id}' AND ended_at IS NULL")).ShouldBeLessThanOrEqualTo(1);
        }
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Standing, view.Order.Slices.Count).ShouldBe((OrderStatus.Completed, CurveStanding.Complete, 20));
        (await world.World.SwappedAsync(order)).ShouldBe((20, 12_000_005));
        (await world.LedgerAsync(order)).ShouldBe((12_000_005, 12_000_005, 0, 0, 0));
        view.Order.Slices.Select(s => s.IntentUuid).Distinct().Count().ShouldBe(20);
        view.Order.EndedAt!.Value.ShouldBeLessThanOrEqualTo(view.Curve.ActivatedAt!.Value.AddSeconds(600));
    }

    [Fact]
    public async Task What_a_person_paused_is_no_part_of_the_schedule_and_resumes_without_a_burst()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(10_000_000, 600));
        await world.BeatAsync(24, 5 * Second); // 120 s: a fifth
        var before = await world.ReadAsync(order);
        var ends = CurveCourse.EndsAt(before.Order, before.ReadAt);
        (await world.Engine.Get<PauseCurve>().HandleAsync(order.Terms.Uuid, world.World.Owner, null, default)).Error.ShouldBeNull();
        await world.BeatAsync(60, 60 * Second);
        var paused = await world.ReadAsync(order);
        (paused.Standing, CurveCourse.Executed(paused.Order)).ShouldBe((CurveStanding.Paused, CurveCourse.Executed(before.Order)));
        (await world.Engine.Get<ResumeCurve>().HandleAsync(order.Terms.Uuid, world.World.Owner, default)).Error.ShouldBeNull();
        var resumed = await world.ReadAsync(order);
        CurveCourse.EndsAt(resumed.Order, resumed.ReadAt).ShouldBe(ends + TimeSpan.FromHours(1));
        await world.BeatAsync(6, 5 * Second);
        // two slices in half a minute at most
        (CurveCourse.Executed((await world.ReadAsync(order)).Order).Units <= CurveCourse.Executed(before.Order).Units
            + 1_000_000).ShouldBeTrue();
        await world.BeatAsync(96, 5 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
        (await world.LedgerAsync(order)).ShouldBe((10_000_000, 10_000_000, 0, 0, 0));
    }

    [Fact]
    public async Task A_pause_of_more_than_a_day_ends_the_order_and_gives_back_the_rest()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(10_000_000, 600));
        await world.BeatAsync(24, 5 * Second);
        await world.Engine.Get<PauseCurve>().HandleAsync(order.Terms.Uuid, world.World.Owner, null, default);
        await world.BeatAsync(2, TimeSpan.FromHours(13));
        var view = await world.ReadAsync(order);
        (view.Standing, view.Order.Reason).ShouldBe((CurveStanding.Canceled, "paused_too_long"));
        var ledger = await world.LedgerAsync(order);
        (ledger.Reserved, ledger.Spent + ledger.Returned).ShouldBe((0, 10_000_000));
        ledger.Spent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_start_in_the_future_is_waited_for_without_a_slice()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var start = world.Engine.Time.GetUtcNow().AddMinutes(10);
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60) with { StartAt = start });
        await world.BeatAsync(9, 60 * Second);
        var waiting = await world.ReadAsync(order);
        (waiting.Standing, waiting.Order.Slices.Count).ShouldBe((CurveStanding.Scheduled, 0));
        var listed = await world.Engine.Get<ListOrders>()
            .HandleAsync(new OrderQuery { Owner = world.Engine.Owner, Limit = 100,
                Readings = [OrderReading.Open, OrderReading.Broadcast, OrderReading.Cancelling] }, default);
        listed.Value.Orders.ShouldContain(o => o.Order.Id == order.Id); // without a slice it reads as open all the same
        await world.BeatAsync(1, 60 * Second);
        (await world.ReadAsync(order)).Curve.ActivatedAt.ShouldBe(start);
        await world.BeatAsync(12, 5 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
    }

    [Fact]
    public async Task A_limit_that_is_never_met_trades_nothing_and_the_end_is_hard()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 60) with { LimitPrice = Price.Parse("1000000") });
        await world.BeatAsync(13, 5 * Second);
        var view = await world.ReadAsync(order);
        (view.Standing, view.Order.Reason).ShouldBe((CurveStanding.Canceled, "no_fills"));
        (await world.LedgerAsync(order)).ShouldBe((1_000_000, 0, 0, 0, 1_000_000));
        (await world.Engine.EventsAsync(order)).Count(e => e == OrderEventKinds.BackedOff).ShouldBe(1);
    }

    [Fact]
    public async Task A_limit_that_pauses_stops_the_clock_and_goes_on_by_itself_when_price_and_quote_are_inside()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        world.SetPrices("0.0000001");
        var order = await world.PlaceAsync(
            CurveWorld.Twap(1_000_000, 60) with { LimitPrice = Price.Parse("0.000001"), PausesOutside = true, IsReverseLimit = true });
        await world.BeatAsync(4, 5 * Second);
        var paused = await world.ReadAsync(order);
        (paused.Standing, paused.Curve.PausedBy).ShouldBe((CurveStanding.Paused, PausedBy.System));
        (await world.Engine.Get<ResumeCurve>().HandleAsync(order.Terms.Uuid, world.World.Owner, default)).Error.ShouldBeNull();
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Paused); // asked for, and nothing changes
        await world.BeatAsync(10, 60 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Paused);
    }

    [Fact]
    public async Task An_exact_amount_out_is_bought_within_a_ten_thousandth_and_what_was_not_needed_comes_back()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var quote = await world.Engine.Router.QuoteAsync(world.Engine.Sell, world.Engine.Buy, new TokenAmount(10_000_000), default);
        var target = new TokenAmount(quote.Value.AmountOut.Units / 4);
        var order = await world.PlaceAsync(CurveWorld.Twap(1, 120) with { IsExactOut = true, Target = target }, new TokenAmount(5_000_000));
        await world.BeatAsync(25, 5 * Second);
        var view = await world.ReadAsync(order);
        view.Standing.ShouldBe(CurveStanding.Complete, view.Order.Reason);
        var executed = CurveCourse.Executed(view.Order);
        CurveCourse.IsFilled(target, executed).ShouldBeTrue();
        (executed.Units * 1_000 <= target.Units * 1_002).ShouldBeTrue($"{executed} of {target}");
        var ledger = await world.LedgerAsync(order);
        (ledger.Initial, ledger.Reserved, ledger.Spent + ledger.Returned).ShouldBe((5_000_000, 0, 5_000_000));
        ledger.Returned.ShouldBeGreaterThan(1_000_000);
    }

    [Fact]
    public async Task One_try_that_finds_nothing_inside_its_limit_ends_and_one_that_finds_a_part_sends_it()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var ioc = CurveWorld.Twap(1_000_000, 86_400) with { Pace = CurvePace.Once };
        var none = await world.PlaceAsync(ioc with { LimitPrice = Price.Parse("1000000") });
        var free = await world.PlaceAsync(ioc);
        await world.BeatAsync(2, Second);
        (await world.ReadAsync(none)).Order.Reason.ShouldBe("no_fills");
        (await world.ReadAsync(free)).Standing.ShouldBe(CurveStanding.Complete);
        (await world.LedgerAsync(none)).Returned.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task An_iceberg_runs_slice_after_slice()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 86_400) with { Pace = CurvePace.Uneven, SlicesMin = 4 });
        await world.BeatAsync(6, Second);
        var view = await world.ReadAsync(order);
        (view.Standing, view.Order.Slices.Count).ShouldBe((CurveStanding.Complete, 4));
        (await world.World.SwappedAsync(order)).ShouldBe((4, 1_000_000));
    }

    [Fact]
    public async Task A_cancel_gives_back_what_is_in_no_swap_and_the_swap_in_flight_still_counts()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(10_000_000, 600));
        world.Engine.Time.Advance(20 * Second);
        await world.Engine.SweepAsync();
        await world.Engine.ExecuteAsync();
        (await world.Engine.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, world.World.Owner, default)).Error.ShouldBeNull();
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Canceled);
        (await world.LedgerAsync(order)).ShouldBe((10_000_000, 0, 500_000, 500_000, 9_500_000));
        await world.BeatAsync(20, 5 * Second);
        var view = await world.ReadAsync(order);
        (view.Order.Status, CurveCourse.Executed(view.Order).Units).ShouldBe((OrderStatus.Cancelled, (UInt128)500_000));
        // asked for and done, told once
        CurveMessages.Of(await world.EventsAsync(order), "main").Count(m => m.Text == "Order canceled").ShouldBe(1);
        var followed = (await world.Engine.Get<FollowCurves>()
            .ReadAsync("tread", world.Engine.Owner, 0, 1_000, default)).FindAll(happened => happened.OrderId == order.Id);
        followed.Where(happened => !happened.IsOfSlice).Select(happened => happened.Kind)
            .ShouldBe(["created", "activated", "cancel_requested"]);
        followed[^1].Kind.ShouldBe("confirmed"); // of the slice, which was in flight
        (await world.LedgerAsync(order)).ShouldBe((10_000_000, 500_000, 0, 0, 9_500_000));
    }

    [Fact]
    public async Task An_amend_tops_up_gives_back_and_counts_what_is_in_flight()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var order = await world.PlaceAsync(CurveWorld.Twap(10_000_000, 600));
        await world.BeatAsync(24, 5 * Second);
        var executed = CurveCourse.Executed((await world.ReadAsync(order)).Order).Units;
        var amend = world.Engine.Get<AmendCurve>();
        (await amend.HandleAsync(order.Terms.Uuid, world.World.Owner, new CurveChanges { Target = new TokenAmount(executed) },
            default)).Error!.Code.ShouldBe("below_executed");
        (await amend.HandleAsync(order.Terms.Uuid, world.World.Owner, new CurveChanges { Target = new TokenAmount(15_000_000) },
            default)).Error.ShouldBeNull();
        (await world.LedgerAsync(order)).Initial.ShouldBe(15_000_000);
        (await amend.HandleAsync(order.Terms.Uuid, world.World.Owner,
            new CurveChanges { Target = new TokenAmount(8_000_000), Duration = 300_000 }, default)).Error.ShouldBeNull();
        (await world.LedgerAsync(order)).Returned.ShouldBe(7_000_000);
        (await world.ReadAsync(order)).Curve.Revision.ShouldBe(3);
        (await amend.HandleAsync(order.Terms.Uuid, world.World.Owner, new CurveChanges { Target = new TokenAmount(900_000_000_000) },
            default)).Error!.Code.ShouldBe("insufficient_balance");
        await world.BeatAsync(40, 5 * Second);
        (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
        (await world.LedgerAsync(order)).ShouldBe((15_000_000, 8_000_000, 0, 0, 7_000_000));
        (await world.Engine.ScalarAsync(
            $"SELECT count(*) FROM account_entries WHERE order_id = '{order.Id}' AND kind = 'topped_up'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_year_of_slices_passes_in_moments()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        // Twelve orders of thirty days, one after the other, each of four slices: the engine beats when something is due.
        for (var month = 0; month < 12; month++)
        {
            var order = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 2_592_000) with { Pace = CurvePace.Uneven, SlicesMin = 4,
                StartAt = world.Engine.Time.GetUtcNow().AddDays(30) });
            await world.BeatAsync(1, TimeSpan.FromDays(30));
            await world.BeatAsync(5, TimeSpan.FromDays(1));
            (await world.ReadAsync(order)).Standing.ShouldBe(CurveStanding.Complete);
        }
    }

    [Fact]
    public async Task Orders_are_found_by_where_they_stand_and_by_their_labels()
    {
        await using var world = await CurveWorld.StartAsync(database.ConnectionString);
        var running = await world.PlaceAsync(CurveWorld.Twap(1_000_000, 600) with { CustomId = "mine" });
        var scheduled =
            await world.PlaceAsync(CurveWorld.Twap(1_000_000, 600) with { StartAt = world.Engine.Time.GetUtcNow().AddHours(1) });
        var find = world.Engine.Get<FindCurves>();
        async Task<Guid[]> Found(OrderQuery query) =>
            [.. (await find.HandleAsync(query with { Owner = world.Engine.Owner, Ids = [running.Id, scheduled.Id] },
                default)).Orders.Select(o => o.Order.Id)];
        (await Found(new OrderQuery { Dialect = "tread" })).ShouldBe([scheduled.Id, running.Id], ignoreOrder: true);
        foreach (var standing in Enum.GetValues<CurveStanding>())
        {
            var ids = await Found(new OrderQuery { Dialect = "tread", Curve = new CurveCriteria { Standings = [standing] } });
            foreach (var order in (await find.ReadAsync([running.Id, scheduled.Id], default)))
                ids.Contains(order.Order.Id).ShouldBe(order.Standing == standing);
        }
        (await Found(new OrderQuery { Dialect = "tread", Curve = new CurveCriteria { CustomIds = ["mine"] } })).ShouldBe([running.Id]);
        (await Found(new OrderQuery { Dialect = "tread", Curve = new CurveCriteria { Labels = ["main"] } })).Length.ShouldBe(2);
        (await Found(new OrderQuery { Dialect = "tread", Curve = new CurveCriteria { Labels = ["other"] } })).ShouldBeEmpty();
        (await Found(new OrderQuery { Dialect = "panora" })).ShouldBeEmpty();
        world.Engine.Time.Advance(TimeSpan.FromSeconds(571));
        (await Found(new OrderQuery { Dialect = "tread", Curve = new CurveCriteria { Standings = [CurveStanding.Finisher] } })).ShouldBe(
            [running.Id]);
    }
}
