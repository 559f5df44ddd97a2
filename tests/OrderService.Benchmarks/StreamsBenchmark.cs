using System.Diagnostics;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Venues.Simulated;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What streams cost: how late the events of a hundred owners reach a reader of each, ten a second each; what such readers take of creates
/// and of swaps, against the same events that nobody reads; and the memory of streams on which nothing happens.
/// </summary>
internal static class StreamsBenchmark
{
    private const int Owners = 100;
    private const int PerSecond = 10;
    private const int Idle = 2_000;
    private const int CostPairs = 5;
    private static readonly TimeSpan CostSpan = TimeSpan.FromSeconds(5);
    private const double IdleMiBMax = 50;
    private const double ShareMin = 0.95;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        var database = await cluster.CreateAsync("streams");
        await using var source = NpgsqlDataSource.Create(database);
        await using var child = await ServiceChild.StartAsync(database,
            ("Events:StreamsMax", "10000"), ("Orders:OpenMaxPerOwner", "100000000"), ("Simulator:BlockInterval", "00:00:00"),
            ("Serilog:MinimumLevel:Default", "Warning"));
        var world = SimulatedWorld.Of(new SimulatedOptions());
        var wallets = OwnerStreams.Wallets(Owners, world.Network);
        var orders = await EventLoad.PlaceAsync(source, world, wallets.Select(wallet => wallet.Address));
        byte[][] requests = [.. wallets.Select(wallet => wallet.Request)];

