using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Switches;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>The dead man's switch: it fires at its moment, over what it is about, once, whoever looks and whatever was restarted.</summary>
public sealed class SwitchTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EngineWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task It_fires_at_its_moment_over_what_is_older_and_says_so_once()
    {
        var old = await ManualAsync();
        await ArmAsync(OrderFilter.All, 60);
        _world.Time.Advance(TimeSpan.FromSeconds(59));
        await FireAsync();
        (await StatusAsync(old)).ShouldBe((OrderStatus.Open, null));

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var young = await ManualAsync(); // of the very moment: whoever makes it is there
        await FireAsync();
        await FireAsync();
        (await StatusAsync(old)).ShouldBe((OrderStatus.Cancelled, CancelSwitch.Reason));
        (await StatusAsync(young)).ShouldBe((OrderStatus.Open, null));
        (await ToldAsync()).ShouldBe([
            new CancelAllArmed("", At(60)), new CancelAllFired("", At(60), _world.Owner.ToString(), 1),
        ]);
        (await _world.EventsAsync(old)).ShouldBe(["created", "cancelled", "cancelled"]); // its slice and itself
    }

    [Fact]
    public async Task Put_off_in_time_it_waits_and_that_is_told_to_nobody_and_taken_away_it_is_gone()
    {
        var order = await ManualAsync();
        for (var beats = 0; beats < 5; beats++)
        {
            await ArmAsync(OrderFilter.All, 60);
            _world.Time.Advance(TimeSpan.FromSeconds(45));
            await FireAsync();
        }
        (await ArmAsync(OrderFilter.All, 0)).ShouldBeNull();
        (await ArmAsync(OrderFilter.All, 0)).ShouldBeNull();
        _world.Time.Advance(TimeSpan.FromHours(1));
        await FireAsync();
        (await StatusAsync(order)).ShouldBe((OrderStatus.Open, null));
        (await ToldAsync()).ShouldBe([new CancelAllArmed("", At(60)), new CancelAllDisarmed("")]);
    }

    [Fact]
    public async Task A_heartbeat_that_comes_too_late_finds_it_fired_whoever_looked()
    {
        var order = await ManualAsync();
        await ArmAsync(OrderFilter.All, 60);
        _world.Time.Advance(TimeSpan.FromSeconds(61));
        var armed = await ArmAsync(OrderFilter.All, 60); // no worker has looked yet
        armed!.FiresAt.ShouldBe(At(121));
        (await StatusAsync(order)).ShouldBe((OrderStatus.Cancelled, CancelSwitch.Reason));
        (await ToldAsync()).Select(told => told.Kind).ShouldBe(["cancel_all_armed", "cancel_all_fired", "cancel_all_armed"]);
    }

    [Fact]
    public async Task Each_filter_is_a_switch_of_its_own()
    {
        var (sold, plain) = (await ManualAsync("a"), await ManualAsync());
        await ArmAsync(new OrderFilter(StrategyId: "a"), 60);
        await ArmAsync(new OrderFilter(Token: _world.Sell, Side: TradeSide.Buy), 10);
        await ArmAsync(new OrderFilter(Pair: (_world.Sell, _world.Buy), Side: TradeSide.Sell), 300);
        (await _world.Get<ListSwitches>().HandleAsync(_world.Owner, default)).Select(one => one.FiresAt)
            .ShouldBe([At(10), At(60), At(300)]);
        _world.Time.Advance(TimeSpan.FromSeconds(60));
        await FireAsync();
        // nothing buys the token
        ((await StatusAsync(sold)).Status, (await StatusAsync(plain)).Status).ShouldBe((OrderStatus.Cancelled, OrderStatus.Open));
        _world.Time.Advance(TimeSpan.FromSeconds(240));
        await FireAsync();
        (await StatusAsync(plain)).Status.ShouldBe(OrderStatus.Cancelled);
        (await _world.Get<ListSwitches>().HandleAsync(_world.Owner, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_in_flight_is_asked_to_end_with_what_the_chain_decides()
    {
        var order = await _world.CreateAsync(_world.Terms());
        _world.SetPrice(_world.Sell, OrderService.Domain.Amounts.Price.Parse("1"));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        await ArmAsync(OrderFilter.All, 60);
        _world.Time.Advance(TimeSpan.FromSeconds(60));
        await FireAsync();
        (await StatusAsync(order)).ShouldBe((OrderStatus.Cancelling, CancelSwitch.Reason));
        await _world.MineAsync();
        (await StatusAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task Another_process_fires_what_was_armed_before_a_restart()
    {
        var order = await ManualAsync();
        await ArmAsync(OrderFilter.All, 60);
        await _world.DisposeAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString, time: _world.Time);
        _world.Time.Advance(TimeSpan.FromDays(1));
        (await _world.Get<SwitchWorker>().PassAsync(default)).ShouldBeFalse();
        (await StatusAsync(order)).ShouldBe((OrderStatus.Cancelled, CancelSwitch.Reason));
    }

    [Fact]
    public async Task Of_several_nodes_that_fire_it_at_once_each_order_ends_by_one_and_the_sum_is_told_once()
    {
        await using var other = await EngineWorld.StartAsync(_database.ConnectionString, time: _world.Time);
        var orders = await Task.WhenAll(Enumerable.Range(0, 230).Select(_ => ManualAsync())); // three batches
        await ArmAsync(OrderFilter.All, 60);
        _world.Time.Advance(TimeSpan.FromSeconds(60));
        await Task.WhenAll(FireAsync(), FireAsync(), other.Get<FireSwitches>().TickAsync(default),
            other.Get<FireSwitches>().TickAsync(default));
        (await _world.ScalarAsync($"SELECT count(*) FROM orders WHERE status = 'cancelled' AND reason = '{CancelSwitch.Reason}'")).ShouldBe(
            orders.Length);
        (await _world.ScalarAsync("SELECT count(*) FROM order_events WHERE kind = 'cancelled' AND slice_number IS NULL")).ShouldBe(
            orders.Length);
        (await ToldAsync()).OfType<CancelAllFired>().ShouldHaveSingleItem().Cancelled.ShouldBe(orders.Length);
    }

    [Fact]
    public async Task What_a_node_that_died_has_left_undone_the_next_one_does()
    {
        var orders = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => ManualAsync()));
        await ArmAsync(OrderFilter.All, 60);
        _world.Time.Advance(TimeSpan.FromSeconds(60));
        // As it is after the first batch was committed, and nothing else: what a trigger of the store refuses dies there.
        await ExecuteAsync("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$; CREATE TRIGGER dies BEFORE DELETE ON cancel_switches FOR EACH ROW EXECUTE FUNCTION die()");
        await Should.ThrowAsync<Exception>(FireAsync);
        (await _world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'cancelled'")).ShouldBe(100);
        await ExecuteAsync("DROP TRIGGER dies ON cancel_switches");
        await FireAsync();
        (await _world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'cancelled'")).ShouldBe(orders.Length);
        (await ToldAsync()).OfType<CancelAllFired>().ShouldHaveSingleItem().Cancelled.ShouldBe(orders.Length);
    }

    [Fact]
    public async Task No_wallet_has_more_than_may_be()
    {
        for (var number = 0; number < CancelSwitch.MaxPerOwner; number++)
            (await ArmAsync(new OrderFilter(StrategyId: $"s{number}"), 60)).ShouldNotBeNull();
        var refused = await _world.Get<ArmSwitch>().HandleAsync(OrderFilter.All, 60, Owner, default);
        refused.Error!.Code.ShouldBe("too_many_switches");
        (await ArmAsync(new OrderFilter(StrategyId: "s0"), 90)).ShouldNotBeNull(); // one that is armed is put off all the same
    }

    private Caller Owner => new(_world.Owner, Message: null, Key: null);

    private DateTimeOffset At(int seconds) => _begun.AddSeconds(seconds);

    private readonly DateTimeOffset _begun = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private async Task<CancelSwitch?> ArmAsync(OrderFilter filter, int seconds) =>
        (await _world.Get<ArmSwitch>().HandleAsync(filter, seconds, Owner, default)).Value;

    private Task FireAsync() => _world.Get<FireSwitches>().TickAsync(default);

    private async Task<Order> ManualAsync(string? strategy = null)
    {
        var terms = _world.Terms(SliceTrigger.Manual);
        return (await _world.Get<PlaceOrder>()
            .HandleAsync(NewOrder.Signed(terms, _world.Sign(terms), null, "charisma", null) with { StrategyId = strategy }, default)).Value;
    }

    private async Task<(OrderStatus Status, string? Reason)> StatusAsync(Order order)
    {
        var read = (await _world.ReadAsync(order)).Order;
        return (read.Status, read.Reason);
    }

    private async Task<List<OwnerEvent>> ToldAsync()
    {
        await using var db = await _world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        var told = await db.Events.AsNoTracking().Where(one => one.OrderId == null).OrderBy(one => one.Id).ToListAsync();
        return told.ConvertAll(
            one => EventText.TryRead(one.Kind, one.Detail!, out var happened) ? happened : throw new InvalidOperationException(one.Kind));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _world.Get<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
