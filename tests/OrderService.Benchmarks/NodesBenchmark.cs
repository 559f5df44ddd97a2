using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What more nodes on one store add. Swaps are prepared and sent with commits that each take 52 ms, as where a standby is in another place,
/// so that the store's waits and not this machine's two cores are the limit; orders that end together are closed with commits as they are.
/// </summary>
internal static class NodesBenchmark
{
    private const int Orders = 1_500;
    private const int Ending = 2_000;
    private const int Wallets = 64;
    private const int CommitMicroseconds = 52_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly (string Key, string Value)[] Settings =
        [("Simulator:SolversCount", "8"), ("Simulator:BlockInterval", "01:00:00"), ("Execution:Workers", "2")];

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var (orders, ending) = (arguments.Whole("orders", Orders), arguments.Whole("ending", Ending));
        await using var cluster = await Cluster.StartAsync();
        var (sent, closed) = (new List<double>[] { [], [] }, new List<double>[] { [], [] });
        for (var run = 0; run <= Math.Max(3, arguments.Whole("runs", 3)); run++)
        {
            foreach (var (nodes, place) in new[] { (1, 0), (3, 1) })
            {
                var (send, close) = (await SendAsync(cluster, $"send_{nodes}_{run}", nodes, orders, report),
                    await CloseAsync(cluster, $"close_{nodes}_{run}", nodes, ending));
                report.Note($"run {run}, {nodes} nodes: {orders / send.TotalSeconds:N0} sent a second; {ending:N0} ended in {close.TotalSeconds:F2} s");
                if (run == 0) continue; // warms up
                sent[place].Add(orders / send.TotalSeconds);
                closed[place].Add(close.TotalSeconds);
            }
        }
        var (one, three) = (Samples.MedianOf(sent[0]), Samples.MedianOf(sent[1]));
        report.Add(Number($"swaps prepared and sent a second, 8 accounts, commits of {CommitMicroseconds / 1_000} ms: three nodes against one, 2 executors each"), "≥ 1.8", Number($"{three:N0}/s"), Number($"{one:N0}/s"), Number($"{three / one:F2}"), three >= one * 1.8);
        var (alone, together) = (Samples.MedianOf(closed[0]), Samples.MedianOf(closed[1]));
        report.Add(Number($"{ending:N0} orders that end together, until all are closed: three nodes against one"), "≤ 1.1",
            Number($"{together:F2} s"), Number($"{alone:F2} s"), Number($"{together / alone:F2}"), together <= alone * 1.1);
        return report;
    }

    private static async Task<TimeSpan> SendAsync(Cluster cluster, string name, int nodes, int count, Report report)
    {
        var connectionString = await cluster.CreateAsync(name);
        var signed = new SignedOrders(Wallets);
        await PlaceAsync(connectionString, signed, signed.AtOnce(count));
        await Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), $"ALTER DATABASE {name} SET commit_delay = {CommitMicroseconds}");
        await Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), $"ALTER DATABASE {name} SET commit_siblings = 0");
        TimeSpan took;
        var (waits, processor) = (Waits.Watch(connectionString), CpuTime.OfThisProcess() + CpuTime.OfTree(cluster.ProcessId));
        await using (waits)
        {
            took = await UntilAsync(connectionString, nodes, "SELECT count(*) FROM attempts WHERE status IN ('prepared', 'sent')", count,
                TimeSpan.Zero);
        }
        processor = CpuTime.OfThisProcess() + CpuTime.OfTree(cluster.ProcessId) - processor;
        report.Note($"{nodes} nodes: backends at once by what they wait for: {waits}; {processor:F1} s of processor, the nodes' start and end included");
        if (await Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM attempts") != count)
            throw new InvalidOperationException("a swap was sent twice");
        await cluster.DropAsync(name);
        return took;
    }

    private static async Task<TimeSpan> CloseAsync(Cluster cluster, string name, int nodes, int count)
    {
        var connectionString = await cluster.CreateAsync(name);
        var signed = new SignedOrders(Wallets);
        var lead = TimeSpan.FromSeconds(15);
        var end = DateTimeOffset.UtcNow + lead;
        // Signatures cover the intent, not the window.
        await PlaceAsync(connectionString, signed,
            [.. signed.Waiting(count).Select(order => order with { Terms = order.Terms with { ValidTo = end } })]);
        var took = await UntilAsync(connectionString, nodes,
            "SELECT count(*) FROM orders WHERE status NOT IN ('open', 'paused', 'cancelling')", count, end - DateTimeOffset.UtcNow);
        await cluster.DropAsync(name);
        return took;
    }

    private static async Task PlaceAsync(string connectionString, SignedOrders signed, NewOrder[] orders)
    {
        await using var node = await Node.StartAsync(connectionString, Settings);
        foreach (var owner in orders.Select(order => order.Terms.Owner).Distinct())
        {
            await node.Get<SimulatedLedger>()
                .FundAsync(Principal.From(owner), signed.Sell, new TokenAmount(1_000_000_000_000), CancellationToken.None);
        }
        var created = await Task.WhenAll(orders.Select(order => node.Get<PlaceOrder>().HandleAsync(order, CancellationToken.None)));
        foreach (var one in created) if (one.IsRejected(out var why)) throw new InvalidOperationException(why.Message);
    }

    // Counted from when all nodes work, or from the moment that all wait for.
    private static async Task<TimeSpan> UntilAsync(string connectionString, int nodes, string counting, int count, TimeSpan lead)
    {
        var due = Stopwatch.GetTimestamp() + (long)(lead.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => Node.StartAsync(connectionString, Settings)));
        try
        {
            var started = Math.Max(due, Stopwatch.GetTimestamp());
            await Task.WhenAll(all.Select(node => node.RunAllAsync()));
            while (await Cluster.ScalarAsync<long>(connectionString, counting) < count)
            {
                if (Stopwatch.GetElapsedTime(started) > Limit) throw new TimeoutException($"not all are through after {Limit}");
                await Task.Delay(20);
            }
            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            foreach (var node in all) await node.DisposeAsync();
        }
    }
}
