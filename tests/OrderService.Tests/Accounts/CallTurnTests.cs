using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;
using OrderService.Tests.CommandLine;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>
/// Several calls of one account at once: they stand in its queue and in one payer's, in the same order, and a place that one leaves is
/// taken or filled.
/// </summary>
public sealed class CallTurnTests
{
    [Fact]
    public async Task Calls_of_an_account_wait_for_one_block_side_by_side_and_one_payer_pays_for_all()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        var orders = await SendAsync(world, await CalledSliceTests.OpenAsync(world, 5_000_000), 5);
        (await PlacesAsync(world)).ShouldBe("0@0 1@1 2@2 3@3 4@4");
        (await world.ScalarAsync("SELECT count(DISTINCT solver) FROM attempts")).ShouldBe(1);
        await world.MineAsync();
        await ShouldHaveSwappedAsync(world, orders);
    }

    [Fact]
    public async Task The_next_call_takes_the_place_of_one_that_was_refused_and_that_one_the_next_nonce()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        Refuse(world, first: 0);
        var account = await CalledSliceTests.OpenAsync(world, 4_000_000);
        var orders = await SendAsync(world, account, 3);
        (await PlacesAsync(world)).ShouldBe("1@1 2@2");
        orders.AddRange(await SendAsync(world, account, 1));
        (await PlacesAsync(world)).ShouldBe("1@1 2@2 0@0"); // both of its nonces, or two queues would wait for each other
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.SweepAsync();
        await world.ExecuteAsync();
        (await world.ReadAsync(orders[0])).Order.Slices[0].Reason.ShouldBe("call_under_way"); // its bytes of before stand on that nonce
        await EndAsync(world);
        await ShouldHaveSwappedAsync(world, orders);
        (await world.ReadAsync(orders[0])).Attempts.Select(a => (a.Status, a.OriginNonce))
            .ShouldBe([(OutgoingStatus.Rejected, 0L), (OutgoingStatus.Confirmed, 3L)]);
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'fill'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_place_that_nobody_takes_is_filled_on_both_nonces()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        Refuse(world, first: 0);
        var account = await CalledSliceTests.OpenAsync(world, 4_000_000);
        var orders = await SendAsync(world, account, 3);
        await world.Get<PauseOrder>().HandleAsync(orders[0].Terms.Uuid, new Caller(world.Owner, null, null), default);
        world.Time.Advance(TimeSpan.FromSeconds(4));
        await world.Get<NonceWorker>().TickAsync(default);
        (await world.ScalarAsync(
            "SELECT count(*) FROM outgoing_transactions WHERE purpose = 'fill' AND nonce = 0 AND origin_nonce = 0")).ShouldBe(1);
        await world.MineAsync();
        foreach (var order in orders[1..]) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await world.Get<ResumeOrder>().HandleAsync(orders[0].Terms.Uuid, new Caller(world.Owner, null, null), default);
        await EndAsync(world);
        await ShouldHaveSwappedAsync(world, orders);
        (await world.ReadAsync(orders[0])).Attempts[^1].OriginNonce.ShouldBe(3);
    }

    [Fact]
    public async Task Where_the_place_with_the_payer_is_gone_those_that_wait_give_up_theirs()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        Refuse(world, first: 0);
        var account = await CalledSliceTests.OpenAsync(world, 4_000_000);
        var orders = await SendAsync(world, account, 3);
        // Somebody else's transaction, with the payer's key.
        await ChangeAsync(world, "UPDATE simulator.nonces SET next_nonce = 1 WHERE address = (SELECT min(solver) FROM attempts)");
        await EndAsync(world);
        await ShouldHaveSwappedAsync(world, orders);
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'fill' AND nonce = origin_nonce + 1 AND status = 'confirmed'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_nonce_that_a_reorganisation_gave_back_is_used_next_whoever_had_used_it()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        var account = await CalledSliceTests.OpenAsync(world, 10_000_000);
        await ChangeAsync(world, $"INSERT INTO simulator.nonces (address, next_nonce) VALUES ('{account.Address}', 3)");
        var orders = await SendAsync(world, account, 2);
        (await PlacesAsync(world)).ShouldBe("3@0 4@1");
        await ChangeAsync(world, $"UPDATE simulator.nonces SET next_nonce = 2 WHERE address = '{account.Address}'");
        orders.AddRange(await SendAsync(world, account, 1)); // nonce 2 holds up the others, and this one has no place before them
        (await PlacesAsync(world)).ShouldBe("3@0 4@1");
        await EndAsync(world);
        await ShouldHaveSwappedAsync(world, orders);
        // 2 and 3 were filled, in the places of the two, and none is left out
        (await world.ScalarAsync($"SELECT next_nonce FROM simulator.nonces WHERE address = '{account.Address}'")).ShouldBe(7);
    }

    [Fact]
    public async Task The_verb_nonces_and_the_metrics_tell_of_accounts_that_call()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own);
        using var registry = new MetricsRegistry(world.Get<IMeterFactory>());
        Refuse(world, first: 0);
        var account = await CalledSliceTests.OpenAsync(world, 4_000_000);
        await SendAsync(world, account, 3);
        await world.Get<NonceWorker>().TickAsync(default); // too early to fill what is missing
        var lines = registry.Expose().Split('\n');
        lines.ShouldContain("orderservice_accounts_calling 1");
        lines.ShouldContain("orderservice_accounts_calls_in_flight 2");
        lines.ShouldContain("orderservice_accounts_nonces_missing 1");
        lines.ShouldContain("orderservice_accounts_nonces_doubted 0");
        (await NoncesAsync(own)).ShouldContain(
            $"{account.Address}  calls  next 0  on chain 0  in flight 2  sent back 0  WAITS for the next");
        await ChangeAsync(world,
            $"INSERT INTO transfers_back (origin, origin_nonce, tx_id, sent_at) VALUES ('{account.Address}', 0, 'x', now())");
        (await NoncesAsync(own)).ShouldContain($"{account.Address}  calls  next 3  on chain 0  in flight 3  sent back 1");
        (await NoncesAsync(own, "--repair", account.Address.ToString())).ShouldContain("next 0  on chain 0  in flight 2  sent back 0");
    }

    [Fact]
    public async Task Many_that_wait_for_one_account_look_again_no_more_often_than_few()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(own, ("Execution:CallsInFlightMax", "1"));
        await SendAsync(world, await CalledSliceTests.OpenAsync(world, 60_000_000), 60);
        (await world.ScalarAsync($"SELECT count(*) FROM slices WHERE reason = 'call_under_way'")).ShouldBe(59);
        var second = world.Time.GetUtcNow().AddSeconds(1);
        (await world.ScalarAsync($"SELECT count(*) FROM slices WHERE reason = 'call_under_way' AND wake_at > '{second:O}' AND wake_at <= '{second.AddSeconds(1):O}'")).ShouldBeInRange(15, 20);
    }

    [Fact]
    public void A_thousand_that_wait_look_again_once_a_minute_each()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var waits = new CallWaits(time);
        var (busy, other) = (SimulatedWorld.Of(new SimulatedOptions { SolversCount = 2 }).Solvers[0],
            SimulatedWorld.Of(new SimulatedOptions { SolversCount = 2 }).Solvers[1]);
        var pauses = Enumerable.Range(0, 2_000).Select(_ => waits.PauseOf(busy)).ToList();
        pauses[0].ShouldBe(TimeSpan.FromSeconds(1));
        pauses[20].ShouldBe(TimeSpan.FromSeconds(2));
        pauses.Max().ShouldBe(TimeSpan.FromMinutes(1));
        waits.PauseOf(other).ShouldBe(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromMinutes(2));
        waits.PauseOf(busy).ShouldBe(TimeSpan.FromSeconds(1));
    }

    private static Task<EngineWorld> StartAsync(TestDatabase own, params (string, string)[] settings) =>
        EngineWorld.StartAsync(own.ConnectionString, services => services.AddCountingRouter(),
        settings: [("Simulator:SolversCount", "3"), .. settings]);

    private static async Task<string> NoncesAsync(TestDatabase own, params string[] more) =>
        (await CommandRun.OfAsync(["nonces", "--connection", own.ConnectionString, .. more])).Out;

    // So many orders of one account, sent.
    private static async Task<List<Order>> SendAsync(EngineWorld world, ManagedAccount account, int count)
    {
        var orders = new List<Order>();
        for (var i = 0; i < count; i++) orders.Add((await CalledSliceTests.TrySellAsync(world, account, 1_000_000)).Value);
        await world.SweepAsync();
        await world.ExecuteAsync();
        return orders;
    }

    // The node refuses the first send of the account's nonce for good, and only that.
    private static void Refuse(EngineWorld world, ulong first)
    {
        var refused = false;
        world.Get<CountingRouter>().Answers = sent => !refused && sent.Origin?.Nonce == first && (refused = true)
            ? new SubmitOutcome.Refused("FeeTooLow", IsDefinite: true) { IsOfPayer = true } : null;
    }

    // The account's nonces, each with its payer's, in the order in which they were taken.
    private static async Task<string> PlacesAsync(EngineWorld world) =>
        string.Join(' ',
            await Reliability.Verdict.ReadAsync(world.Get<Npgsql.NpgsqlDataSource>(),
                "SELECT origin_nonce || '@' || nonce FROM attempts WHERE status IN ('prepared', 'sent') ORDER BY id"));

    private static Task<long> ChangeAsync(EngineWorld world, string statement) =>
        world.ScalarAsync($"WITH changed AS ({statement} RETURNING 1) SELECT count(*) FROM changed");

    private static async Task EndAsync(EngineWorld world)
    {
        for (var beat = 0; beat < 20 && await world.ScalarAsync("SELECT count(*) FROM orders WHERE ended_at IS NULL") > 0; beat++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(11));
            await world.Get<NonceWorker>().TickAsync(default);
            await world.BeatAsync();
        }
    }

    private static async Task ShouldHaveSwappedAsync(EngineWorld world, List<Order> orders)
    {
        var story = string.Join('\n',
            await Reliability.Verdict.ReadAsync(world.Get<Npgsql.NpgsqlDataSource>(),
                "SELECT concat_ws(' ', purpose, order_id, kind, status, origin_nonce || '@' || nonce) FROM outgoing_transactions"));
        foreach (var order in orders) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed, story);
        (await world.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(orders.Count);
        await world.CheckLedgerAsync();
    }
}
