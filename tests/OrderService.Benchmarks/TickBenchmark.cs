using OrderService.Benchmarks.Ground;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// From a price that crosses ten orders to their durable claim: each tick moves the price of one pair among a million open orders past the
/// next ten.
/// </summary>
internal static class TickBenchmark
{
    private const int Orders = 1_000_000;
    private const int Crossed = 10;
    private const int Ticks = 1_000;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var runs = Math.Max(3, arguments.Whole("runs", 3));
        await using var cluster = await Cluster.StartAsync();
        var connectionString = await cluster.CreateAsync("ticks");
        await OpenOrders.LoadAsync(connectionString, arguments.Whole("orders", Orders), 1);
        await using var node = await Node.StartAsync(connectionString);
        var (p50, p99, crossed) = (new List<double>(), new List<double>(), 0L);
        for (var run = 0; run <= runs; run++)
        {
            var samples = new Samples();
            for (var tick = 0; tick < Ticks; tick++)
            {
                node.SetPrice(OpenOrders.Watched(1), OpenOrders.Crossing(crossed += Crossed));
                samples.AddAll(await Samples.OfAsync(1, async () => Expect(await node.SweepAsync())));
            }
            report.Note($"run {run}{(run == 0 ? " (warm-up)" : "")}: p50 {samples.Median:F3} ms, p99 {samples.P99:F3} ms, longest {samples.Max:F1} ms");
            if (run == 0) continue;
            p50.Add(samples.Median);
            p99.Add(samples.P99);
        }
        var claimed = await Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM slices WHERE status = 'executing'");
        if (claimed != crossed) throw new InvalidOperationException($"{claimed} slices are claimed, {crossed} were crossed");
        var (median, high) = (Samples.MedianOf(p50), Samples.MedianOf(p99));
        report.Add(Number($"tick to durable claim, {Crossed} of {Orders:N0} cross, p50"), "≤ 1 ms", Number($"{median:F3} ms"), "", "",
            median <= 1);
        report.Add(Number($"tick to durable claim, {Crossed} of {Orders:N0} cross, p99"), "≤ 5 ms", Number($"{high:F3} ms"), "", "",
            high <= 5);
        return report;
    }

    private static void Expect(int claimed)
    {
        if (claimed != Crossed) throw new InvalidOperationException($"{claimed} were claimed, {Crossed} crossed");
    }
}
