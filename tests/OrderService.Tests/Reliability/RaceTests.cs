using System.Collections.Concurrent;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Accounts;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Reliability;

/// <summary>
/// 64 cancels, executes and ticks on one order at once, over the use cases themselves with one and with two engine nodes on one Postgres.
/// Now and then the clock jumps past the lease in the middle, so that a claim is taken over while its holder still works.
/// </summary>
[Trait(TestScale.Trait, "races")]
public sealed class RaceTests
{
    private const int CallsCount = 64;
    private static readonly int RoundsCount = TestScale.Full ? 1_000 : 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_cancel_that_was_granted_is_never_followed_by_a_swap_and_nothing_is_swapped_twice(int nodesCount)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var nodes = new List<EngineWorld>();
        for (var i = 0; i < nodesCount; i++) nodes.Add(await EngineWorld.StartAsync(database.ConnectionString, time: time));
        var account = await nodes[0].OpenAccountAsync(1_000_000);
        await nodes[0].Get<SimulatedLedger>().FundAsync(Principal.From(account.Address), TokenId.Stx, new TokenAmount(1_000_000), default);
        var tally = new RaceTally();
        for (var seed = 1; seed <= RoundsCount; seed++)
            (await new RaceRound(nodes, account, time, new Random(seed), tally).RunAsync(CallsCount)).ShouldBeEmpty($"round {seed}");
        (await Verdict.FindAsync(source)).ShouldBeEmpty();
        Tally.Add("races, use cases", $"{nodesCount} nodes", RoundsCount, tally.ToString());
        // A race that always ends in one way would show nothing.
        tally.Cancelled.ShouldBeGreaterThan(0);
        tally.Swapped.ShouldBeGreaterThan(0);
        foreach (var node in nodes) await node.DisposeAsync();
    }
}

/// <summary>How the rounds ended.</summary>
internal sealed class RaceTally
{
    public int Cancelled { get; set; }

    public int Swapped { get; set; }

    public int Executed { get; set; }

    public override string ToString() => $"{Cancelled} cancelled, {Swapped} swapped, {Executed} of them by a call";
}

/// <summary>One order and everybody at once.</summary>
internal sealed class RaceRound(List<EngineWorld> nodes, ManagedAccount account, ManualTime time, Random random, RaceTally tally)
{
    private readonly Caller _caller = new(nodes[0].Owner, null, null);
    private readonly ConcurrentQueue<Result<Order>> _cancels = new();
    private readonly ConcurrentQueue<Result<string>> _executes = new();

    public async Task<List<string>> RunAsync(int callsCount)
    {
        var world = nodes[0];
        var order = await CreateAsync(world);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Calls(order, callsCount).Select(async call =>
        {
            await start.Task;
            await call();
        }).ToArray();
        start.SetResult();
        await Task.WhenAll(calls);
        await EndAsync(order);
        return Judge((await world.ReadAsync(order)).Order, await SwapsAsync(order));
    }

    // Of a wallet that signed it, or of an account that signs it when it is sent, or calls itself.
    private async Task<Order> CreateAsync(EngineWorld world)
    {
        if (random.Next(2) == 0) return await world.CreateAsync(world.Terms(random.Next(3) == 0 ? SliceTrigger.Manual : SliceTrigger.Time));
        var isCalled = random.Next(2) == 0;
        return (await world.TryCreateManagedAsync(account, 100,
            more: terms => isCalled ? terms with { SellToken = TokenId.Stx, BuyToken = world.Sell } : terms)).Value;
    }

    // Who calls what, where and when is the seed's choice. An execution takes three round trips and a cancel one, so in most rounds the
    // cancels are few and come a little later: both sides must win now and then.
    private IEnumerable<Func<Task>> Calls(Order order, int count)
    {
        var (cancelsCount, delayMax) = random.Next(4) == 0 ? (count / 4, 1) : (random.Next(1, 4), 40);
        for (var i = 0; i < cancelsCount; i++)
        {
            var (node, delay) = (nodes[random.Next(nodes.Count)], random.Next(delayMax));
            yield return async () =>
            {
                await Task.Delay(delay);
                _cancels.Enqueue(await node.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, _caller, default));
            };
        }
        var jumps = random.Next(3) == 0;
        for (var i = cancelsCount; i < count; i++)
        {
            var node = nodes[random.Next(nodes.Count)];
            yield return random.Next(8) switch
            {
                < 4 => async () => _executes.Enqueue(await node.Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, _caller, default)),
                4 => () => node.Get<ExecutionWorker>().TickAsync(default),
                5 => node.MineAsync,
                6 when jumps => async () =>
                {
                    await Task.Delay(5);
                    time.Advance(TimeSpan.FromSeconds(31));
                    await node.SweepAsync();
                },
                _ => () => node.SweepAsync(),
            };
        }
    }

    // A manual order that nobody managed to execute is cancelled, so that every round has an end.
    private async Task EndAsync(Order order)
    {
        for (var beat = 0; beat < 20 && (await nodes[0].ReadAsync(order)).Order.EndedAt is null; beat++)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            foreach (var node in nodes) await node.BeatAsync();
            if (beat == 5) _cancels.Enqueue(await nodes[0].Get<CancelOrder>().HandleAsync(order.Terms.Uuid, _caller, default));
        }
    }

    private List<string> Judge(Order order, long swapsCount)
    {
        var failures = new List<string>();
        var granted = _cancels.Count(c => !c.IsRejected(out _, out _));
        var txIds = _executes.Where(e => !e.IsRejected(out _, out _)).Select(e => e.Value).ToArray();
        if (granted > 0 && swapsCount > 0) failures.Add($"{granted} cancels were granted and {swapsCount} swaps followed");
        if (swapsCount > 1) failures.Add($"{swapsCount} swaps");
        if (txIds.Distinct().Count() > 1) failures.Add($"executes were answered with {txIds.Distinct().Count()} transactions");
        if (granted > 1) failures.Add($"{granted} cancels were granted");
        if (granted > 0 && txIds.Length > 0) failures.Add("a cancel and an execute were both granted");
        if (txIds.Length > 0 && swapsCount != 1) failures.Add("an execute was granted and no swap followed");
        if (order.Status is not (OrderStatus.Cancelled or OrderStatus.Completed))
            failures.Add($"it ended as {order.Status}, {order.Slices[0].Status} {order.Slices[0].Reason}");
        if (order.Status == OrderStatus.Cancelled) tally.Cancelled++;
        if (swapsCount > 0) tally.Swapped++;
        if (txIds.Length > 0) tally.Executed++;
        return failures;
    }

    private Task<long> SwapsAsync(Order order) =>
        nodes[0].ScalarAsync($"SELECT count(*) FROM simulator.swaps w WHERE w.uuid = '{order.Terms.Uuid}' OR EXISTS (SELECT 1 FROM attempts a WHERE a.order_id = '{order.Id}' AND a.tx_id = w.tx_id AND a.status <> 'rejected')");
}
