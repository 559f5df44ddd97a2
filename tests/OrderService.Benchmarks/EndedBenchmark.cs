using System.Diagnostics;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain.Amounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>A month of ended orders is dropped while others are created; --orders says how many it has.</summary>
internal static class EndedBenchmark
{
    private const int CreatesPerSecond = 500;
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(5);

    private sealed record Run(Samples Before, Samples During, TimeSpan Drop, string Size);

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var (report, many) = (new Report(), arguments.Whole("orders", 1_000_000));
        await using var cluster = await Cluster.StartAsync();
        var runs = new List<Run>();
        for (var run = 1; run <= Math.Max(1, arguments.Whole("runs", 3)); run++)
        {
            runs.Add(await MeasureAsync(await cluster.CreateAsync($"ended_{run}"), many));
            await cluster.DropAsync($"ended_{run}");
            var last = runs[^1];
            report.Note($"run {run}: {last.Size} dropped in {last.Drop.TotalMilliseconds:F0} ms; creates p50 {last.Before.Median:F1} ms, p99 {last.Before.P99:F1} ms before, p50 {last.During.Median:F1} ms, p99 {last.During.P99:F1} ms, longest {last.During.Max:F0} ms while and after");
        }
        var ratio = Samples.MedianOf(runs.Select(run => run.During.P99 / run.Before.P99));
        report.Add(Number($"creates at {CreatesPerSecond:N0}/s while a month of {many:N0} ended orders is dropped, p99 against before"), "≤ 1.5",
            Number($"{Samples.MedianOf(runs.Select(run => run.During.P99)):F1} ms"),
            Number($"{Samples.MedianOf(runs.Select(run => run.Before.P99)):F1} ms"), Number($"{ratio:F2}"), ratio <= 1.5);
        return report;
    }

    private static async Task<Run> MeasureAsync(string connectionString, int many)
    {
        await using var node = await Node.StartAsync(connectionString, ("Ended:MoveAfter", "00:00:00"));
        var orders = new SignedOrders(1_000);
        node.SetPrice(orders.Sell, Price.One);
        await using var source = NpgsqlDataSource.Create(connectionString);
        var month = await FillAsync(node, source, orders, many);
        var size = (string)(await ScalarAsync(source, "SELECT pg_size_pretty(sum(pg_total_relation_size(i.inhrelid))) FROM pg_inherits i WHERE i.inhparent IN ('ended_orders'::regclass, 'ended_slices'::regclass, 'ended_transactions'::regclass)"))!;

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
        creates.Restart();
        await Task.Delay(Around);
        var before = creates.Samples;
        creates.Restart(); // what counts is while the month goes, and what its files cost when they are gone
        var started = Stopwatch.GetTimestamp();
        if (await EndedArchive.DropAsync(source, month, withoutExport: true, DateTimeOffset.UtcNow, CancellationToken.None) is { } refusal)
            throw new InvalidOperationException(refusal);
        var took = Stopwatch.GetElapsedTime(started);
        await Task.Delay(Around);
        creates.Stop();
        await creating;
        if (refused > 0) throw new InvalidOperationException($"{refused} creates were refused");
        return new Run(before, creates.Samples, took, size);
    }

    // One order that was really cancelled and moved, and as many copies of it under uuids of their own.
    private static async Task<DateOnly> FillAsync(Node node, NpgsqlDataSource source, SignedOrders orders, int many)
    {
        var order = (await node.Get<PlaceOrder>().HandleAsync(orders.Waiting(1)[0], CancellationToken.None)).Value;
        await node.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, new Caller(order.Terms.Owner, null, null), CancellationToken.None);
        for (var left = 1L; left > 0; left = (long)(await ScalarAsync(source, "SELECT count(*) FROM orders"))!)
        {
            await Task.Delay(20); // its end is behind the clock then
            await node.Get<EventRelay>().TickAsync(CancellationToken.None);
            await node.Get<MoveEnded>().TickAsync(CancellationToken.None);
        }
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (table, key) in ((string, string)[])[("order_ids", "id"), ("ended_orders", "id"), ("ended_slices", "order_id")])
        {
            var columns = await EndedMonths.ColumnsAsync(connection, table, table, CancellationToken.None);
            var values = columns.Select(name => name == key ? "('00000000-0000-4000-8000-' || lpad(to_hex(g.i), 12, '0'))::uuid" : $"t.{name}");
            await using var copy = new NpgsqlCommand(
                $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM {table} t CROSS JOIN generate_series(1, {many}) AS g (i)",
                connection) { CommandTimeout = 0 };
            await copy.ExecuteNonQueryAsync();
        }
        await using var settle = new NpgsqlCommand("ANALYZE", connection) { CommandTimeout = 0 };
        await settle.ExecuteNonQueryAsync();
        return (DateOnly)(await ScalarAsync(source, "SELECT month FROM ended_months"))!;
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
