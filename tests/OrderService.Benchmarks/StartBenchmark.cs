using System.Diagnostics;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// A start with a million open orders, one of them at a price that the market is already past: from the start of the service's process, on
/// a Postgres that answers, to the durable claim of that one.
/// </summary>
internal static class StartBenchmark
{
    private const int Orders = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // What the poller prices first: a token of the simulated venue, far above a billionth of a dollar.
    private static readonly string CrossedOrder =
        $"""
        INSERT INTO price_pairs (id, watched, base) SELECT max(id) + 1, '{new SignedOrders(1).Sell}', 'USD' FROM price_pairs;
        UPDATE orders SET condition_token = '{new SignedOrders(1).Sell}', target_price = 1000000000 WHERE id = md5('order 0')::uuid;
        UPDATE slices SET pair_id = (SELECT max(id) FROM price_pairs), price_min = 1000000000, wait_price = 1000000000 WHERE order_id = md5('order 0')::uuid;
        """;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        var template = await cluster.CreateAsync("million");
        await OpenOrders.LoadAsync(template, Orders, 1);
        await Cluster.ExecuteAsync(template, CrossedOrder);
        var seconds = new List<double>();
        for (var run = 1; run <= Math.Max(3, arguments.Whole("runs", 3)); run++)
        {
            var took = await MeasureAsync(await cluster.CloneAsync("million", $"start_{run}"));
            report.Note($"run {run}: {took.TotalSeconds:F2} s");
            seconds.Add(took.TotalSeconds);
            await cluster.DropAsync($"start_{run}");
        }
        var median = Samples.MedianOf(seconds);
        report.Add(Number($"start with {Orders:N0} open orders to the first claim"), "≤ 3 s after Postgres answers",
            Number($"{median:F2} s"), "", "", median <= 3);
        return report;
    }

    private static async Task<TimeSpan> MeasureAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var claimed = source.CreateCommand("SELECT status <> 'waiting' FROM slices WHERE order_id = md5('order 0')::uuid");
        if (await claimed.ExecuteScalarAsync() is not false) throw new InvalidOperationException("the order was claimed before the start");
        var started = Stopwatch.GetTimestamp();
        var starting = ServiceChild.StartAsync(connectionString);
        while (await claimed.ExecuteScalarAsync() is false)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit) throw new TimeoutException("nothing was claimed");
            await Task.Delay(5);
        }
        var took = Stopwatch.GetElapsedTime(started);
        await (await starting).DisposeAsync();
        return took;
    }
}
