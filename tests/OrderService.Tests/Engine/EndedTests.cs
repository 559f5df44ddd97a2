using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Tests.Accounts;
using OrderService.Tests.CommandLine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Orders that have ended for good leave the tables that the engine works on, and their uuids are never stored again.</summary>
public sealed class EndedTests : IAsyncLifetime
{
    private static readonly (string, string) AtOnce = ("Ended:MoveAfter", "00:00:00");

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task An_order_leaves_when_nothing_can_become_of_it_any_more()
    {
        await using var world = await StartAsync();
        var (swapped, open, cancelled) = (await world.CreateAsync(world.Terms()), await world.CreateAsync(world.Terms(SliceTrigger.Manual)),
            await world.CreateAsync(world.Terms(SliceTrigger.Manual)));
        await world.SweepAsync();
        await world.ExecuteAsync();
        (await MoveAsync(world)).ShouldBe(0);
        await world.MineAsync();
        await CancelAsync(world, cancelled);
        await world.ScalarAsync($"UPDATE outgoing_transactions SET is_final = false WHERE order_id = '{swapped.Id}'; SELECT 0");
        (await MoveAsync(world)).ShouldBe(1); // a reorg may still take the swap back
        (await LiveAsync(world)).ShouldBe([swapped.Id, open.Id], ignoreOrder: true);

        await world.ScalarAsync("UPDATE outgoing_transactions SET is_final = true; SELECT 0");
        world.Time.Advance(TimeSpan.FromMinutes(11)); // what could not leave is looked at again later
        (await MoveAsync(world)).ShouldBe(1);
        (await LiveAsync(world)).ShouldBe([open.Id]);
        (await world.ReadAsync(swapped)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ReadAsync(swapped)).Attempts.Count.ShouldBe(1);
        (await world.ScalarAsync("SELECT count(*) FROM ended_orders_2026_03")).ShouldBe(2);
        (await world.ScalarAsync("SELECT count(*) FROM ended_orders WHERE signature IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_comes_again_after_its_order_has_left_answers_the_end_and_never_swaps()
    {
        await using var world = await StartAsync();
        var terms = world.Terms();
        var order = await world.CreateAsync(terms);
        await CancelAsync(world, order);
        (await MoveAsync(world)).ShouldBe(1);

        var again = await world.TryCreateAsync(terms);
        again.Value.Status.ShouldBe(OrderStatus.Cancelled);
        (await world.TryCreateAsync(terms with { SlippageBps = 77 })).Error.ShouldBeOfType<OrderError.Exists>();
        (await CancelAsync(world, order)).Error.ShouldBeOfType<OrderError.NotOpen>().Status.ShouldBe("cancelled");
        (await world.Get<ExecuteOrder>().HandleAsync(terms.Uuid, Owner(world), default)).Error.ShouldBeOfType<OrderError.NotOpen>();
        (await world.SweepAsync()).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(*) FROM orders")).ShouldBe(0);
    }

    [Fact]
    public async Task An_order_stays_while_a_statement_runs_that_may_not_know_of_its_note()
    {
        await using var world = await StartAsync();
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await CancelAsync(world, order);
        await NumberAsync(world);
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var began = new NpgsqlCommand("SELECT 1", connection, transaction)) await began.ExecuteScalarAsync();

            await world.Get<MoveEnded>().TickAsync(CancellationToken.None);

            (await LiveAsync(world)).ShouldBe([order.Id]);
            (await world.ScalarAsync("SELECT count(*) FROM order_ids")).ShouldBe(1);
        }
        (await MoveAsync(world)).ShouldBe(1);
    }

    [Fact]
    public async Task What_an_account_set_aside_stays_on_its_account_and_its_history_as_it_was()
    {
        await using var world = await StartAsync();
        var account = await world.OpenAccountAsync(5_000_000);
        var order = (await world.TryCreateManagedAsync(account, 2_000_000, parts: 2)).Value;
        for (var beat = 0; beat < 4; beat++)
        {
            await world.BeatAsync();
            world.Time.Advance(TimeSpan.FromMinutes(2));
        }
        var (funds, events) = (await world.FundsAsync(account), await world.EventsAsync(order));
        (await MoveAsync(world)).ShouldBe(1);
        (await world.FundsAsync(account)).ShouldBe(funds);
        (await world.EventsAsync(order)).ShouldBe(events);
        (await world.ReadAsync(order)).Order.Slices.Count.ShouldBe(2);
        (await world.TryCreateManagedAsync(account, 1_000_000)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_list_over_what_is_and_what_has_ended_walks_its_indexes_and_stops_at_its_page()
    {
        await using var world = await StartAsync();
        for (var i = 0; i < 4; i++) await CancelAsync(world, await world.CreateAsync(world.Terms(SliceTrigger.Manual)));
        await MoveAsync(world);
        for (var i = 0; i < 4; i++) await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using (var off = new NpgsqlCommand(
            "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off", connection))
        {
            await off.ExecuteNonQueryAsync();
        }
        await using var command = new NpgsqlCommand { Connection = connection };
        var query = new OrderQuery { Owner = world.Owner, Limit = 3 };
        command.CommandText = "EXPLAIN " + OrderSelection.Page(command, query, world.Time.GetUtcNow(), "o.id, o.created_at");
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
        }
        await using (var on = new NpgsqlCommand("RESET enable_seqscan; RESET enable_bitmapscan; RESET enable_sort", connection))
            await on.ExecuteNonQueryAsync();
        var text = string.Join('\n', plan);
        text.ShouldContain("Merge Append", Case.Sensitive, text);
        text.ShouldContain("orders_by_owner", Case.Sensitive, text);
        text.ShouldNotContain("Sort  (", Case.Sensitive, text);
        var page = (await world.Get<ListOrders>().HandleAsync(query with { Limit = 8 }, CancellationToken.None)).Value;
        page.Orders.Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_month_is_dropped_only_after_its_export_and_its_uuids_stay_with_their_ends()
    {
        await using var world = await StartAsync();
        var terms = world.Terms();
        var (swapped, cancelled) = (await world.CreateAsync(terms), await world.CreateAsync(world.Terms(SliceTrigger.Manual)));
        await world.BeatAsync();
        await CancelAsync(world, cancelled);
        (await MoveAsync(world)).ShouldBe(2);
        var folder = PostgresCluster.NewFolder("export");
        var file = Path.Combine(folder, "2026-03.ndjson");
        var connection = _database.ConnectionString;

        await RefusedAsync("export it first", "drop-ended", "--month", "2026-03", "--early", "--connection", connection);
        var run = await CommandRun.OfAsync("export-ended", "--month", "2026-03", "--to", file, "--connection", connection);
        run.ExitCode.ShouldBe(0, run.Error);
        var lines = (await File.ReadAllLinesAsync(file)).Select(line => JsonNode.Parse(line)!).ToList();
        lines.Select(line => (string)line["uuid"]!).ShouldBe([terms.Uuid.ToString(), cancelled.Terms.Uuid.ToString()], ignoreOrder: true);
        var line = lines.Single(line => (string)line["uuid"]! == terms.Uuid.ToString());
        ((string)line["status"]!, line["slices"]!.AsArray().Count, line["transactions"]!.AsArray().Count).ShouldBe(("completed", 1, 1));
        line["events"]!.AsArray().Select(e => (string)e!["kind"]!).ShouldBe(await world.EventsAsync(swapped));
        await RefusedAsync("is there already", "export-ended", "--month", "2026-03", "--to", file, "--connection", connection);
        // The clock of commands stands in 2025: the month is far from old enough.
        await RefusedAsync("Ended:KeepMonths", "drop-ended", "--month", "2026-03", "--connection", connection);

        var dropped = await CommandRun.OfAsync("drop-ended", "--month", "2026-03", "--early", "--connection", connection);
        dropped.ExitCode.ShouldBe(0, dropped.Error);
        (await world.ScalarAsync("SELECT count(*) FROM pg_class WHERE relname LIKE 'ended%2026%'")).ShouldBe(0);
        (await world.Get<FindOrder>().HandleAsync(terms.Uuid, default)).ShouldBeNull();
        (await world.Get<FindOrder>().AbsentAsync(terms.Uuid, default))!.Refusal.Status.ShouldBe("completed");
        var gone = (OrderError.Gone)(await world.TryCreateAsync(terms)).Error!;
        (gone.Status, gone.EndedAt).ShouldBe(("completed", swapped.CreatedAt));
        (await CancelAsync(world, cancelled)).Error.ShouldBeOfType<OrderError.Gone>().Status.ShouldBe("cancelled");
        (await world.SweepAsync()).ShouldBe(0);
        (await world.EventsAsync(swapped)).ShouldNotBeEmpty(); // the log is the log

        // What comes late to a month that was dropped opens it again.
        var late = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await CancelAsync(world, late);
        (await MoveAsync(world)).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromMinutes(11));
        (await MoveAsync(world)).ShouldBe(1);
        (await world.ReadAsync(late)).Order.Status.ShouldBe(OrderStatus.Cancelled);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RefusedAsync(string why, params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain(why);
    }

    private Task<EngineWorld> StartAsync(params (string, string)[] more) =>
        EngineWorld.StartAsync(_database.ConnectionString, null, null, [AtOnce, .. more]);

    private static Caller Owner(EngineWorld world) => new(world.Owner, null, null);

    private static Task<Result<Order>> CancelAsync(EngineWorld world, Order order) =>
        world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, Owner(world), CancellationToken.None);

    private static async Task NumberAsync(EngineWorld world)
    {
        world.Time.Advance(TimeSpan.FromSeconds(1)); // an event of this very moment is not behind it
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
    }

    // How many have left.
    private static async Task<long> MoveAsync(EngineWorld world)
    {
        await NumberAsync(world);
        var before = await world.ScalarAsync("SELECT count(*) FROM ended_orders");
        while (await world.Get<MoveEnded>().TickAsync(CancellationToken.None) > 0) { }
        return await world.ScalarAsync("SELECT count(*) FROM ended_orders") - before;
    }

    private static async Task<List<Guid>> LiveAsync(EngineWorld world)
    {
        await using var command = world.Get<NpgsqlDataSource>().CreateCommand("SELECT id FROM orders");
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
