using Npgsql;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Tests.CommandLine;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Events;

/// <summary>Positions of committed events: without a gap, each event once, of one order in the order in which it happened.</summary>
public sealed class EventLogTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const int Writers = 8;
    private const int Orders = 40;

    [Fact]
    public async Task Many_writers_and_two_nodes_make_one_log_without_a_gap()
    {
        await using var first = await EngineWorld.StartAsync(database.ConnectionString, settings: ("Events:BatchMax", "7"));
        await using var second = await EngineWorld.StartAsync(database.ConnectionString, settings: ("Events:BatchMax", "5"));
        using var over = new CancellationTokenSource();
        Task[] relays = [RelayAsync(first, over.Token), RelayAsync(second, over.Token)];
        var follower = FollowAsync(second, over.Token);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => WriteAsync(first.Get<NpgsqlDataSource>(), new Random(number))));
        await over.CancelAsync();
        await Task.WhenAll(relays);
        await first.Get<EventRelay>().TickAsync(CancellationToken.None);
        var followed = await follower;

        var log = await ReadAsync(first, followed);
        log.Select(e => e.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(position => (long)position));
        (await first.ScalarAsync("SELECT count(DISTINCT event_id) FROM event_positions")).ShouldBe(log.Count);
        (await first.ScalarAsync("SELECT count(*) FROM order_events")).ShouldBe(log.Count);
        (await first.ScalarAsync("SELECT count(*) FROM (SELECT e.id < lag(e.id) OVER (PARTITION BY e.order_id ORDER BY p.position) AS is_behind FROM event_positions p JOIN order_events e ON e.id = p.event_id) AS pairs WHERE is_behind")).ShouldBe(0);
    }

    [Fact]
    public async Task A_transaction_that_stays_open_holds_up_nobody_and_its_events_come_when_it_ends()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var source = world.Get<NpgsqlDataSource>();
        var relay = world.Get<EventRelay>();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await AppendAsync(connection, Event(1, "created"));
        for (var round = 0; round < 20; round++)
        {
            await using var other = await source.OpenConnectionAsync();
            await AppendAsync(other, Event(2, "created"), Event(2, "cancelled"));
            (await relay.TickAsync(CancellationToken.None)).ShouldBe(2, "what is committed is not waiting for an older transaction");
        }
        await transaction.CommitAsync();
        (await relay.TickAsync(CancellationToken.None)).ShouldBe(1);
        (await relay.TickAsync(CancellationToken.None)).ShouldBe(0);
        (await ReadAsync(world, []))[^1].Position.ShouldBe(41);
        (await world.ScalarAsync("SELECT count(DISTINCT event_id) FROM event_positions")).ShouldBe(41);
    }

    [Fact]
    public async Task A_late_reader_costs_writers_nothing()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var source = world.Get<NpgsqlDataSource>();
        var relay = world.Get<EventRelay>();
        await using var writer = await source.OpenConnectionAsync();
        await AppendAsync(writer, Event(0, "created"));
        await relay.TickAsync(CancellationToken.None);
        // It has begun to read and stands still, with the snapshot of then.
        await using var late = await source.OpenConnectionAsync();
        await using var standing = await late.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        (await CountAsync(late)).ShouldBe(1);
        // a wait for it would be an error
        await using (var set = new NpgsqlCommand("SET lock_timeout = '1ms'", writer)) await set.ExecuteNonQueryAsync();
        for (var round = 1; round <= 200; round++)
        {
            await AppendAsync(writer, Event(round, "created"));
            (await relay.TickAsync(CancellationToken.None)).ShouldBe(1, "one round numbers what is new, however far behind anybody is");
        }
        (await CountAsync(late)).ShouldBe(1);
        (await world.ScalarAsync("SELECT count(*) FROM event_positions")).ShouldBe(201); // nothing is kept for a reader
        await standing.RollbackAsync();
        var missed = await world.Get<EventReader>().ReadAsync(null, 1, 1_000, CancellationToken.None);
        missed.Events.Select(e => e.Position).ShouldBe(Enumerable.Range(2, 200).Select(position => (long)position));
        await using (var reset = new NpgsqlCommand("RESET lock_timeout", writer)) await reset.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection)
    {
        await using var command =
            new NpgsqlCommand("SELECT count(*) FROM event_positions p JOIN order_events e ON e.id = p.event_id", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task More_than_one_round_takes_is_numbered_in_order_and_what_comes_meanwhile_behind_it()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await AppendAsync(connection, [.. Enumerable.Range(0, 10).Select(number => Event(number, "created"))]);
        (await EventLog.NumberAsync(connection, 4, null, CancellationToken.None)).Count.ShouldBe(4);
        await AppendAsync(connection, Event(0, "cancelled"));
        (await EventLog.LookAsync(connection, CancellationToken.None)).HasFresh.ShouldBeTrue();
        (await EventLog.NumberAsync(connection, 4, null, CancellationToken.None)).Count.ShouldBe(4);
        (await EventLog.NumberAsync(connection, 4, null, CancellationToken.None)).Count.ShouldBe(2, "the rest of what the first round saw");
        (await EventLog.NumberAsync(connection, 4, null, CancellationToken.None)).Count.ShouldBe(1);
        (await EventLog.NumberAsync(connection, 4, null, CancellationToken.None)).Count.ShouldBe(0);
        (await EventLog.LookAsync(connection, CancellationToken.None)).ShouldBe(
            (await EventLog.LookAsync(connection, CancellationToken.None)) with { Head = 11, HasFresh = false });
        (await world.ScalarAsync("SELECT count(*) FROM event_positions p JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM order_events) AS e ON e.id = p.event_id WHERE p.position = e.nth")).ShouldBe(11);
    }

    [Fact]
    public async Task A_store_that_came_from_another_cluster_is_a_new_log_that_misses_nothing()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await AppendAsync(connection, Event(1, "created"));
        (await world.Get<EventRelay>().TickAsync(CancellationToken.None)).ShouldBe(1);
        var before = await EventLog.LookAsync(connection, CancellationToken.None);
        // As a dump of its rows brings it: one event had no position, and all transactions have ids that this cluster has not reached.
        await AppendAsync(connection, Event(1, "cancelled"));
        await world.ScalarAsync("WITH a AS (UPDATE order_events SET xid = '4000000000'), b AS (UPDATE event_rounds SET seen = '4000000000:4000000000:'), c AS (UPDATE event_log SET system = 1) SELECT 0");

        await using var next = await EngineWorld.StartAsync(own.ConnectionString);
        await AppendAsync(connection, Event(2, "created"));
        await next.Get<EventRelay>().TickAsync(CancellationToken.None);
        await AppendAsync(connection, Event(3, "created"));
        (await next.Get<EventRelay>().TickAsync(CancellationToken.None)).ShouldBe(1);
        var after = await EventLog.LookAsync(connection, CancellationToken.None);
        after.LogId.ShouldNotBe(before.LogId);
        after.Head.ShouldBe(4);
        (await next.ScalarAsync("SELECT count(DISTINCT event_id) FROM event_positions")).ShouldBe(4);
        await using var third = await EngineWorld.StartAsync(own.ConnectionString);
        await third.Get<EventRelay>().TickAsync(CancellationToken.None);
        (await EventLog.LookAsync(connection, CancellationToken.None)).LogId.ShouldBe(after.LogId, "it is at home from then on");
    }

    [Fact]
    public async Task The_verb_begins_a_new_log_and_keeps_the_positions()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await AppendAsync(connection, Event(1, "created"), Event(2, "created"));
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
        await AppendAsync(connection, Event(1, "cancelled"));
        var before = await world.Get<EventReader>().ReadAsync(null, 0, 10, CancellationToken.None);

        var run = await CommandRun.OfAsync("new-log", "--connection", own.ConnectionString);
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        await AppendAsync(connection, Event(2, "cancelled"));
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
        var after = await world.Get<EventReader>().ReadAsync(null, 0, 10, CancellationToken.None);
        after.Log.ShouldBe(new LogHead(run.Out.Trim(), 4));
        after.Log.LogId.ShouldNotBe(before.Log.LogId);
        after.Events.Take(2).ShouldBe(before.Events);
        after.Events.Select(e => e.Kind).ShouldBe(["created", "created", "cancelled", "cancelled"]);
    }

    [Fact]
    public async Task Rounds_that_are_over_are_forgotten_and_nothing_is_numbered_again()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        for (var number = 0; number < 5; number++)
        {
            await AppendAsync(connection, Event(number, "created"));
            await EventLog.NumberAsync(connection, 100, null, CancellationToken.None);
        }
        await EventLog.ForgetRoundsAsync(connection, 5, CancellationToken.None);
        (await world.ScalarAsync("SELECT count(*) FROM event_rounds")).ShouldBe(1);
        await AppendAsync(connection, Event(1, "cancelled"));
        (await EventLog.NumberAsync(connection, 100, null, CancellationToken.None)).Count.ShouldBe(1);
        (await EventLog.LookAsync(connection, CancellationToken.None)).Head.ShouldBe(6);
    }

    [Fact]
    public async Task A_round_tells_the_few_that_it_numbers_as_a_reader_reads_them()
    {
        await using var empty = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(empty.ConnectionString);
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, new Caller(world.Owner, null, null), CancellationToken.None);
        await AppendAsync(connection, Event(1, "created"));

        var few = await EventLog.NumberAsync(connection, 5_000, new Audience(null), CancellationToken.None);
        var read = await world.Get<EventReader>().ReadAsync(null, 0, 100, CancellationToken.None);
        few.Events.ShouldBe(read.Events);
        (few.Head, few.Before, few.Count).ShouldBe((read.Log, 0L, read.Events.Count));
        few.Events[0].OrderUuid.ShouldBe(order.Terms.Uuid.ToString());

        await AppendAsync(connection, [.. Enumerable.Range(0, LogRound.ToldMax + 1).Select(number => Event(number, "created"))]);
        var many = await EventLog.NumberAsync(connection, 5_000, new Audience(null), CancellationToken.None);
        (many.Before, many.Count, many.Events.Count).ShouldBe((few.Count, LogRound.ToldMax + 1, 0));
        var none = await EventLog.NumberAsync(connection, 5_000, new Audience(null), CancellationToken.None);
        (none.Head, none.Count, none.Events.Count).ShouldBe((many.Head, 0L, 0));

        var other = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await AppendAsync(connection, Event(1, "cancelled"));
        var own = await EventLog.NumberAsync(connection, 5_000, new Audience([world.Owner.ToString()]), CancellationToken.None);
        own.Events.ShouldHaveSingleItem().OrderUuid.ShouldBe(other.Terms.Uuid.ToString());
        own.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_begins_to_follow_an_owner_while_a_round_is_under_way_asks_for_what_that_round_had()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var (head, relay) = (world.Get<EventHead>(), world.Get<EventRelay>());
        await relay.TickAsync(CancellationToken.None);
        using var early = head.Follow("early", keeps: true);
        var (audience, before) = (head.Audience, head.Seen);
        using var late = head.Follow("late", keeps: true);
        using var twin = head.Follow("early", keeps: true);
        foreach (var one in (EventFollower[])[early, late, twin]) await one.WaitAsync(CancellationToken.None);

        LoggedEvent ofEarly = new(before.Position + 1, "created", DateTimeOffset.UnixEpoch, Actors.System, "early", null, null, null, null);
        head.Saw(before with { Position = before.Position + 2 }, ["early"], [ofEarly], audience);

        var after = new LogPosition(before.LogId, before.Position);
        early.Take(after)!.Events.ShouldBe([ofEarly]);
        twin.Take(after)!.Events.ShouldBe([ofEarly]);
        await late.WaitAsync(CancellationToken.None); // it is woken
        late.Take(after).ShouldBeNull();
        late.Take(after with { Number = before.Position + 2 })!.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_follows_one_of_two_relays_is_told_each_event_once_whichever_numbers_it()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var first = await EngineWorld.StartAsync(own.ConnectionString, settings: ("Events:BatchMax", "7"));
        await using var second = await EngineWorld.StartAsync(own.ConnectionString, settings: ("Events:BatchMax", "5"));
        await using var connection = await first.Get<NpgsqlDataSource>().OpenConnectionAsync();
        EngineWorld[] worlds = [first, second];
        foreach (var world in worlds) await world.Get<EventRelay>().TickAsync(CancellationToken.None);
        var followers = worlds.Select(world => world.Get<EventHead>().Follow(keeps: true)).ToArray();
        var told = worlds.Select(_ => new List<LoggedEvent>()).ToArray();
        var (random, asked) = (new Random(7), 0);
        for (var turn = 0; turn < 200; turn++)
        {
            var some = Enumerable.Range(0, random.Next(12)).Select(_ => Event(random.Next(Orders), "backed_off")).ToArray();
            if (some.Length > 0) await AppendAsync(connection, some);
            await ListenAsync(random.Next(2));
        }
        for (var turn = 0; turn < 4; turn++) await ListenAsync(turn % 2);

        var log = await ReadAsync(first, []);
        foreach (var events in told) events.ShouldBe(log);
        asked.ShouldBeLessThan(150, "most are dealt out, also where rounds of the other come between");
        foreach (var follower in followers) follower.Dispose();

        async Task ListenAsync(int at)
        {
            await worlds[at].Get<EventRelay>().TickAsync(CancellationToken.None);
            var after = new LogPosition(worlds[at].Get<EventHead>().Seen.LogId, told[at].Count);
            var page = followers[at].Take(after);
            if (page is null) asked++;
            page ??= await worlds[at].Get<EventReader>().ReadAsync(null, after.Number, 10_000, CancellationToken.None);
            told[at].AddRange(page.Events);
        }
    }

    private static OrderEvent Event(int order, string kind) =>
        new(new Guid(order, 0, 0, new byte[8]), null,
            EventText.TryReadOrder(kind, null, out var happened) ? happened : throw new ArgumentException(kind), DateTimeOffset.UnixEpoch,
            Actors.System);

    private static async Task AppendAsync(NpgsqlConnection connection, params OrderEvent[] events)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(EventRows.Append(events));
        await batch.ExecuteNonQueryAsync();
    }

    // As a change of an order does: under a lock of the order's own, some at once, some after a while, some in vain.
    private static async Task WriteAsync(NpgsqlDataSource source, Random random)
    {
        for (var turn = 0; turn < 60; turn++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var orders = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(Orders)).Distinct().Order().ToArray();
            foreach (var order in orders)
            {
                await using (var held = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)",
                    connection) { Parameters = { new() { Value = (long)order } } })
                {
                    await held.ExecuteNonQueryAsync();
                }
                await AppendAsync(connection, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Event(order, "backed_off"))]);
            }
            if (random.Next(5) == 0) await transaction.RollbackAsync();
            else await transaction.CommitAsync();
        }
    }

    private static async Task RelayAsync(EngineWorld world, CancellationToken over)
    {
        while (!over.IsCancellationRequested) await world.Get<EventRelay>().TickAsync(CancellationToken.None);
    }

    // Reads along from page to page: what was once behind it stays as it was.
    private static async Task<List<LoggedEvent>> FollowAsync(EngineWorld world, CancellationToken over)
    {
        var read = new List<LoggedEvent>();
        while (!over.IsCancellationRequested)
        {
            var page = await world.Get<EventReader>().ReadAsync(null, read.Count, 50, CancellationToken.None);
            read.AddRange(page.Events);
            (read.Count == 0 || read[^1].Position == read.Count).ShouldBeTrue("a page begins right behind the one before");
            if (page.Events.Count < 50) page.Log.Position.ShouldBe(read.Count, "a page that is not full ends at the head");
        }
        return read;
    }

    private static async Task<List<LoggedEvent>> ReadAsync(EngineWorld world, List<LoggedEvent> known)
    {
        var log = await world.Get<EventReader>().ReadAsync(null, 0, 1_000_000, CancellationToken.None);
        log.Events.Take(known.Count).ShouldBe(known);
        return [.. log.Events];
    }
}
