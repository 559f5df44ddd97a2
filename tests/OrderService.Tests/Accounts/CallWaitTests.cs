using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>What waits behind an account's calls goes out as these are mined, on a clock that stands still: at the chain's pace.</summary>
public sealed class CallWaitTests
{
    private const string LongAgo = "12 hours";

    [Fact]
    public async Task Calls_that_wait_for_their_account_go_out_with_each_block()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        var orders = await PlaceAsync(world, await CalledSliceTests.OpenAsync(world, 60_000_000), 60);
        await SendAsync(world);
        (await BehindAsync(world)).ShouldBe(40);
        for (var block = 1; block <= 3; block++)
        {
            (await SentAsync(world)).ShouldBe(block * 20, $"before block {block}");
            await world.MineAsync();
            await SendAsync(world);
        }
        foreach (var order in orders) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(60);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task Calls_that_wait_for_a_place_with_their_payer_go_out_when_it_has_one_whoever_stood_there()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own, payers: 1);
        world.Get<CountingRouter>().InFlightMax = 6;
        List<Order> orders = [.. await PlaceAsync(world, await CalledSliceTests.OpenAsync(world, 20_000_000), 9),
            .. await PlaceAsync(world, await CalledSliceTests.OpenAsync(world, 20_000_000), 9)];
        await SendAsync(world);
        for (var block = 1; block <= 3; block++)
        {
            (await SentAsync(world)).ShouldBe(block * 6, $"before block {block}");
            await world.MineAsync();
            await SendAsync(world);
        }
        foreach (var order in orders) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task No_more_is_woken_than_there_are_places_and_the_node_that_settles_sweeps_at_once()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        await using var other = await StartAsync(own);
        await PlaceAsync(world, await CalledSliceTests.OpenAsync(world, 90_000_000), 90);
        await SendAsync(world);
        var next = other.Get<NextWake>();
        next.Forget();
        next.WaitAsync(other.Time, default).IsCompleted.ShouldBeFalse();
        await other.MineAsync(); // another node than the one that sent them
        next.WaitAsync(other.Time, default).IsCompleted.ShouldBeTrue();
        (await world.ScalarAsync($"SELECT count(*) FROM slices WHERE wake_at <= '{world.Time.GetUtcNow():O}'")).ShouldBeInRange(20, 24);
        (await BehindAsync(world)).ShouldBe(70);
        await SendAsync(other);
        (await SentAsync(world)).ShouldBe(40);
    }

    [Fact]
    public async Task What_stands_on_an_accounts_nonces_is_found_without_all_that_was_ever_sent()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        await PlaceAsync(world, await CalledSliceTests.OpenAsync(world, 2_000_000), 2);
        await SendAsync(world);
        await world.MineAsync();
        // as many of others as stood there for half a day
        await world.ScalarAsync(
            $"""
            WITH copies AS (
                INSERT INTO outgoing_transactions (order_id, slice_number, kind, status, tx_id, raw, solver, nonce, fee, prepared_at, sends_count, last_sent_at, is_final, origin, origin_nonce, void_as, origin_used)
                SELECT order_id, slice_number, kind, status, tx_id || n, raw, solver, 1000 + 2 * n + nonce, fee, prepared_at - interval '{LongAgo}', 1, last_sent_at, true, 'another ' || n % 16, 2 * n + origin_nonce, void_as, 2 * n + origin_used
                FROM outgoing_transactions, generate_series(1, 5000) AS n RETURNING 1)
            SELECT count(*) FROM copies
            """);
        await world.ScalarAsync("ANALYZE outgoing_transactions, account_nonces");
        var payers = new AccountLock([world.Owner], 1).PayerCommands().Single().CommandText;
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        foreach (var (name, statement) in new[] { ("calls", AccountNonces.CallsStatement), ("payers", payers) })
        {
            await using var prepare = new NpgsqlCommand($"PREPARE {name} (text[]) AS {statement}", connection);
            await prepare.ExecuteNonQueryAsync();
            await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE {name} ('{{}}')", connection);
            await using var reader = await explain.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
            var plan = string.Join('\n', lines);
            plan.ShouldContain("Index Cond: ((origin = ", customMessage: plan);
            plan.ShouldNotContain("outgoing_known_tx", customMessage: plan);
            plan.ShouldNotContain("Seq Scan on outgoing_transactions", customMessage: plan);
        }
    }

    private static Task<EngineWorld> StartAsync(TestDatabase own, int payers = 3) =>
        EngineWorld.StartAsync(own.ConnectionString, services => services.AddCountingRouter(),
            settings: [("Simulator:SolversCount", $"{payers}")]);

    private static async Task<List<Order>> PlaceAsync(EngineWorld world, ManagedAccount account, int count)
    {
        var orders = new List<Order>();
        for (var i = 0; i < count; i++) orders.Add((await CalledSliceTests.TrySellAsync(world, account, 1_000_000)).Value);
        return orders;
    }

    private static async Task SendAsync(EngineWorld world)
    {
        await world.SweepAsync();
        await world.ExecuteAsync();
    }

    private static Task<long> SentAsync(EngineWorld world) => world.ScalarAsync("SELECT count(*) FROM attempts");

    private static Task<long> BehindAsync(EngineWorld world) =>
        world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'waiting' AND calls_of IS NOT NULL");
}
