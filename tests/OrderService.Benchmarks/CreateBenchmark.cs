using System.Diagnostics;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// Signed creates over HTTP, one order a request, acknowledged after their commit. The limit is the machine's: all processor time that the
/// parts of a create need, client's and database's included, spread over all cores without a moment lost.
/// predicted rate = cores / (parse-only request + recovery + row of a batched insert), each in seconds of processor time.
/// </summary>
internal static class CreateBenchmark
{
    private const int Connections = 128;
    private const int Creates = 40_000;
    private const int SaveChanges = 12_000;
    private const int Single = 3_000;

    private sealed record Cost(double Client, double Service, double Postgres)
    {
        public double Total => Client + Service + Postgres;

        public override string ToString() =>
            Number($"{Total * 1e6:F1} µs (client {Client * 1e6:F1}, service {Service * 1e6:F1}, Postgres {Postgres * 1e6:F1})");
    }

    private sealed record Run(
        HttpOutcome Create, HttpOutcome SaveChanges, HttpOutcome Single, Cost Parse, double Recovery, Cost Row, Cost Whole)
    {
        public double Predicted => Environment.ProcessorCount / (Parse.Total + Recovery + Row.Total);
    }

    // A table of its own for the row, by the connection that the service's writer has.
    private sealed record Rows(WriterSource Writer, int PairId);

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        var database = await cluster.CreateAsync("creates");
        var inserted = new NpgsqlConnectionStringBuilder(await cluster.CreateAsync("inserted"))
        {
            MaxAutoPrepare = 10, AutoPrepareMinUsages = 2, Options = "-c jit=off",
        };
        using var writer = new WriterSource(inserted);
        await using var child =
            await ServiceChild.StartAsync(database, ("Orders:OpenMaxPerOwner", "100000000"), ("Serilog:MinimumLevel:Default", "Warning"));
        var orders = new SignedOrders(1_000);
        var rows = new Rows(writer, await PairAsync(inserted, orders));
        for (var warmUp = 0; warmUp < 2; warmUp++) await MeasureAsync(cluster, child, rows, orders); // the compiler is part of no figure
        var runs = new List<Run>();
        for (var run = 1; run <= Math.Max(3, arguments.Whole("runs", 3)); run++)
        {
            // As in a store that has run for a while: segments of the log are used again, and no table has just outgrown its statistics.
            await Cluster.ExecuteAsync(Cluster.AdminOf(database), "VACUUM ANALYZE");
            await Cluster.ExecuteAsync(Cluster.AdminOf(inserted.ConnectionString), "VACUUM ANALYZE");
            await Cluster.ExecuteAsync(Cluster.AdminOf(database), "CHECKPOINT");
            runs.Add(await MeasureAsync(cluster, child, rows, orders));
            Tell(report, run, runs[^1]);
        }
        Judge(report, runs);
        return report;
    }

    private static async Task<Run> MeasureAsync(Cluster cluster, ServiceChild child, Rows rows, SignedOrders orders)
    {
        var bodies = orders.Waiting(Creates).Select(OrderBody.Of).ToArray();
        var (_, parse) = await ChargedAsync(cluster, child, Post(Peers.ParseOnly, bodies));
        var (create, whole) = await ChargedAsync(cluster, child, Post("/api/v1/orders/new", bodies));
        var (save, _) = await ChargedAsync(cluster, child, Post(Peers.SaveChanges, orders.Waiting(SaveChanges).Select(OrderBody.Of)));
        var single = await HttpLoad.RunAsync(child.Port, Post("/api/v1/orders/new", orders.Waiting(Single).Select(OrderBody.Of)), 1);
        return new Run(create, save, single, parse, Recovery(orders), Row(cluster, rows, orders.Waiting(Creates)), whole);
    }

    private static byte[][] Post(string path, IEnumerable<string> bodies) => [.. bodies.Select(body => HttpLoad.Post(path, body))];

    private static async Task<(HttpOutcome, Cost)> ChargedAsync(Cluster cluster, ServiceChild child, byte[][] requests)
    {
        GC.Collect();
        var (client, service, postgres) = (CpuTime.OfThisProcess(), CpuTime.OfTree(child.ProcessId), CpuTime.OfTree(cluster.ProcessId));
        var outcome = await HttpLoad.RunAsync(child.Port, requests, Connections);
        return (outcome,
            new Cost((CpuTime.OfThisProcess() - client) / requests.Length, (CpuTime.OfTree(child.ProcessId) - service) / requests.Length,
                (CpuTime.OfTree(cluster.ProcessId) - postgres) / requests.Length));
    }

    // Seconds of processor time that one recovery takes, of hashes that are known.
    private static double Recovery(SignedOrders orders)
    {
        const int count = 10_000;
        var signed = orders.Waiting(count);
        var hashes = signed.Select(order => HashOf(order)).ToArray();
        var before = CpuTime.OfThisProcess();
        for (var i = 0; i < count; i++)
        {
            if (!Secp256k1.TryRecover(hashes[i], SignedOrders.SignatureOf(signed[i]), out _))
                throw new UnreachableException("a signature of our own was refused");
        }
        return (CpuTime.OfThisProcess() - before) / count;
    }

    private static byte[] HashOf(NewOrder order)
    {
        var hash = new byte[32];
        var terms = order.Terms;
        new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId).Hash(hash);
        return hash;
    }

    private static async Task<int> PairAsync(NpgsqlConnectionStringBuilder inserted, SignedOrders orders)
    {
        await using var source = NpgsqlDataSource.Create(inserted);
        var id = (await new PairDirectory(source, TimeProvider.System).IdOfAsync(orders.Waiting(1)[0].Terms.ConditionToken!.Value,
            TokenId.Usd, "owner", new PairLimits(10, 10), CancellationToken.None)).Value;
        return id;
    }

    // The writer's own connection and statement, as many rows at once as there are connections to wait for it: an order, its slice, its
    // event.
    private static Cost Row(Cluster cluster, Rows rows, NewOrder[] signed)
    {
        var batches = signed.Select(order => new OrderRow(Peers.Create(order, DateTimeOffset.UtcNow), rows.PairId)).Chunk(Connections)
            .ToArray();
        using var connection = rows.Writer.Open();
        GC.Collect();
        var (client, postgres) = (CpuTime.OfThisProcess(), CpuTime.OfTree(cluster.ProcessId));
        foreach (var batch in batches) OrderInsert.Write(connection, batch);
        return new Cost((CpuTime.OfThisProcess() - client) / signed.Length, 0,
            (CpuTime.OfTree(cluster.ProcessId) - postgres) / signed.Length);
    }

    private static void Tell(Report report, int run, Run it)
    {
        report.Note($"run {run}: {it.Create.PerSecond:N0} creates/s (p50 {it.Create.Latencies.Median:F1} ms, p99 {it.Create.Latencies.P99:F1} ms), predicted {it.Predicted:N0}/s; SaveChanges {it.SaveChanges.PerSecond:N0}/s; one connection p50 {it.Single.Latencies.Median:F3} ms, p99 {it.Single.Latencies.P99:F3} ms");
        report.Note(
            $"  processor time: parse-only {it.Parse}; recovery {it.Recovery * 1e6:F1} µs; row {it.Row}; a whole create {it.Whole}");
    }

    private static void Judge(Report report, List<Run> runs)
    {
        var rate = Samples.MedianOf(runs.Select(run => run.Create.PerSecond));
        var predicted = Samples.MedianOf(runs.Select(run => run.Predicted));
        var share = Samples.MedianOf(runs.Select(run => run.Create.PerSecond / run.Predicted));
        var peer = Samples.MedianOf(runs.Select(run => run.SaveChanges.PerSecond));
        var times = Samples.MedianOf(runs.Select(run => run.Create.PerSecond / run.SaveChanges.PerSecond));
        var (p50, p99) = (Samples.MedianOf(runs.Select(run => run.Single.Latencies.Median)),
            Samples.MedianOf(runs.Select(run => run.Single.Latencies.P99)));
        report.Add($"signed create, {Connections} connections, against its parts", "≥ 70 %", Number($"{rate:N0}/s"),
            Number($"{predicted:N0}/s (cores / processor time of the parts)"), Number($"{share * 100:F0} %"), share >= 0.7);
        report.Add("the same against one EF Core SaveChanges a request", "≥ 1.8 ×", Number($"{rate:N0}/s"), Number($"{peer:N0}/s"),
            Number($"{times:F2}"), times >= 1.8);
        report.Add("signed create, 1 connection, p50", "≤ 1 ms", Number($"{p50:F3} ms"), "", "", p50 <= 1);
        report.Add("signed create, 1 connection, p99", "≤ 5 ms", Number($"{p99:F3} ms"), "", "", p99 <= 5);
    }
}
