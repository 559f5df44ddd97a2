using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

public sealed class EngineTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task An_order_that_is_due_at_once_is_swapped_once_and_confirmed_with_what_the_chain_paid()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms());
        (await world.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Waiting);
        (await world.SweepAsync()).ShouldBe(1);
        (await world.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Executing);
        (await world.ExecuteAsync()).ShouldBe(1);
        (await world.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Broadcast);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        view.Order.Status.ShouldBe(OrderStatus.Completed);
        view.Attempts.Count.ShouldBe(1);
        view.Order.Slices[0].AmountOut!.Value.ShouldBeGreaterThanOrEqualTo(view.Attempts[0].MinAmountOut!.Value);
        (await world.EventsAsync(order)).ShouldBe(["created", "triggered", "broadcast", "sent", "confirmed", "completed"]);
        (await world.ScalarAsync($"SELECT count(*) FROM simulator.swaps WHERE uuid = '{order.Terms.Uuid}'")).ShouldBe(1);
    }

    [Fact]
    public async Task M13_An_order_that_watches_a_price_says_why_there_is_none_for_as_long_as_there_is_none()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "1000000"));
        var watched = world.Get<PriceBoard>().PricedAs(order.Terms.ConditionToken!.Value);
        (await world.ReadAsync(order)).PriceReason.ShouldBe("no_believed_price");
        world.SetPrice(watched, Price.One);
        (await world.ReadAsync(order)).PriceReason.ShouldBeNull();
        world.Time.Advance(TimeSpan.FromSeconds(120));
        await world.SweepAsync();
        var stale = await world.ReadAsync(order);
        (stale.Order.Slices[0].Status, stale.PriceReason).ShouldBe((SliceStatus.Waiting, "price_stale"));
        world.SetPrice(watched, Price.One);
        (await world.ReadAsync(order)).PriceReason.ShouldBeNull();

        var now = await world.CreateAsync(world.Terms());
        (await world.ReadAsync(now)).PriceReason.ShouldBeNull(); // it waits for no price
    }

    [Fact]
    public async Task The_same_body_again_answers_the_stored_order_and_other_terms_are_refused_by_field()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var terms = world.Terms(SliceTrigger.Manual);
        var first = await world.CreateAsync(terms);
        (await world.CreateAsync(terms)).CreatedAt.ShouldBe(first.CreatedAt);
        (await world.TryCreateAsync(terms with { SlippageBps = 7 })).Error.ShouldBe(new OrderError.Exists("slippageBps"));
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE id = '{first.Id}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_answers_the_stored_order_though_its_tokens_are_not_listed_any_more()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var terms = world.Terms(SliceTrigger.Manual);
        var first = await world.CreateAsync(terms);
        world.Get<TokenRegistry>().Load([]);
        (await world.CreateAsync(terms)).CreatedAt.ShouldBe(first.CreatedAt);
        (await world.TryCreateAsync(world.Terms())).Error.ShouldBeOfType<OrderError.UnknownToken>();
        var unsigned = NewOrder.Signed(terms, world.Sign(world.Terms()), null, "charisma", null);
        (await world.Get<PlaceOrder>().HandleAsync(unsigned, CancellationToken.None)).Error.ShouldBeOfType<OrderError.UnknownToken>();
    }

    [Fact]
    public async Task An_order_that_is_being_changed_and_its_slices_are_locked()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await db.LockOrdersAsync([order.Id], CancellationToken.None)).Keys.ShouldBe([order.Id]);
        foreach (var table in new[] { "orders WHERE id", "slices WHERE order_id" })
        {
            (await Should.ThrowAsync<PostgresException>(() =>
                world.ScalarAsync($"SELECT count(*) FROM (SELECT 1 FROM {table} = '{order.Id}' FOR NO KEY UPDATE NOWAIT) AS held"))).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        }
    }

    [Fact]
    public async Task Sixty_four_creates_of_one_uuid_at_once_are_one_order()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var terms = world.Terms(SliceTrigger.Manual);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => world.TryCreateAsync(terms)));
        answers.ShouldAllBe(a => a.Error == null);
        (await world.EventsAsync(answers[0].Value)).ShouldBe(["created"]);
    }

    [Fact]
    public async Task A_min_amount_out_that_no_quote_reaches_waits_with_its_reason_and_consumes_nothing()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms() with { MinAmountOut = new TokenAmount(ulong.MaxValue) });
        for (var i = 0; i < 3; i++)
        {
            await world.BeatAsync();
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }
        var slice = (await world.ReadAsync(order)).Order.Slices[0];
        (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "min_amount_out", 0));
        (await world.EventsAsync(order)).Count(k => k == OrderEventKinds.BackedOff).ShouldBe(1);
    }

    [Fact]
    public async Task A_swap_that_aborts_again_and_again_fails_with_its_reason_after_its_uuid_is_spent()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms());
        for (var i = 0; i < 6; i++)
        {
            await world.SweepAsync();
            await world.ExecuteAsync();
            // The owner moves his funds away behind the service's back, after each send.
            var had = await SetBalanceAsync(world, "0");
            await world.MineAsync();
            await SetBalanceAsync(world, had);
            world.Time.Advance(TimeSpan.FromSeconds(11));
        }
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].AttemptsUsed).ShouldBe((OrderStatus.Failed, 3));
        view.Order.Reason.ShouldBe("insufficient_balance");
        view.Attempts.Select(a => a.Kind).ShouldBe([AttemptKind.Swap, AttemptKind.Swap, AttemptKind.Swap, AttemptKind.Spend]);
        (await world.ScalarAsync($"SELECT count(*) FROM simulator.used_uuids WHERE uuid = '{order.Terms.Uuid}'")).ShouldBe(1);
    }

    private static async Task<string> SetBalanceAsync(EngineWorld world, string units)
    {
        await using var command = world.Get<NpgsqlDataSource>().CreateCommand(
            $"""
            UPDATE simulator.accounts held SET balance = {units} FROM (SELECT address, token, balance FROM simulator.accounts WHERE address = '{world.Owner}' AND token = '{world.Sell}') AS before
            WHERE held.address = before.address AND held.token = before.token RETURNING before.balance::text
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task A_cancelled_order_is_never_swapped_and_a_broadcast_one_is_not_cancelled()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var caller = new Caller(world.Owner, null, null);
        var waiting = await world.CreateAsync(world.Terms());
        (await world.Get<CancelOrder>().HandleAsync(waiting.Terms.Uuid, caller, default)).Value.Status.ShouldBe(OrderStatus.Cancelled);
        var claimed = await world.CreateAsync(world.Terms());
        await world.SweepAsync();
        (await world.Get<CancelOrder>().HandleAsync(claimed.Terms.Uuid, caller, default)).Value.Status.ShouldBe(OrderStatus.Cancelled);
        var sent = await world.CreateAsync(world.Terms());
        await world.SweepAsync();
        await world.ExecuteAsync();
        (await world.Get<CancelOrder>()
            .HandleAsync(sent.Terms.Uuid, caller, default)).Error.ShouldBeOfType<OrderError.InFlight>().TxId.ShouldNotBeNull();
        await world.BeatAsync();
        (await world.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBeGreaterThanOrEqualTo(1);
        (await world.ScalarAsync(
            $"SELECT count(*) FROM simulator.swaps WHERE uuid IN ('{waiting.Terms.Uuid}', '{claimed.Terms.Uuid}')")).ShouldBe(0);
        (await world.ReadAsync(sent)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task Execute_by_call_answers_the_txid_and_a_second_call_finds_it_in_flight()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var caller = new Caller(world.Owner, null, null);
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        var txid = (await world.Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, caller, default)).Value;
        txid.Length.ShouldBe(64);
        (await world.Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBe(new OrderError.InFlight(txid));
        await world.MineAsync();
        (await world.Get<ExecuteOrder>()
            .HandleAsync(order.Terms.Uuid, caller, default)).Error.ShouldBe(new OrderError.NotOpen("completed"));
    }

    [Fact]
    public async Task A_claim_whose_worker_is_gone_goes_back_and_is_executed_by_another()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms());
        await world.SweepAsync();
        await using (var connection = await world.Get<OrderService.Engine.Persistence.SweepSource>().OpenAsync(default))
        {
            (await OrderService.Engine.Execution.Book.TakeAsync(connection, 10, world.Time.GetUtcNow().AddSeconds(30), [], int.MaxValue,
                default)).Count.ShouldBe(1);
        }
        await world.ExecuteAsync();
        (await world.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Executing);
        world.Time.Advance(TimeSpan.FromSeconds(31));
        await world.BeatAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.EventsAsync(order)).ShouldContain(OrderEventKinds.ClaimTimedOut);
    }

    [Fact]
    public async Task A_window_that_closes_ends_the_order_within_the_next_sweep()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(
            world.PriceTerms(TriggerDirection.Gt, "1000000") with { ValidTo = world.Time.GetUtcNow().AddMinutes(1) });
        world.Time.Advance(TimeSpan.FromMinutes(2));
        (await world.ReadAsync(order)).Order.StatusAt(world.Time.GetUtcNow()).ShouldBe(OrderStatus.Expired);
        await world.SweepAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Expired);
        (await world.EventsAsync(order)).ShouldBe(["created", "expired", "expired"]);
    }

    [Fact]
    public async Task A_crash_between_the_commit_and_the_send_is_healed_by_sending_the_same_bytes()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms());
        await world.SweepAsync();
        await world.ExecuteAsync();
        await world.ScalarAsync("WITH gone AS (DELETE FROM simulator.mempool RETURNING 1) SELECT count(*) FROM gone");
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Broadcast);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.MineAsync();
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count, view.Attempts[0].SendsCount).ShouldBe((OrderStatus.Completed, 1, 2));
    }
}
