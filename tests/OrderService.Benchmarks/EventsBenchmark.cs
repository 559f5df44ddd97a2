using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine;
using OrderService.Engine.Events;
using OrderService.Engine.Persistence;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// How long after its commit an event can be read, at a thousand events a second from many writers, while another transaction of the
/// cluster stays open all the time. Limit: 50 ms, or five commits of the same run where these are longer.
/// </summary>
internal static class EventsBenchmark
{
    private const int PerSecond = 1_000;
    private const int Writers = 10;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        var database = await cluster.CreateAsync("events");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Accounts:MasterKey"] = new string('5', 64) }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddMetrics();
        services.AddEngine(configuration, database);
        await using var provider = services.BuildServiceProvider();
        var relay = provider.GetRequiredService<EventRelay>();
        using var following = provider.GetRequiredService<EventHead>().Follow();
        await relay.StartAsync(CancellationToken.None);
        await using var held = new NpgsqlConnection(database);
        await held.OpenAsync();
        await using var open = await held.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var begin = new NpgsqlCommand("SELECT pg_current_xact_id()", held)) await begin.ExecuteScalarAsync();
        var seconds = arguments.Whole("seconds", 30);
        await MeasureAsync(provider, 5); // the compiler is part of no figure
        var (readable, commit) = await MeasureAsync(provider, seconds);
        await relay.StopAsync(CancellationToken.None);
        var limit = Math.Max(50, 5 * commit.P99);
        report.Note($"{readable.Count:N0} events in {seconds} s: readable after p50 {readable.Median:F1} ms, p99 {readable.P99:F1} ms, at most {readable.Max:F1} ms; their commits p50 {commit.Median:F2} ms, p99 {commit.P99:F2} ms");
        report.Add("events: from commit to readable, p99", "≤ 50 ms or 5 commits", Number($"{readable.P99:F1} ms"),
            Number($"{limit:F1} ms"), Number($"{readable.P99 / limit:F2}"),
            readable.P99 <= limit && readable.Count >= PerSecond * seconds * 0.95);
        return report;
    }

    private static async Task<(Samples Readable, Samples Commit)> MeasureAsync(ServiceProvider provider, int seconds)
    {
        var (source, reader, head) = (provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<EventReader>(),
            provider.GetRequiredService<EventHead>());
        var committed = new ConcurrentDictionary<string, long>();
        var (readable, commits) = (new Samples(), new Samples());
        var known = (await reader.ReadAsync(null, 0, 1, CancellationToken.None)).Log;
        using var over = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<string, long>();
        var reading = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await head.WaitAsync(known, TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
                for (var isFull = true; isFull;)
                {
                    var page = await reader.ReadAsync(null, known.Position, 1_000, CancellationToken.None);
                    var now = Stopwatch.GetTimestamp();
                    foreach (var one in page.Events) seen[one.Actor] = now;
                    if (page.Events.Count > 0) known = new LogHead(page.Log.LogId, page.Events[^1].Position);
                    isFull = page.Events.Count == 1_000;
                }
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(source, seconds, committed, commits))));
        for (var wait = 0; wait < 100 && seen.Count < committed.Count; wait++) await Task.Delay(50);
        await over.CancelAsync();
        await reading;
        foreach (var (name, at) in committed)
        {
            readable.Add(seen.TryGetValue(name, out var then)
                ? TimeSpan.FromTicks(Math.Max(0, Stopwatch.GetElapsedTime(at, then).Ticks)) : TimeSpan.FromHours(1));
        }
        return (readable, commits);
    }

    // Each is named by its actor, in a transaction of its own.
    private static async Task WriteAsync(
        NpgsqlDataSource source, int seconds, ConcurrentDictionary<string, long> committed, Samples commits)
    {
        var (started, pause, count) = (Stopwatch.GetTimestamp(), TimeSpan.FromSeconds((double)Writers / PerSecond),
            seconds * PerSecond / Writers);
        for (var number = 0; number < count; number++)
        {
            var early = started + (long)(pause.TotalSeconds * number * Stopwatch.Frequency) - Stopwatch.GetTimestamp();
            if (early > 0) await Task.Delay(TimeSpan.FromSeconds((double)early / Stopwatch.Frequency));
            var name = Guid.NewGuid().ToString();
            await using var connection = await source.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(
                EventRows.Append([new OrderEvent(Guid.NewGuid(), null, new OrderFact.Created(), DateTimeOffset.UtcNow, name)]));
            var before = Stopwatch.GetTimestamp();
            await batch.ExecuteNonQueryAsync();
            committed[name] = Stopwatch.GetTimestamp();
            lock (commits) commits.Add(Stopwatch.GetElapsedTime(before));
        }
    }
}
