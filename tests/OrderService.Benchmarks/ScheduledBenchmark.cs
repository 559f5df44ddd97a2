using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Engine.Execution;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// 100,000 scheduled orders of 12 parts, the first parts of all of them due within a minute, on the simulated venue without latency: what
/// the service's memory does against that of a service with a few orders, in which order the parts start, how many are confirmed a second,
/// and how fast cancels over HTTP are answered meanwhile. What counts of the rate and of the cancels begins ten seconds after the first
/// moment, and ends with the last part or with the time.
/// </summary>
internal static class ScheduledBenchmark
{
    private const int Orders = 100_000;
    private const int OrdersEach = 100;
    private const int FewOrders = 500;
    private const int CancelsPerSecond = 20;
    private static readonly ExecutionOptions Execution = new(); // the service runs with what is set where nothing is
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OvertakingMax = TimeSpan.FromSeconds(1);

    private sealed record Plan(int Orders, TimeSpan Lead, TimeSpan Over, TimeSpan Skipped, TimeSpan Window);

    private sealed record Outcome(
        double PerSecond, Samples Cancels, double MemoryBefore, double MemoryPeak, double MemoryAfter, TimeSpan Overtaking);

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var over = TimeSpan.FromSeconds(arguments.Whole("over", 60));
        var orders = arguments.Whole("orders", Orders);
        var many = new Plan(orders, TimeSpan.FromSeconds(20 + orders / 3_000), over, over / 6,
            TimeSpan.FromSeconds(arguments.Whole("seconds", 90)));
        var few = new Plan(FewOrders, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        await using var cluster = await Cluster.StartAsync();
        var fewBook = await ScheduledBook.CreateAsync(await cluster.CreateAsync("few"), FewOrders / OrdersEach, OrdersEach, report);
        var manyBook = await ScheduledBook.CreateAsync(await cluster.CreateAsync("many"), orders / OrdersEach, OrdersEach, report);
        var (small, large) = (new List<Outcome>(), new List<Outcome>());
        for (var run = 1; run <= Math.Max(3, arguments.Whole("runs", 3)); run++)
        {
            small.Add(await MeasureAsync(cluster, fewBook, "few", few, run, report));
            large.Add(await MeasureAsync(cluster, manyBook, "many", many, run, report));
        }
        Judge(report, many, small, large);
        return report;
    }

    private static void Judge(Report report, Plan plan, List<Outcome> small, List<Outcome> large)
    {
        var (with, without) = (large.Max(run => run.MemoryPeak), Samples.MedianOf(small.Select(run => run.MemoryAfter)));
        var overtaking = large.Max(run => run.Overtaking);
        var rate = Samples.MedianOf(large.Select(run => run.PerSecond));
        var cancels = Samples.MedianOf(large.Select(run => run.Cancels.P99));
        var each = plan.Over / plan.Orders;
        report.Note($"a batch of each worker is {(each * Execution.Workers * Execution.BatchMax).TotalMilliseconds:F0} ms of moments, a batch of the sweep {(each * Execution.SweepBatchMax).TotalMilliseconds:F0} ms");
        report.Add(Number($"memory with {plan.Orders:N0} scheduled orders of {ScheduledBook.Parts} parts, all due within {plan.Over.TotalSeconds:F0} s, at most"), "≤ 100 MiB more than with none", Number($"{with:F0} MiB"), Number($"{without:F0} MiB"), Number($"+{with - without:F0} MiB"), with - without <= 100);
        report.Add("their parts start in due order: the most that one started ahead of one due before it", "≤ 1 s of due time",
            Number($"{overtaking.TotalMilliseconds:F0} ms"), "", "", overtaking <= OvertakingMax);
        report.Add("parts confirmed", "≥ 500/s", Number($"{rate:N0}/s"), "", "", rate >= 500);
        report.Add(Number($"cancels at {CancelsPerSecond}/s meanwhile, p99"), "≤ 50 ms", Number($"{cancels:F1} ms"), "", "", cancels <= 50);
    }

