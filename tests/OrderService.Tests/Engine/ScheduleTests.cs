using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Scheduled orders over a real database and the simulated venue.</summary>
public sealed class ScheduleTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Twelve_parts_run_one_a_minute_to_their_end_with_exact_totals()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(12));
        var stored = await world.ReadAsync(order);
        (stored.Slices.Count, PartsOf.Left(stored)).ShouldBe((1, 11)); // the others have no row before their turn
        for (var part = 1; part <= 12; part++)
        {
            await world.BeatAsync(Minute / 2);
            (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(part);
            await world.BeatAsync(Minute / 2); // nothing is due half-way
            (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(part);
        }
        var view = await world.Engine.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 12));
        view.Order.Slices.Select(s => s.AmountIn.Units).ShouldBe([.. Enumerable.Repeat((UInt128)1_000_000, 11), 1_000_005]);
        view.Order.Slices.Select(s => s.NotBefore)
            .ShouldBe(Enumerable.Range(0, 12).Select(i => (DateTimeOffset?)stored.CreatedAt.AddMinutes(i)));
        (await world.SwappedAsync(order)).ShouldBe((12, 12_000_005));
        (await world.Engine.ScalarAsync($"SELECT count(DISTINCT intent_uuid) FROM slices WHERE order_id = '{order.Id}'")).ShouldBe(12);
        var events = await world.Engine.EventsAsync(order);
        events.Count(e => e == OrderEventKinds.Triggered).ShouldBe(12);
        events.ShouldNotContain(OrderEventKinds.Rescheduled);
        events[^1].ShouldBe(OrderEventKinds.Completed);
    }

    [Fact]
    public async Task After_a_downtime_a_new_process_runs_one_overdue_part_and_counts_on_from_there()
    {
        Order order;
        ScheduleWorld gone;
        await using (gone = await ScheduleWorld.StartAsync(database.ConnectionString))
        {
            order = await gone.CreateAsync(ScheduleWorld.EveryMinute(12));
            await gone.BeatAsync(3, Minute);
            gone.Engine.Time.Advance(TimeSpan.FromHours(5));
        }
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString, gone);
        var back = world.Engine.Time.GetUtcNow();
        for (var i = 0; i < 5; i++) await world.Engine.BeatAsync();
        (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(4);
        var anchored = await world.ReadAsync(order);
        (anchored.Slices.Count, anchored.Slices[4].NotBefore).ShouldBe((5, back.AddMinutes(1)));
        Enumerable.Range(4, 8).Select(part => PartsOf.MomentOf(anchored, part))
            .ShouldBe(Enumerable.Range(1, 8).Select(i => (DateTimeOffset?)back.AddMinutes(i)));
        world.Engine.Time.Advance(Minute);
        await world.BeatAsync(8, Minute);
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
        (await world.SwappedAsync(order)).ShouldBe((12, 12_000_005));
        (await world.Engine.EventsAsync(order)).Count(e => e == OrderEventKinds.Rescheduled).ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_holds_every_part_and_a_resume_goes_on_with_one()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(12));
        await world.BeatAsync(4, Minute);
        (await world.Engine.Get<PauseOrder>()
            .HandleAsync(order.Terms.Uuid, world.Owner, default)).Value.Order.Status.ShouldBe(OrderStatus.Paused);
        await world.BeatAsync(20, Minute);
        (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(4);
        (await world.Engine.Get<ResumeOrder>()
            .HandleAsync(order.Terms.Uuid, world.Owner, default)).Value.Order.Status.ShouldBe(OrderStatus.Open);
        await world.Engine.BeatAsync();
        await world.Engine.BeatAsync();
        (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(5);
        world.Engine.Time.Advance(Minute);
        await world.BeatAsync(7, Minute);
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task A_cancel_in_the_middle_keeps_what_was_swapped_and_nothing_follows()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(12));
        await world.BeatAsync(5, Minute);
        (await world.Engine.Get<CancelOrder>()
            .HandleAsync(order.Terms.Uuid, world.Owner, default)).Value.Status.ShouldBe(OrderStatus.Cancelled);
        await world.BeatAsync(10, Minute);
        (await world.SwappedAsync(order)).ShouldBe((5, 5_000_000));
        (await world.CountAsync(order, SliceStatus.Cancelled)).ShouldBe(1);
        // of the open part and of those without a row
        (await world.Engine.ScalarAsync($"SELECT returned::bigint FROM reservations WHERE order_id = '{order.Id}'")).ShouldBe(7_000_005);
    }

    [Fact]
    public async Task A_cancel_while_a_part_is_in_flight_is_requested_until_that_part_has_settled()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(12));
        await world.BeatAsync(2, Minute);
        await world.Engine.SweepAsync();
        await world.Engine.ExecuteAsync();
        (await world.Engine.Get<CancelOrder>()
            .HandleAsync(order.Terms.Uuid, world.Owner, default)).Value.Status.ShouldBe(OrderStatus.Cancelling);
        await world.Engine.MineAsync();
        var ended = await world.ReadAsync(order);
        (ended.Status, ended.Slices.Count(s => s.Status == SliceStatus.Confirmed)).ShouldBe((OrderStatus.Cancelled, 3));
        await world.BeatAsync(3, Minute);
        (await world.SwappedAsync(order)).Swaps.ShouldBe(3);
    }

    [Fact]
    public async Task A_delay_and_calendar_months_hold_the_parts_back()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        // from Mar 31
        var order = await world.CreateAsync(
            ScheduleWorld.Plan(new Schedule.FixedInterval(3, Interval.Of(1, IntervalUnit.Month), Interval.Of(27, IntervalUnit.Day))));
        Enumerable.Range(0, 3).Select(part => PartsOf.MomentOf(order, part)!.Value.ToString("MM-dd", null))
            .ShouldBe(["03-31", "04-30", "05-31"]);
        for (var (day, expected) = (0, 0); day <= 90; day++)
        {
            await world.BeatAsync(TimeSpan.FromDays(1));
            expected = day switch { < 27 => 0, < 57 => 1, < 88 => 2, _ => 3 };
            (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(expected, $"day {day}");
        }
    }

    [Fact]
    public async Task Parts_at_once_follow_each_other_beat_by_beat()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(4)));
        await world.BeatAsync(4, TimeSpan.Zero);
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
        (await world.SwappedAsync(order)).ShouldBe((4, 12_000_005));
    }

    [Fact]
    public async Task Execute_by_call_runs_the_next_part_early_and_the_rhythm_stays()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(3));
        await world.Engine.BeatAsync();
        (await world.Engine.Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, world.Owner, default)).Value.Length.ShouldBe(64);
        await world.Engine.MineAsync();
        var after = await world.ReadAsync(order);
        (after.Slices.Count(s => s.Status == SliceStatus.Confirmed), after.Slices[2].WakeAt).ShouldBe((2, after.Slices[2].NotBefore));
    }

    [Fact]
    public async Task S12_Forty_orders_of_a_thousand_parts_make_forty_slices_and_one_part_more_is_too_many()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var orders = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => world.CreateAsync(ScheduleWorld.EveryMinute(1_000))));
        var ids = string.Join(',', orders.Select(o => $"'{o.Id}'"));
        (await world.Engine.ScalarAsync($"SELECT count(*) FROM slices WHERE order_id IN ({ids})")).ShouldBe(40);
        (await world.Engine.ScalarAsync($"SELECT sum(reserved)::bigint FROM reservations WHERE order_id IN ({ids})")).ShouldBe(
            40 * 12_000_005);
        (await world.TryCreateAsync(ScheduleWorld.EveryMinute(1_001))).Error!.Code.ShouldBe("too_many_parts");
        await Task.WhenAll(orders.Select(o => world.Engine.Get<CancelOrder>().HandleAsync(o.Terms.Uuid, world.Owner, default)));
    }

    [Fact]
    public async Task The_same_order_again_is_the_stored_one_and_another_schedule_is_refused()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var terms = world.Terms();
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(3), terms);
        (await world.TryCreateAsync(ScheduleWorld.EveryMinute(3), terms)).Value.Slices.Select(s => s.IntentUuid).Order()
            .ShouldBe(order.Slices.Select(s => s.IntentUuid).Order());
        (await world.TryCreateAsync(ScheduleWorld.EveryMinute(4), terms)).Error.ShouldBe(new OrderError.Exists("schedule"));
    }
}
