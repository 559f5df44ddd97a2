using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// One tick that crosses 100,000 of a million open orders while others are being created, and what it leaves behind for the ticks after it.
/// </summary>
internal static class BurstBenchmark
{
    private const int Orders = 1_000_000;
    private const int Crossed = 100_000;
    private const int CreatesPerSecond = 1_000;
    private const int TicksAfter = 1_000;
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(2);

    private sealed record Run(double ClaimsPerSecond, Samples Creates, double EmptyBefore, double EmptyAfter, TimeSpan Vacuum);

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        await OpenOrders.LoadAsync(await cluster.CreateAsync("million"), Orders, 1);
        var runs = new List<Run>();
        for (var run = 1; run <= Math.Max(3, arguments.Whole("runs", 3)); run++)
        {
            runs.Add(await MeasureAsync(await cluster.CloneAsync("million", $"burst_{run}")));
            await cluster.DropAsync($"burst_{run}");
            var last = runs[^1];
            report.Note($"run {run}: {last.ClaimsPerSecond:N0} claims/s; {last.Creates.Count} creates, p50 {last.Creates.Median:F1} ms, p99 {last.Creates.P99:F1} ms, longest {last.Creates.Max:F0} ms; empty sweep {last.EmptyBefore:F3} ms before, {last.EmptyAfter:F3} ms after; vacuum {last.Vacuum.TotalSeconds:F1} s");
        }
        var claims = Samples.MedianOf(runs.Select(run => run.ClaimsPerSecond));
        var creates = Samples.MedianOf(runs.Select(run => run.Creates.P99));
        var after = Samples.MedianOf(runs.Select(run => run.EmptyAfter / run.EmptyBefore));
        report.Add(Number($"tick that crosses {Crossed:N0} of {Orders:N0}"), "≥ 15,000 durable claims/s", Number($"{claims:N0}/s"), "", "",
            claims >= 15_000);
        report.Add(Number($"creates at {CreatesPerSecond:N0}/s meanwhile, p99"), "≤ 100 ms", Number($"{creates:F1} ms"), "", "",
            creates <= 100);
        report.Add(Number($"empty sweep {TicksAfter:N0} ticks after, against before"), "≤ 2",
            Number($"{Samples.MedianOf(runs.Select(run => run.EmptyAfter)):F3} ms"),
            Number($"{Samples.MedianOf(runs.Select(run => run.EmptyBefore)):F3} ms"), Number($"{after:F2}"), after <= 2);
        return report;
    }

    private static async Task<Run> MeasureAsync(string connectionString)
    {
        await using var node = await Node.StartAsync(connectionString);
        var orders = new SignedOrders(1_000);
        node.SetPrice(OpenOrders.Watched(1), Price.One);
        node.SetPrice(orders.Sell, Price.One);
        await WarmUpAsync(node, orders);
        var before = (await Samples.OfAsync(TicksAfter, node.SweepAsync)).Median;

        var (waiting, refused) = (orders.Waiting(CreatesPerSecond * 60), 0);
        var create = node.Get<PlaceOrder>();
        var creates = new Paced(
            async i =>
            {
                if ((await create.HandleAsync(waiting[i], CancellationToken.None)).IsRejected(out _)) Interlocked.Increment(ref refused);
            },
            waiting.Length, CreatesPerSecond);
        var creating = creates.RunAsync();
        await Task.Delay(Around);
        creates.Restart(); // what counts is while the burst is claimed
        node.SetPrice(OpenOrders.Watched(1), OpenOrders.Crossing(Crossed));
        var started = Stopwatch.GetTimestamp();
        var claimed = await node.SweepAsync();
        var took = Stopwatch.GetElapsedTime(started);
        creates.Stop();
        await creating;
        if (claimed != Crossed || refused > 0) throw new InvalidOperationException($"{claimed} were claimed and {refused} creates refused");

        started = Stopwatch.GetTimestamp();
        await node.Get<VacuumWorker>().TickAsync(CancellationToken.None); // as the service does after so many claims
        var vacuum = Stopwatch.GetElapsedTime(started);
        await Samples.OfAsync(TicksAfter, node.SweepAsync);
        return new Run(claimed / took.TotalSeconds, creates.Samples, before, (await Samples.OfAsync(TicksAfter, node.SweepAsync)).Median,
            vacuum);
    }

    private static async Task WarmUpAsync(Node node, SignedOrders orders)
    {
        foreach (var order in orders.Waiting(1_000))
        {
            if ((await node.Get<PlaceOrder>().HandleAsync(order, CancellationToken.None)).IsRejected(out var why))
                throw new InvalidOperationException(why.Message);
        }
        await Samples.OfAsync(TicksAfter, node.SweepAsync);
    }
}
