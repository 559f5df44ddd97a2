using System.Diagnostics;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Engine.Orders;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// Orders that are all due at once, from the start of the workers until the simulated chain has confirmed the last of them and their orders
/// say so. Blocks are mined as soon as something waits.
/// </summary>
internal static class SwapsBenchmark
{
    private const int Orders = 5_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var count = arguments.Whole("orders", Orders);
        await using var cluster = await Cluster.StartAsync();
        var rates = new List<double>();
        for (var run = 0; run <= Math.Max(3, arguments.Whole("runs", 3)); run++)
        {
            var took = await MeasureAsync(cluster, await cluster.CreateAsync($"swaps_{run}"), count, report);
            if (run > 0) rates.Add(count / took.TotalSeconds);
        }
        var rate = Samples.MedianOf(rates);
        report.Add(Number($"{count:N0} swaps due at once, 0 ms venue, confirmed end to end"), "≥ 500 swaps/s", Number($"{rate:N0}/s"), "",
            "", rate >= 500);
        return report;
    }

    private static async Task<TimeSpan> MeasureAsync(Cluster cluster, string connectionString, int count, Report report)
    {
        await using var node = await Node.StartAsync(connectionString);
        var create = node.Get<PlaceOrder>();
        var created =
            await Task.WhenAll(new SignedOrders(1).AtOnce(count).Select(order => create.HandleAsync(order, CancellationToken.None)));
        foreach (var one in created) if (one.IsRejected(out var why)) throw new InvalidOperationException(why.Message);

        var (started, service, postgres) = (Stopwatch.GetTimestamp(), CpuTime.OfThisProcess(), CpuTime.OfTree(cluster.ProcessId));
        await node.RunAllAsync();
        while (await CompletedAsync(node) < count)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new TimeoutException($"{await CompletedAsync(node)} of {count} orders are completed after {Limit}");
            await Task.Delay(20);
        }
        var took = Stopwatch.GetElapsedTime(started);
        (service, postgres) = (CpuTime.OfThisProcess() - service, CpuTime.OfTree(cluster.ProcessId) - postgres);
        var swaps =
            await Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM (SELECT DISTINCT uuid FROM simulator.swaps) AS once");
        var all = await Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM simulator.swaps");
        if (swaps != count || all != count) throw new InvalidOperationException($"{all} swaps of {swaps} uuids for {count} orders");
        report.Note($"{count:N0} orders in {took.TotalSeconds:F2} s: {count / took.TotalSeconds:N0} swaps/s, {await Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM simulator.blocks")} blocks; CPU of each: service {service * 1000 / count:F2} ms, Postgres {postgres * 1000 / count:F2} ms");
        return took;
    }

    private static async Task<long> CompletedAsync(Node node)
    {
        await using var command = node.Get<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM orders WHERE status = 'completed'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
