using System.Text;
using Microsoft.AspNetCore.Http;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>Nothing is sent that its owner cannot pay for: it waits, visibly and at no cost.</summary>
public sealed class FundsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EngineWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString, settings: ("Accounts:BalanceReadsPerMinute", "40"));
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task M1_An_empty_wallet_costs_no_fee_and_its_order_is_swapped_once_it_is_funded()
    {
        var wallet = new OwnWallet(_world, 1);
        var order = await wallet.CreateAsync(1_000_000);
        for (var beat = 0; beat < 6; beat++) await LaterAsync(TimeSpan.FromSeconds(20));
        var slice = (await _world.ReadAsync(order)).Order.Slices[0];
        (slice.Status, slice.Reason, slice.AttemptsUsed, slice.WasSent).ShouldBe((SliceStatus.Waiting, "insufficient_balance", 0, false));
        (await _world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(0);
        (await _world.EventsAsync(order)).ShouldBe(["created", "triggered", "backed_off"]);

        await wallet.FundAsync(1_000_000);
        await LaterAsync(TimeSpan.FromMinutes(1));
        var view = await _world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task M1_A_call_is_told_at_once_and_the_order_stays_open()
    {
        var wallet = new OwnWallet(_world, 2);
        var order = await wallet.CreateAsync(1_000_000, SliceTrigger.Manual);
        await wallet.FundAsync(400_000);
        var caller = new Caller(wallet.Address, null, null);
        var refused = (await _world.Get<ExecuteOrder>()
            .HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBeOfType<OrderError.InsufficientBalance>();
        (refused.Available.Units, refused.Missing.Units).ShouldBe(((UInt128)400_000, (UInt128)600_000));
        _world.Time.Advance(TimeSpan.FromDays(8));
        (await _world.Get<ExecuteOrder>()
            .HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBeOfType<OrderError.InsufficientBalance>();
        await wallet.FundAsync(600_000);
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        (await _world.Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBeNull();
        await _world.MineAsync();
        (await _world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task M1_What_the_faucet_gives_is_looked_at_with_the_next_beat_and_not_after_the_pause()
    {
        var wallet = new OwnWallet(_world, 5);
        var order = await wallet.CreateAsync(1_000_000);
        for (var beat = 0; beat < 10; beat++) await LaterAsync(TimeSpan.FromSeconds(20));
        await GiveAsync(wallet, order, 1_000_000);
        await LaterAsync(TimeSpan.FromMilliseconds(10));
        (await _world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task M1_What_was_never_funded_expires_after_seven_days_with_its_reason()
    {
        var order = await new OwnWallet(_world, 3).CreateAsync(1_000_000);
        await LaterAsync(TimeSpan.Zero);
        await LaterAsync(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await _world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        await LaterAsync(TimeSpan.FromMinutes(2));
        var view = await _world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason, view.Attempts.Count).ShouldBe((OrderStatus.Expired, "insufficient_balance", 0));
    }

    [Fact]
    public async Task M1_A_balance_is_read_once_for_all_orders_over_it_and_so_many_are_read_a_minute()
    {
        var one = new OwnWallet(_world, 4);
        for (var i = 0; i < 60; i++) await one.CreateAsync(1_000_000);
        await LaterAsync(TimeSpan.Zero);
        _world.Get<SeenBalances>().AskedTotal.ShouldBe(1);
        (await _world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'insufficient_balance'")).ShouldBe(60);

        for (var i = 0; i < 60; i++) await new OwnWallet(_world, 100 + i).CreateAsync(1_000_000);
        await LaterAsync(TimeSpan.FromMilliseconds(1));
        _world.Get<SeenBalances>().AskedTotal.ShouldBe(40);
        (await _world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'balance_unread'")).ShouldBe(21);
        // Those who had too little before leave half of a minute's questions to others.
        for (var beat = 0; beat < 3; beat++) await LaterAsync(TimeSpan.FromSeconds(61));
        (await _world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'balance_unread' AND funds_of IS NULL")).ShouldBe(0);
        (await _world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(0);
    }

    [Fact]
    public async Task M2_Of_two_orders_over_one_balance_the_second_waits_for_what_the_first_leaves()
    {
        var wallet = new OwnWallet(_world, 5);
        await wallet.FundAsync(1_500_000);
        var (first, second) = (await wallet.CreateAsync(1_000_000), await wallet.CreateAsync(1_000_000));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        (await _world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
        (await _world.ScalarAsync($"SELECT in_flight::bigint FROM holds WHERE holder = '{wallet.Address}'")).ShouldBe(1_000_000);
        (await _world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'insufficient_balance'")).ShouldBe(1);
        for (var beat = 0; beat < 4; beat++) await LaterAsync(TimeSpan.FromSeconds(30));
        await wallet.FundAsync(500_000);
        for (var beat = 0; beat < 2; beat++) await LaterAsync(TimeSpan.FromMinutes(1));
        foreach (var order in (Order[])[first, second])
        {
            var view = await _world.ReadAsync(order);
            (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 1));
        }
        (await _world.ScalarAsync("SELECT sum(in_flight)::bigint FROM holds")).ShouldBe(0);
    }

    [Fact]
    public async Task M2_What_lacked_funds_looks_again_as_soon_as_the_service_sees_them_come_back()
    {
        var wallet = new OwnWallet(_world, 6);
        await wallet.FundAsync(1_000_000);
        await wallet.CreateAsync(1_000_000);
        await wallet.CreateAsync(1_000_000);
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        (await _world.ScalarAsync("SELECT count(*) FROM slices WHERE wake_at > '2026-03-04 05:06:08Z'")).ShouldBe(1);
        var next = _world.Get<NextWake>();
        next.Forget();
        await _world.MineAsync();
        next.WaitAsync(_world.Time, default).IsCompleted.ShouldBeTrue("it is swept at once, and not with the next beat");
        (await _world.ScalarAsync("SELECT count(*) FROM slices WHERE wake_at > '2026-03-04 05:06:08Z'")).ShouldBe(0);
        (await _world.SweepAsync()).ShouldBe(1);
    }

    // What was read before a swap was settled counts for no more than that swap has left.
    [Fact]
    public async Task M2_A_balance_of_before_a_swap_is_not_spent_twice_after_it()
    {
        var wallet = new OwnWallet(_world, 7);
        await wallet.FundAsync(1_000_000);
        await wallet.CreateAsync(600_000);
        await _world.BeatAsync();
        await wallet.CreateAsync(600_000); // within the age of the balance of 1,000,000
        await _world.BeatAsync();
        (await _world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
        var third = await wallet.CreateAsync(400_000);
        await _world.BeatAsync();
        (await _world.ReadAsync(third)).Order.Status.ShouldBe(OrderStatus.Completed);
    }


    private async Task GiveAsync(OwnWallet wallet, Order order, ulong amount)
    {
        var body = $$"""{"address":"{{wallet.Address}}","token":"{{order.Terms.SellToken}}","amount":"{{amount}}"}""";
        var call = new DefaultHttpContext
        {
            Request = { ContentType = "application/json", Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) },
        };
        var answer = await Faucet.HandleAsync(
            call.Request, _world.Get<SimulatedWorld>(), new SimulatedOptions(), _world.Get<SimulatedLedger>(), _world.Get<FundsCame>(),
            _world.Time, default);
        answer.ShouldBeOfType<Microsoft.AspNetCore.Http.HttpResults.Ok<Faucet.Funded>>();
    }

    private async Task LaterAsync(TimeSpan by)
    {
        _world.Time.Advance(by);
        await _world.BeatAsync();
    }
}
