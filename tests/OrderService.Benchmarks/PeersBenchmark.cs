using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Rivals;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What a user would pick instead to do something once at its moment: as much work that is due at once, and as much that falls due at a
/// steady pace, on one durable Postgres, by turns. A job of a library writes one row.
/// </summary>
internal static class PeersBenchmark
{
    private const int Jobs = 3_000;
    private const int PerSecond = 200;
    private const int Seconds = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var jobs = arguments.Whole("jobs", Jobs);
        await using var cluster = await Cluster.StartAsync();
        IRival[] rivals = [new OrdersRival(), new QuartzRival(), new HangfireRival(),
            new GraphileRival(arguments.Text("package") ?? "tests/OrderService.Benchmarks/Rivals/graphile")];
        var rates = rivals.ToDictionary(rival => rival, _ => new List<double>());
        var late = rivals.ToDictionary(rival => rival, _ => new List<Samples>());
        for (var run = 1; run <= Math.Max(1, arguments.Whole("runs", 3)); run++)
        {
            for (var place = 0; place < rivals.Length; place++)
            {
                var rival = rivals[place];
                var rate = jobs / (await BurstAsync(cluster, rival, $"burst_{place}_{run}", jobs)).TotalSeconds;
                var lateness = await PacedAsync(cluster, rival, $"paced_{place}_{run}");
                report.Note($"run {run}, {rival.Name}: {rate:N0}/s; at {PerSecond}/s late by {lateness.Median:F0} ms p50, {lateness.P99:F0} ms p99, {lateness.Max:F0} ms at most");
                rates[rival].Add(rate);
                late[rival].Add(lateness);
            }
        }
        var ours = (Rate: Samples.MedianOf(rates[rivals[0]]), P50: Samples.MedianOf(late[rivals[0]].Select(one => one.Median)),
            P99: Samples.MedianOf(late[rivals[0]].Select(one => one.P99)));
        foreach (var rival in rivals[1..])
        {
            var (rate, p50, p99) = (Samples.MedianOf(rates[rival]), Samples.MedianOf(late[rival].Select(one => one.Median)),
                Samples.MedianOf(late[rival].Select(one => one.P99)));
            report.Add(Number($"{jobs:N0} due at once, done and recorded, against {rival.Name}"), "≥ 1", Number($"{ours.Rate:N0}/s"),
                Number($"{rate:N0}/s"), Number($"{ours.Rate / rate:F2}"), ours.Rate >= rate);
            report.Add(Number($"{PerSecond} due a second, how late, p50 and p99, against {rival.Name}"), "≤ 1",
                Number($"{ours.P50:F0} and {ours.P99:F0} ms"), Number($"{p50:F0} and {p99:F0} ms"),
                Number($"{ours.P50 / p50:F2} and {ours.P99 / p99:F2}"), ours.P50 <= p50 && ours.P99 <= p99);
        }
        return report;
    }

    private static async Task<TimeSpan> BurstAsync(Cluster cluster, IRival rival, string name, int jobs)
    {
        var connectionString = await StoreAsync(cluster, rival, name, [.. Enumerable.Repeat(DateTimeOffset.UtcNow, jobs)]);
        var started = Stopwatch.GetTimestamp();
        await WorkAsync(rival, connectionString, jobs);
        var took = Stopwatch.GetElapsedTime(started);
        await cluster.DropAsync(name);
        return took;
    }

    private static async Task<Samples> PacedAsync(Cluster cluster, IRival rival, string name)
    {
        var first = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(25); // so long may storing and starting take
        var due = Enumerable.Range(0, PerSecond * Seconds).Select(i => first + TimeSpan.FromSeconds((double)i / PerSecond)).ToList();
        var connectionString = await StoreAsync(cluster, rival, name, due);
        if (DateTimeOffset.UtcNow > first - TimeSpan.FromSeconds(3))
            throw new InvalidOperationException($"{rival.Name} took too long to store {due.Count} jobs");
        await WorkAsync(rival, connectionString, due.Count);
        var lateness = await rival.LatenessAsync(connectionString);
        if (lateness.Count != due.Count) throw new InvalidOperationException($"{rival.Name} did {lateness.Count} of {due.Count}");
        await cluster.DropAsync(name);
        return lateness;
    }

    private static async Task<string> StoreAsync(Cluster cluster, IRival rival, string name, IReadOnlyList<DateTimeOffset> due)
    {
        var connectionString = rival is OrdersRival ? await cluster.CreateAsync(name) : await cluster.CreateEmptyAsync(name);
        await rival.StoreAsync(connectionString, due);
        await Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), "CHECKPOINT");
        return connectionString;
    }

    private static async Task WorkAsync(IRival rival, string connectionString, int jobs)
    {
        var started = Stopwatch.GetTimestamp();
        await using var working = await rival.WorkAsync(connectionString);
        while (await rival.DoneAsync(connectionString) < jobs)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new TimeoutException($"{rival.Name} did {await rival.DoneAsync(connectionString)} of {jobs} within {Limit}");
            await Task.Delay(20);
        }
    }
}
