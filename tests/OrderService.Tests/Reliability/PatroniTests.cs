using System.Diagnostics;
using System.Net;
using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// The store as <c>deploy/ha</c> sets it up, three members under Patroni: two nodes serve while members are killed, stand still and change
/// places, and no answer of success is lost.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "ha")]
public sealed class PatroniTests
{
    private const string GapsAre = "until another took writes + until it had a standby + until the first success:";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    [PatroniFact]
    public async Task A_killed_leader_takes_nothing_with_it_that_was_answered()
    {
        await using var cluster = await PatroniCluster.StartAsync();
        await using var first = await ServiceProcess.StartAsync(cluster.ConnectionString);
        await using var second = await ServiceProcess.StartAsync(cluster.ConnectionString);
        await using var load = new FailoverLoad(first, second);
        var gaps = new List<string>();
        foreach (var patroniToo in (bool[])[true, false, true])
        {
            await load.GoesOnAsync(100);
            var leader = await cluster.LeaderAsync();
            cluster.Kill(leader, patroniToo);
            var killed = Stopwatch.GetTimestamp();
            await Until.Async(() => ReadyAsync(first), status => status == HttpStatusCode.ServiceUnavailable);
            // A server that was killed alone may come back before another takes its place.
            gaps.Add(await GapAsync(cluster, load, killed, await cluster.LeaderAsync(patroniToo ? [leader] : [])));
            if (patroniToo) cluster.Restart(leader);
            await cluster.WholeAsync();
            await Until.Async(() => ReadyAsync(first), status => status == HttpStatusCode.OK);
        }
        await JudgeAsync(cluster, load, first, second);
        Tally.Add("patroni", "leader killed with Patroni, alone, and with Patroni again", 3,
            $"{load}; {GapsAre} {string.Join(", ", gaps)}");
    }

    [PatroniFact]
    public async Task Nothing_is_answered_with_success_that_no_standby_has()
    {
        await using var cluster = await PatroniCluster.StartAsync();
        await using var service =
            await ServiceProcess.StartAsync(cluster.ConnectionString, null, ("Store__AnswerWithin", Moment.ToString()));
        var (leader, standby) = (await cluster.LeaderAsync(), await cluster.SyncStandbyAsync());
        var third = ((string[])["a", "b", "c"]).Except([leader, standby]).Single();
        var (cancelled, unknown) = (Wallet.ManualOrder(), Wallet.ManualOrder());
        await Until.Async(() => service.CreateAsync(cancelled), answer => answer is { Status: 200 });

        cluster.Stop(standby);
        cluster.Stop(third);
        // Also after Patroni has seen it, and has no standby to name.
        for (var i = 0; i < 8; i++)
        {
            (await service.CreateAsync(unknown)).ShouldBe503();
            (await service.CancelAsync(cancelled.Uuid)).ShouldBe503();
        }
        (await service.ReadAsync(unknown.Uuid))!.Status.ShouldBe(200); // the leader has it, and is not believed

        cluster.Continue(third);
        (await Until.Async(() => service.CreateAsync(unknown), answer => answer is not { Status: 503 }))!.Status.ShouldBe(200);
        (await Until.Async(() => service.CancelAsync(cancelled.Uuid), answer => answer is not { Status: 503 }))!.Code
            .ShouldBe("order_not_open"); // by the first of them
        (await cluster.SyncStandbyAsync(leader, standby)).ShouldBe(third);
        cluster.Kill(leader);
        (await cluster.LeaderAsync(leader)).ShouldBe(third, cluster.Logs);
        await using var store = cluster.Only(third);
        (await Verdict.LostAsync(store, [unknown.Uuid, cancelled.Uuid])).ShouldBeEmpty();
        (await Verdict.ReadAsync(store, "SELECT uuid FROM orders WHERE status = 'cancelled'")).ShouldBe([cancelled.Uuid]);

        // Alone it takes nothing either, until a standby is there again.
        (await service.CreateAsync(Wallet.ManualOrder())).ShouldBe503();
        cluster.Continue(standby);
        await Until.Async(() => service.CreateAsync(Wallet.ManualOrder()), answer => answer is { Status: 200 });
        Tally.Add("patroni", "both standbys stand still, the other one goes on, the leader is killed", 1, "no success without a standby");
    }

