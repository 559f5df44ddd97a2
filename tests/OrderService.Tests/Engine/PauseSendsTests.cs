using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Accounts;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>The operator's switch over all sends.</summary>
public sealed class PauseSendsTests
{
    [Fact]
    public async Task While_the_operator_has_paused_no_node_sends_and_what_was_due_goes_on_at_once_after()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await using var other = await EngineWorld.StartAsync(database.ConnectionString, time: world.Time);
        var (order, second) = (await world.CreateAsync(world.Terms()), await world.CreateAsync(world.Terms()));
        (await world.Get<PauseSends>().PauseAsync("the pools look wrong", default)).ShouldBeTrue();
        await other.SweepAsync();
        (await other.ExecuteAsync()).ShouldBe(2); // this node has not heard of it: its own transactions find it out
        (await world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(0);
        (await world.ScalarAsync("SELECT sum(in_flight) FROM holds")).ShouldBe(0);
        var view = await world.ReadAsync(order);
        (view.Order.Slices[0].Reason, view.Order.Slices[0].AttemptsUsed,
            WaitingForOrder.Of(view.Order, world.Time.GetUtcNow())).ShouldBe(("sends_paused", 0, WaitingFor.Operator));
        var called = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        (await other.Get<ExecuteOrder>()
            .HandleAsync(called.Terms.Uuid, new Caller(world.Owner, null, null),
                default)).Error.ShouldBeOfType<OrderError.Unavailable>().Code.ShouldBe("sends_paused");

        await using (var restarted = await EngineWorld.StartAsync(database.ConnectionString, time: world.Time))
        {
            world.Time.Advance(PauseSends.Look);
            await restarted.SweepAsync();
            (await restarted.ExecuteAsync()).ShouldBe(2);
        }
        (await world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(0);
        (await world.EventsAsync(order)).Count(kind => kind == "backed_off").ShouldBe(1);

        await world.Get<PauseSends>().ResumeAsync(default);
        await other.BeatAsync();
        foreach (var one in (Order[])[order, second]) (await world.ReadAsync(one)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await other.Get<ExecuteOrder>().HandleAsync(called.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_pause_is_loud_for_the_operator_and_says_to_owners_that_it_is_so_and_not_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (pause, registry) = (world.Get<PauseSends>(), world.Get<MetricsRegistry>());
        var order = await world.CreateAsync(world.Terms());
        (await pause.Check.Check(default)).Warnings.ShouldBeEmpty();
        await pause.PauseAsync("the pools look wrong", default);
        await pause.PauseAsync(null, default); // who pauses again without a reason does not take the first one away
        await world.BeatAsync();
        var ready = await pause.Check.Check(default);
        ready.IsReady.ShouldBeTrue();
        ready.Warnings.Single().ShouldContain("paused since 2026-03-04 05:06:07 UTC (the pools look wrong)");
        registry.Expose().Split('\n').ShouldContain("orderservice_sends_paused 1");
        registry.Expose().Split('\n').ShouldContain("orderservice_slices_backed_off_total{reason=\"sends_paused\"} 1");
        var explained = await world.Get<ExplainOrder>().HandleAsync(await world.ReadAsync(order), default);
        explained.Sentence.ShouldBe("The operator has paused all sends since 2026-03-04T05:06:07.000Z: nothing is swapped.");
        explained.Gates.Single(gate => gate.Name == "sends")
            .ShouldSatisfyAllConditions(gate => gate.IsOpen.ShouldBe(false),
                gate => gate.Change.ShouldBe("The operator lets sends go on."));
        await pause.ResumeAsync(default);
        registry.Expose().Split('\n').ShouldContain("orderservice_sends_paused 0");
        (await pause.Check.Check(default)).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_pauses_is_answered_when_the_executions_that_began_before_have_ended_and_later_ones_see_it_already()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await using var before = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var sending = await before.BeginTransactionAsync();
        (await PauseLock.TakeAsync(before, default)).ShouldBeNull();
        var paused = world.Get<PauseSends>().PauseAsync(null, default);
        await Until.Async(() => PauseLock.LookAsync(world.Get<NpgsqlDataSource>(), default), found => found is not null);
        paused.IsCompleted.ShouldBeFalse();
        await sending.CommitAsync();
        (await paused).ShouldBeTrue();
    }

    [Fact]
    public async Task What_ends_an_order_that_was_sent_goes_on_since_its_intent_is_public()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var wallet = new OwnWallet(world, 1);
        await wallet.FundAsync(1_000_000);
        var order = await wallet.CreateAsync(1_000_000);
        await world.SweepAsync();
        await world.ExecuteAsync();
        // behind the service's back, so that the swap aborts
        await world.ScalarAsync($"WITH gone AS (UPDATE simulator.accounts SET balance = 0 WHERE address = '{wallet.Address}') SELECT 0");
        await world.MineAsync();
        await world.Get<PauseSends>().PauseAsync(null, default);
        (await world.Get<CancelOrder>()
            .HandleAsync(order.Terms.Uuid, new Caller(wallet.Address, null, null), default)).Value.Status.ShouldBe(OrderStatus.Cancelling);
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts[^1].Kind).ShouldBe((OrderStatus.Cancelled, AttemptKind.Spend));
    }

    [Fact]
    public async Task A_withdrawal_waits_too_and_goes_on_at_once_after()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        await world.Get<PauseSends>().PauseAsync(null, default);
        (await world.Get<Withdraw>()
            .HandleAsync(new NewWithdrawal(Guid.NewGuid(), account, world.Sell, new TokenAmount(400), null, account.Owner.ToString()),
                default)).Error.ShouldBeNull();
        await world.Get<WithdrawalWorker>().TickAsync(default);
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'withdrawal'")).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(*) FROM withdrawals WHERE reason = 'sends_paused' AND status = 'waiting'")).ShouldBe(1);
        await world.Get<PauseSends>().ResumeAsync(default);
        await world.Get<WithdrawalWorker>().TickAsync(default);
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'withdrawal'")).ShouldBe(1);
    }
}
