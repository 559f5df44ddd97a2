using System.Collections.Concurrent;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Accounts;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Reliability;

/// <summary>
/// kill -9 of the service before and after every numbered step of an execution, then a new process, then the ledger is asked.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "crashes")]
public sealed class CrashMatrixTests
{
    private static readonly int SeedsCount = TestScale.Full ? 20 : 1;

    public static TheoryData<string, string> Points()
    {
        var points = new TheoryData<string, string>();
        foreach (var (step, edge) in TestScale.Shared(KillPoint.Steps.SelectMany(step => KillPoint.Edges, (step, edge) => (step, edge))))
            points.Add(step, edge);
        return points;
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_killed_service_swaps_every_acknowledged_order_once(string step, string edge)
    {
        var failures = new ConcurrentQueue<string>();
        var orders = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, SeedsCount), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            var run = new CrashRun(step, edge, seed);
            foreach (var failure in await run.RunAsync()) failures.Enqueue($"seed {seed}: {failure}");
            Interlocked.Add(ref orders, run.OrdersCount);
        });
        Tally.Add("crash matrix", $"{step}:{edge}", SeedsCount, $"{orders} orders");
        failures.ShouldBeEmpty();
    }
}

/// <summary>One cell of the matrix with one seed.</summary>
internal sealed class CrashRun(string step, string edge, int seed)
{
    private const int OrdersMin = 20;
    private const int OrdersMax = 200;
    private const int ManagedOrders = 10;
    private static readonly (string, string)[] Settings = [("Accounts__MasterKey", new string('5', 64))];

    private readonly Random _random = new(HashCode(step, edge, seed));
    private readonly ConcurrentDictionary<string, (SignedOrder Order, string? CreatedAt)> _orders = new();
    private readonly List<string> _managed = [];
    private readonly List<string> _failures = [];

    public int OrdersCount => _orders.Count + _managed.Count;

    /// <summary>What went wrong; empty where nothing did.</summary>
    public async Task<List<string>> RunAsync()
    {
        await using var database = await TestDatabase.CreateAsync();
        await PlaceManagedAsync(database.ConnectionString);
        await using (var first =
            await ServiceProcess.StartAsync(database.ConnectionString, new KillPoint(step, edge, 1 + _random.Next(4)), Settings))
        {
            first.Arm();
            await PostUntilGoneAsync(first);
            if (!first.WasKilled) _failures.Add($"the service was not killed at its step\n{first.Output}");
        }
        if (_random.Next(2) == 0) await CrashAgainAsync(database.ConnectionString);
        await using var last = await ServiceProcess.StartAsync(database.ConnectionString, null, Settings);
        while (_orders.Count < OrdersMin) await PostAsync(last, Wallet.DueOrder());
        await RetryAsync(last);
        await JudgeAsync(database.ConnectionString, last);
        return _failures;
    }

    // Orders of an account, which signs some of them when they are sent and calls for the others itself, several at once.
    private async Task PlaceManagedAsync(string connectionString)
    {
        await using var engine = await EngineWorld.StartAsync(connectionString, time: new ManualTime(DateTimeOffset.UtcNow));
        var account = await engine.OpenAccountAsync(1_000_000);
        await engine.Get<SimulatedLedger>().FundAsync(Principal.From(account.Address), TokenId.Stx, new TokenAmount(1_000_000), default);
        for (var i = 0; i < ManagedOrders; i++)
        {
            var isCalled = i % 2 == 0;
            var made = await engine.TryCreateManagedAsync(account, 1_000,
                more: terms => isCalled ? terms with { SellToken = TokenId.Stx, BuyToken = engine.Sell } : terms);
            _managed.Add(made.Value.Terms.Uuid.ToString());
        }
    }

    // A second crash while the first is being recovered from, at any step.
    private async Task CrashAgainAsync(string connectionString)
    {
        var again =
            new KillPoint(KillPoint.Steps[_random.Next(KillPoint.Steps.Length)], KillPoint.Edges[_random.Next(2)], 1 + _random.Next(3));
        await using var second = await ServiceProcess.StartAsync(connectionString, again, Settings);
        second.Arm();
        await PostUntilGoneAsync(second);
        if (!second.WasKilled) _failures.Add($"the service was not killed again at {again}\n{second.Output}");
    }

    private async Task PostUntilGoneAsync(ServiceProcess service)
    {
        var pauses = Enumerable.Range(0, OrdersMax).Select(_ => _random.Next(60)).ToArray();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            while (!service.HasExited && Interlocked.Increment(ref next) is var i && i < pauses.Length)
            {
                await PostAsync(service, Wallet.DueOrder());
                await Task.Delay(pauses[i]);
            }
        }));
        try
        {
            await service.WaitForExitAsync(Until.Limit);
        }
        catch (OperationCanceledException)
        {
            // Told by WasKilled.
        }
    }

    private async Task PostAsync(ServiceProcess service, SignedOrder order)
    {
        _orders.TryAdd(order.Uuid, (order, null));
        if (await service.CreateAsync(order) is not { } answer) return;
        if (answer.Status == 200) _orders[order.Uuid] = (order, answer.CreatedAt);
        else lock (_failures) _failures.Add($"a create was answered {answer}");
    }

    // Whoever got no answer asks again with the same body; whoever did is told the same again.
    private async Task RetryAsync(ServiceProcess service)
    {
        foreach (var (order, createdAt) in _orders.Values)
        {
            var answer = await service.CreateAsync(order);
            if (answer?.Status != 200 || (createdAt is not null && answer.CreatedAt != createdAt))
                _failures.Add($"a retry of what was created at {createdAt ?? "no known time"} was answered {answer}");
        }
    }

    private async Task JudgeAsync(string connectionString, ServiceProcess last)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var ended = await Verdict.AwaitEndAsync(source, Until.Limit);
        _failures.AddRange(await Verdict.FindAsync(source));
        _failures.AddRange((await Verdict.LostAsync(source, _orders.Keys.Concat(_managed))).Select(uuid => $"{uuid} was lost"));
        _failures.AddRange((await Verdict.ReadAsync(source,
            "SELECT uuid || ' ended as ' || status || ' ' || coalesce(reason, '') FROM orders WHERE status <> 'completed'")));
        if (!ended) _failures.Add($"not everything ended within {Until.Limit}\n{last.Output}");
    }

    // Equal in every process, unlike string.GetHashCode.
    private static int HashCode(string step, string edge, int seed) =>
        (step + edge).Aggregate(seed * 7919, (hash, letter) => unchecked(hash * 31 + letter));
}