    private static async Task<Outcome> MeasureAsync(Cluster cluster, ScheduledBook book, string template, Plan plan, int run, Report report)
    {
        var connectionString = await cluster.CloneAsync(template, $"{template}_{run}");
        var first = await ScheduledBook.MakeDueAsync(connectionString, plan.Lead, plan.Over, run);
        var cancels = await book.CancelsAsync(connectionString,
            Math.Min(plan.Orders / 5, (int)((plan.Skipped + plan.Window).TotalSeconds * CancelsPerSecond)), run);
        Outcome outcome;
        DateTimeOffset from, to;
        double service, postgres;
        await using (var child = await ServiceChild.StartAsync(connectionString, ScheduledBook.Settings))
        {
            await using var memory = new ResidentMemory(child.ProcessId);
            await UntilAsync(first - TimeSpan.FromSeconds(1));
            var before = memory.Now;
            await UntilAsync(first);
            (service, postgres) = (CpuTime.OfTree(child.ProcessId), CpuTime.OfTree(cluster.ProcessId));
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{child.Port}") };
            var refused = 0;
            var paced = new Paced(async i => { if (!await cancels[i].SendAsync(client)) Interlocked.Increment(ref refused); },
                cancels.Length, CancelsPerSecond);
            var cancelling = paced.RunAsync();
            await UntilAsync(from = first + plan.Skipped);
            paced.Restart();
            to = await SettledAsync(connectionString, plan, first);
            (service, postgres) = (CpuTime.OfTree(child.ProcessId) - service, CpuTime.OfTree(cluster.ProcessId) - postgres);
            paced.Stop();
            await cancelling;
            var peak = memory.Peak;
            await Task.Delay(Idle);
            outcome = new Outcome(0, paced.Samples, before, peak, memory.Now, TimeSpan.Zero);
            report.Note($"{template} {run}: {paced.Samples.Count} cancels, {refused} of all in flight, p50 {paced.Samples.Median:F1} ms, p99 {paced.Samples.P99:F1} ms, longest {paced.Samples.Max:F0} ms; memory {before:F0} MiB before the first moment, {peak:F0} at most, {outcome.MemoryAfter:F0} after");
        }
        await ScheduledRun.CheckAsync(connectionString);
        var (confirmed, all) = (await ScheduledRun.ConfirmedAsync(connectionString, from, to),
            await ScheduledRun.ConfirmedAsync(connectionString, first, to));
        outcome = outcome with
        {
            PerSecond = confirmed / (to - from).TotalSeconds, Overtaking = await ScheduledRun.OvertakingAsync(connectionString),
        };
        report.Note($"{template} {run}: {outcome.PerSecond:N0} parts/s over {(to - from).TotalSeconds:F1} s, {all:N0} in all; CPU of each: service {service * 1000 / all:F2} ms, Postgres {postgres * 1000 / all:F2} ms; at most {outcome.Overtaking.TotalMilliseconds:F0} ms out of order");
        await cluster.DropAsync($"{template}_{run}");
        return outcome;
    }

    // The moment at which nothing was left, or at which the time was over. The clock of both is this machine's.
    private static async Task<DateTimeOffset> SettledAsync(string connectionString, Plan plan, DateTimeOffset first)
    {
        var end = first + plan.Skipped + plan.Window;
        while (DateTimeOffset.UtcNow < end && await ScheduledRun.IsLeftAsync(connectionString, first + plan.Over)) await Task.Delay(500);
        return DateTimeOffset.UtcNow;
    }

    private static Task UntilAsync(DateTimeOffset moment)
    {
        var left = moment - DateTimeOffset.UtcNow;
        return left > TimeSpan.Zero
            ? Task.Delay(left) : throw new InvalidOperationException($"the moment was {-left} ago: this machine prepares too slowly");
    }
}