    [PatroniFact]
    public async Task A_planned_switchover_loses_nothing_and_asks_for_nobody()
    {
        await using var cluster = await PatroniCluster.StartAsync();
        await using var first = await ServiceProcess.StartAsync(cluster.ConnectionString);
        await using var second = await ServiceProcess.StartAsync(cluster.ConnectionString);
        await using var load = new FailoverLoad(first, second);
        var gaps = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await load.GoesOnAsync(100);
            var (leader, standby) = (await cluster.LeaderAsync(), await cluster.SyncStandbyAsync());
            var asked = Stopwatch.GetTimestamp();
            await cluster.SwitchOverAsync(leader, standby);
            (await cluster.LeaderAsync(leader)).ShouldBe(standby);
            var switched = Stopwatch.GetTimestamp();
            await load.GoesOnAsync(100);
            gaps.Add($"{load.FirstSuccess(switched, asked).TotalSeconds:0.0} s");
            await cluster.WholeAsync();
        }
        await JudgeAsync(cluster, load, first, second);
        Tally.Add("patroni", "planned switchovers", 3, $"{load}; asked to the first success after it: {string.Join(", ", gaps)}");
    }

    [PatroniFact]
    public async Task A_leader_that_was_cut_off_acknowledges_nothing_when_it_is_back()
    {
        await using var cluster = await PatroniCluster.StartAsync();
        await using var first = await ServiceProcess.StartAsync(cluster.ConnectionString);
        await using var second = await ServiceProcess.StartAsync(cluster.ConnectionString);
        await using var load = new FailoverLoad(first, second);
        await load.GoesOnAsync(100);
        var leader = await cluster.LeaderAsync();
        await using var old = cluster.Only(leader);
        await ExecuteAsync(old, "CREATE TABLE told (number integer)");
        await using var session = await old.OpenConnectionAsync();

        cluster.Stop(leader);
        var stopped = Stopwatch.GetTimestamp();
        var next = await cluster.LeaderAsync();
        var gap = await GapAsync(cluster, load, stopped, next);

        // Its own word, by a session that it had before and by new ones for as long as it holds itself the leader.
        cluster.Continue(leader);
        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => IsToldAsync(old, number == 0 ? session : null, number)));
        await load.GoesOnAsync(100);
        await cluster.WholeAsync();
        (await cluster.LeaderAsync()).ShouldBe(next, cluster.Logs);
        told.ShouldAllBe(isTold => !isTold);
        await using var store = cluster.Only(next);
        (await Verdict.CountAsync(store, "SELECT count(*) FROM told")).ShouldBe(0);
        await JudgeAsync(cluster, load, first, second);
        Tally.Add("patroni", "leader stopped, another promoted, leader goes on", 1,
            $"{load}; {GapsAre} {gap}");
    }

    [PatroniFact]
    public async Task A_store_that_takes_no_writes_is_answered_503_and_makes_the_node_unready()
    {
        await using var cluster = await PatroniCluster.StartAsync();
        await using var service = await ServiceProcess.StartAsync(cluster.ConnectionString);
        (await service.CreateAsync(Wallet.ManualOrder()))!.Status.ShouldBe(200, service.Output);
        await using var leader = cluster.Only(await cluster.LeaderAsync(), "postgres");
        await ExecuteAsync(leader, "ALTER SYSTEM SET default_transaction_read_only = on");
        await ExecuteAsync(leader, "SELECT pg_reload_conf()");
        await Until.Async(() => ReadyAsync(service), status => status == HttpStatusCode.ServiceUnavailable);
        (await service.CreateAsync(Wallet.ManualOrder())).ShouldBe503();
        await using var writer = await leader.OpenConnectionAsync();
        await ExecuteAsync(writer, "SET default_transaction_read_only = off");
        await ExecuteAsync(writer, "ALTER SYSTEM RESET default_transaction_read_only");
        await ExecuteAsync(writer, "SELECT pg_reload_conf()");
        await Until.Async(() => service.CreateAsync(Wallet.ManualOrder()), answer => answer is { Status: 200 });
        await Until.Async(() => ReadyAsync(service), status => status == HttpStatusCode.OK);
    }

    // For information: nothing is judged by it.
    private static async Task<string> GapAsync(PatroniCluster cluster, FailoverLoad load, long lost, string leader)
    {
        var promoted = Stopwatch.GetTimestamp();
        await cluster.FollowedAsync(leader);
        var followed = Stopwatch.GetTimestamp();
        await load.GoesOnAsync(200);
        TimeSpan[] spans = [Stopwatch.GetElapsedTime(lost, promoted), Stopwatch.GetElapsedTime(promoted, followed),
            load.FirstSuccess(lost, followed)];
        return string.Join(" + ", spans.Select(span => $"{span.TotalSeconds:0.0}")) + " s";
    }

    private static async Task JudgeAsync(PatroniCluster cluster, FailoverLoad load, params ServiceProcess[] nodes)
    {
        await using var store = cluster.Only(await cluster.LeaderAsync());
        await load.JudgeAsync(store);
        nodes.ShouldAllBe(node => !node.HasExited);
    }

    private static async Task<bool> IsToldAsync(NpgsqlDataSource server, NpgsqlConnection? session, int number)
    {
        try
        {
            await using var own = session is null ? await server.OpenConnectionAsync() : null;
            await ExecuteAsync(session ?? own!, $"INSERT INTO told VALUES ({number})");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource server, string sql)
    {
        await using var connection = await server.OpenConnectionAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<HttpStatusCode> ReadyAsync(ServiceProcess service)
    {
        using var answer = await service.Operator.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.StatusCode;
    }

    /// <summary>Patroni and etcd are installed for these alone.</summary>
    private sealed class PatroniFactAttribute : FactAttribute
    {
        public PatroniFactAttribute()
        {
            if (!TestScale.Full) Skip = "./test --full=ha runs it, and installs Patroni for it.";
        }
    }
}

file static class Answers
{
    public static void ShouldBe503(this Answer? answer) => (answer?.Status, answer?.SaysWhen).ShouldBe((503, true), $"{answer}");
}
