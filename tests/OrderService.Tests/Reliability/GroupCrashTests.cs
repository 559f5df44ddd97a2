using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Groups whose legs are all due, and a kill -9 at the steps of an execution while they run: each ends with exactly the swaps that it asks
/// for, whichever process goes on.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "crashes")]
public sealed class GroupCrashTests
{

    private static readonly Dictionary<GroupKind, int> SwapsOf = new()
    {
        [GroupKind.Oco] = 1, [GroupKind.Oto] = 2, [GroupKind.Bracket] = 2,
    };

    [Fact]
    public async Task Groups_survive_a_kill_at_each_step_with_the_swaps_that_they_ask_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var (random, kills, groups) = (new Random(20_261_128), 0, new Dictionary<Guid, GroupKind>());
        for (var round = 0; round < (TestScale.Full ? 20 : 1); round++)
        {
            foreach (var point in CurveCrashTests.Steps(random))
            {
                await PlaceAsync(database.ConnectionString, groups);
                await using var service = await ServiceProcess.StartAsync(database.ConnectionString, point);
                service.Arm();
                await Until.Async(async () => service.WasKilled || await CurveCrashTests.EndedAsync(source) ? 1 : 0, done => done == 1,
                    Until.Limit);
                if (service.WasKilled) kills++;
            }
        }
        kills.ShouldBeGreaterThan(0);
        await using var last = await ServiceProcess.StartAsync(database.ConnectionString);
        (await Verdict.AwaitEndAsync(source, Until.Limit)).ShouldBeTrue(last.Output);
        (await Verdict.FindAsync(source)).ShouldBeEmpty();
        foreach (var (id, kind) in groups)
        {
            (await Verdict.CountAsync(source,
                $"SELECT count(*) FROM simulator.swaps w JOIN orders o ON o.uuid = w.uuid WHERE o.group_id = '{id}'")).ShouldBe(
                    SwapsOf[kind], $"group {id}, {kind}");
            (await Verdict.CountAsync(source,
                $"SELECT count(*) FROM orders WHERE group_id = '{id}' AND status NOT IN ('completed', 'cancelled')")).ShouldBe(0);
        }
        Tally.Add("crash matrix", "groups", groups.Count, $"{kills} kills");
    }

    private static async Task PlaceAsync(string connectionString, Dictionary<Guid, GroupKind> groups)
    {
        await using var engine = await EngineWorld.StartAsync(connectionString, time: new ManualTime(DateTimeOffset.UtcNow));
        foreach (var kind in new[] { GroupKind.Oco, GroupKind.Oco, GroupKind.Oto, GroupKind.Bracket })
        {
            var id = Guid.NewGuid();
            var legs = Enumerable.Range(1, kind.LegsCount()).Select(leg => engine.Terms() with { GroupId = id, Leg = leg })
                .Select(terms => NewOrder.Signed(terms, engine.Sign(terms), null, "charisma", null));
            (await engine.Get<PlaceOrders>().TogetherAsync([.. legs], new GroupSlot(id, kind), default)).Refused.ShouldBeNull();
            groups[id] = kind;
        }
    }
}