        await DeliveryAsync(report, source, child, orders, requests, arguments.Whole("seconds", 20));
        await CostAsync(report, source, cluster, child, orders, requests);
        await IdleAsync(report, child, world, arguments.Whole("idle", Idle));
        var pairs = arguments.Whole("pairs", 5);
        // An owner's open orders are counted now and then, so that those that stay open are of many.
        var (many, funded) = (new SignedOrders(1_000), new SignedOrders(1));
        await BesideAsync(report, "creates", pairs, source, cluster, child, orders, requests,
            () => CreateAsync(child, many, arguments.Whole("creates", 10_000)));
        await BesideAsync(report, "swaps", pairs, source, cluster, child, orders, requests,
            () => SwapAsync(source, child, funded, arguments.Whole("swaps", 1_000)));
        return report;
    }

    private static async Task DeliveryAsync(
        Report report, NpgsqlDataSource source, ServiceChild child, List<Guid> orders, byte[][] requests, int seconds)
    {
        await using var streams = await OwnerStreams.OpenAsync(child.Port, requests);
        await WriteForAsync(new EventLoad(source, orders, PerSecond), TimeSpan.FromSeconds(5)); // the compiler is part of no figure
        var load = new EventLoad(source, orders, PerSecond);
        await WriteForAsync(load, TimeSpan.FromSeconds(seconds));
        for (var wait = 0; wait < 100 && !load.Committed.Keys.All(streams.Seen.ContainsKey); wait++) await Task.Delay(50);
        var late = new Samples();
        foreach (var (name, at) in load.Committed)
        {
            late.Add(streams.Seen.TryGetValue(name, out var then)
                ? TimeSpan.FromTicks(Math.Max(0, Stopwatch.GetElapsedTime(at, then).Ticks)) : TimeSpan.FromHours(1));
        }
        var limit = Math.Max(50, 5 * load.Commits.P99);
        report.Note($"{late.Count:N0} events of {Owners} owners in {seconds} s: at their reader after p50 {late.Median:F1} ms, p99 {late.P99:F1} ms, at most {late.Max:F1} ms; their commits p50 {load.Commits.Median:F2} ms, p99 {load.Commits.P99:F2} ms");
        report.Add(Number($"events of {Owners} owners, {PerSecond}/s each: from commit to a reader of each, p99"), "≤ 50 ms or 5 commits",
            Number($"{late.P99:F1} ms"), Number($"{limit:F1} ms"), Number($"{late.P99 / limit:F2}"),
            late.P99 <= limit && late.Count >= Owners * PerSecond * seconds * 0.95);
    }

    // What the throughput beside readers comes to where nothing is left over: their share of the processors, without a machine's noise.
    private static async Task CostAsync(
        Report report, NpgsqlDataSource source, Cluster cluster, ServiceChild child, List<Guid> orders, byte[][] requests)
    {
        Samples[] costs = [new(), new(), new()];
        for (var pair = 0; pair < CostPairs; pair++)
        {
            var used = new double[2][];
            foreach (var reads in pair % 2 == 0 ? (int[])[0, 1] : [1, 0])
            {
                await using var streams = await OwnerStreams.OpenAsync(child.Port, reads == 1 ? requests : []);
                var before = UsedBy(cluster, child);
                await WriteForAsync(new EventLoad(source, orders, PerSecond), CostSpan);
                used[reads] = [.. UsedBy(cluster, child).Zip(before, (after, was) => (after - was) / CostSpan.TotalSeconds * 1000)];
            }
            for (var of = 0; of < costs.Length; of++) costs[of].Add(TimeSpan.FromMilliseconds(used[1][of] - used[0][of]));
        }
        report.Note($"{Owners} readers of {Owners * PerSecond:N0} events/s use, of a second of {Environment.ProcessorCount} processors, medians of {CostPairs} pairs: service {costs[0].Median:F0} ms, Postgres {costs[1].Median:F0} ms, the readers themselves {costs[2].Median:F0} ms");
    }

    private static double[] UsedBy(Cluster cluster, ServiceChild child) =>
        [CpuTime.OfTree(child.ProcessId), CpuTime.OfTree(cluster.ProcessId), CpuTime.OfThisProcess()];

    private static async Task IdleAsync(Report report, ServiceChild child, SimulatedWorld world, int count)
    {
        byte[][] requests = [.. OwnerStreams.Wallets(count, world.Network).Select(wallet => wallet.Request)];
        // what streams need once
        await using (await OwnerStreams.OpenAsync(child.Port, requests.Take(count / 10))) await Task.Delay(TimeSpan.FromSeconds(2));
        await Task.Delay(TimeSpan.FromSeconds(5));
        await using var memory = new ResidentMemory(child.ProcessId);
        var before = memory.Now;
        await using var streams = await OwnerStreams.OpenAsync(child.Port, requests);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var more = memory.Now - before;
        report.Add(Number($"{count:N0} streams on which nothing happens, memory of the service"), Number($"≤ {IdleMiBMax:F0} MiB more"),
            Number($"{before + more:F0} MiB"), Number($"{before:F0} MiB"), Number($"{more:F0} MiB more"), more <= IdleMiBMax);
    }

    // In turns, with and without readers of the same events.
    private static async Task BesideAsync(
        Report report, string what, int pairs, NpgsqlDataSource source, Cluster cluster, ServiceChild child, List<Guid> orders,
        byte[][] requests, Func<Task<double>> rateAsync)
    {
        var times = new List<double[]>[] { [], [] };
        var (ratios, with, without) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 0; pair <= pairs; pair++)
        {
            var rates = new double[2];
            foreach (var reads in pair % 2 == 0 ? (int[])[0, 1] : [1, 0])
            {
                using var over = new CancellationTokenSource();
                await using var streams = await OwnerStreams.OpenAsync(child.Port, reads == 1 ? requests : []);
                var writing = new EventLoad(source, orders, PerSecond).RunAsync(over.Token);
                var (before, started) = (UsedBy(cluster, child), Stopwatch.GetTimestamp());
                rates[reads] = await rateAsync();
                var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                if (pair > 0) times[reads].Add([.. UsedBy(cluster, child).Zip(before, (after, was) => (after - was) / took), took]);
                await over.CancelAsync();
                await writing;
            }
            if (pair == 0) continue; // warms up
            without.Add(rates[0]);
            with.Add(rates[1]);
            ratios.Add(rates[1] / rates[0]);
            report.Note($"{what}, pair {pair}: {rates[1]:N0}/s beside {Owners} readers, {rates[0]:N0}/s without");
        }
        foreach (var reads in (int[])[0, 1])
            report.Note($"{what} {(reads == 1 ? "beside readers" : "alone")}: processors used by service {times[reads].Average(t => t[0]):F3}, Postgres {times[reads].Average(t => t[1]):F3}, client {times[reads].Average(t => t[2]):F3}, a run {times[reads].Average(t => t[3]):F2} s");
        var ratio = Samples.MedianOf(ratios);
        report.Add(Number($"{what} beside {Owners} readers of {Owners * PerSecond:N0} events/s, against the same events unread"),
            Number($"≥ {ShareMin}"), Number($"{Samples.MedianOf(with):N0}/s"), Number($"{Samples.MedianOf(without):N0}/s"),
            Number($"{ratio:F2}"), ratio >= ShareMin);
    }

    private static async Task WriteForAsync(EventLoad load, TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        await load.RunAsync(over.Token);
    }

    private static async Task<double> CreateAsync(ServiceChild child, SignedOrders signed, int count)
    {
        byte[][] requests = [.. signed.Waiting(count).Select(order => HttpLoad.Post("/api/v1/orders/new", OrderBody.Of(order)))];
        return (await HttpLoad.RunAsync(child.Port, requests, 64)).PerSecond;
    }

    // From the first create to the last swap.
    private static async Task<double> SwapAsync(NpgsqlDataSource source, ServiceChild child, SignedOrders signed, int count)
    {
        var placed = signed.AtOnce(count);
        var owner = placed[0].Terms.Owner.ToString();
        byte[][] requests = [.. placed.Select(order => HttpLoad.Post("/api/v1/orders/new", OrderBody.Of(order)))];
        var started = Stopwatch.GetTimestamp();
        await HttpLoad.RunAsync(child.Port, requests, 64);
        while (await OpenAsync(source, owner) is > 0 and var open)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"{open} of {count} orders are not completed");
            await Task.Delay(20);
        }
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // Those that have ended are not looked at, however many they become.
    private static async Task<long> OpenAsync(NpgsqlDataSource source, string owner)
    {
        await using var command = source.CreateCommand(
            "SELECT count(*) FROM orders WHERE owner = $1 AND status IN ('open', 'paused', 'cancelling')");
        command.Parameters.Add(new NpgsqlParameter { Value = owner });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
