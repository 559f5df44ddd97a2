using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Orders of one wallet that together sell more than it has, due at once on two engine nodes: each node sees the whole balance, and no more
/// is sent than there is. Once the wallet is funded, all are swapped.
/// </summary>
[Trait(TestScale.Trait, "races")]
public sealed class HoldRaceTests
{
    private static readonly int RoundsCount = TestScale.Full ? 1_000 : 50;

    [Fact]
    public async Task M2_Two_nodes_never_send_more_than_a_wallet_has_and_swap_all_of_it_once_it_is_funded()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var nodes = new List<EngineWorld>();
        for (var i = 0; i < 2; i++)
        {
            nodes.Add(await EngineWorld.StartAsync(database.ConnectionString, time: time,
                settings: ("Accounts:BalanceReadsPerMinute", "1000000")));
        }
        var world = nodes[0];
        var (held, sent) = (0L, 0L);
        for (var seed = 1; seed <= RoundsCount; seed++)
        {
            var random = new Random(seed);
            var wallet = new OwnWallet(world, seed);
            var amounts = Enumerable.Range(0, random.Next(2, 9)).Select(_ => (UInt128)random.Next(1, 10) * 100_000).ToList();
            var whole = amounts.Aggregate((UInt128)0, (sum, amount) => sum + amount);
            var first = (UInt128)random.Next(1, (int)whole);
            await wallet.FundAsync(first);
            var orders = new List<Order>();
            foreach (var amount in amounts) orders.Add(await wallet.CreateAsync(amount));
            await Task.WhenAll(Calls(nodes, time, random, 24).Select(call => Task.Run(call)));
            foreach (var node in nodes) await node.BeatAsync();
            var spent = await SpentAsync(world, wallet);
            spent.ShouldBeLessThanOrEqualTo((long)first, $"round {seed}");
            held += await world.ScalarAsync($"SELECT count(*) FROM slices s JOIN orders o ON o.id = s.order_id WHERE o.owner = '{wallet.Address}' AND s.reason = 'insufficient_balance'");

            await wallet.FundAsync(whole - first);
            for (var beat = 0; beat < 10 && await OpenAsync(world, wallet) > 0; beat++)
            {
                time.Advance(TimeSpan.FromSeconds(61));
                foreach (var node in nodes) await node.BeatAsync();
            }
            (await OpenAsync(world, wallet)).ShouldBe(0, $"round {seed}");
            (await SpentAsync(world, wallet)).ShouldBe((long)whole, $"round {seed}");
            sent += orders.Count;
        }
        // Each order by one attempt: nothing reverted for want of funds, which no count of swaps would show.
        (await world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(sent);
        (await world.ScalarAsync("SELECT count(*) FROM attempts WHERE status <> 'confirmed'")).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(*) FROM holds WHERE in_flight <> 0")).ShouldBe(0);
        Tally.Add("holds, two nodes", "2 nodes", RoundsCount, $"{sent} orders swapped, {held} waited for funds");
        held.ShouldBeGreaterThan(RoundsCount / 2); // a race that nobody loses would show nothing
        foreach (var node in nodes) await node.DisposeAsync();
    }

    private static IEnumerable<Func<Task>> Calls(List<EngineWorld> nodes, ManualTime time, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var node = nodes[random.Next(nodes.Count)];
            yield return random.Next(8) switch
            {
                < 4 => () => node.Get<ExecutionWorker>().TickAsync(default),
                4 => node.MineAsync,
                5 => () =>
                {
                    time.Advance(TimeSpan.FromSeconds(3));
                    return node.SweepAsync();
                },
                _ => () => node.SweepAsync(),
            };
        }
    }

    private static Task<long> SpentAsync(EngineWorld world, OwnWallet wallet) =>
        world.ScalarAsync($"SELECT coalesce(sum(amount_in), 0)::bigint FROM simulator.swaps WHERE owner = '{wallet.Address}'");

    private static Task<long> OpenAsync(EngineWorld world, OwnWallet wallet) =>
        world.ScalarAsync($"SELECT count(*) FROM orders WHERE owner = '{wallet.Address}' AND status <> 'completed'");
}
