using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Venues.Simulated;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// The orders of one owner of a million, page by page with the cursor: what the first page costs, and what the ten-thousandth does.
/// </summary>
internal static class ListBenchmark
{
    private const int Orders = 1_000_000;
    private const int FarPage = 10_000;
    private const int Reads = 500;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        var connectionString = await cluster.CreateAsync("lists");
        await OpenOrders.LoadAsync(connectionString, Orders, 1);
        await using var node = await Node.StartAsync(connectionString);
        var far = await CursorOfAsync(node, FarPage);
        await InProcessAsync(report, node, far);
        await OverHttpAsync(report, connectionString, node.Get<SimulatedWorld>().Demo.ToString()!, far,
            Math.Max(3, arguments.Whole("runs", 5)));
        return report;
    }

    private static async Task InProcessAsync(Report report, Node node, string far)
    {
        await Samples.OfAsync(Reads, () => PageAsync(node, null));
        var (first, last) = (await Samples.OfAsync(Reads, () => PageAsync(node, null)),
            await Samples.OfAsync(Reads, () => PageAsync(node, far)));
        report.Note($"the use case alone: page 1 {first.Median:F2} ms, page {FarPage:N0} {last.Median:F2} ms");
    }

    private static async Task OverHttpAsync(Report report, string connectionString, string owner, string far, int runs)
    {
        await using var child =
            await ServiceChild.StartAsync(connectionString, ("Orders:PublicReads", "true"), ("Serilog:MinimumLevel:Default", "Warning"));
        var (near, deep) = (Pages($"/api/v1/orders?owner={owner}"), Pages($"/api/v1/orders?owner={owner}&cursor={far}"));
        var (first, last) = (new List<Samples>(), new List<Samples>());
        for (var run = 0; run <= runs; run++)
        {
            var (one, other) = (await HttpLoad.RunAsync(child.Port, near, 1), await HttpLoad.RunAsync(child.Port, deep, 1));
            if (run == 0) continue; // warms up
            first.Add(one.Latencies);
            last.Add(other.Latencies);
        }
        var (page1, pageN) = (Samples.MedianOf(first.Select(run => run.Median)), Samples.MedianOf(last.Select(run => run.Median)));
        var p99 = Math.Max(Samples.MedianOf(first.Select(run => run.P99)), Samples.MedianOf(last.Select(run => run.P99)));
        report.Add(Number($"list by owner over HTTP, page {FarPage:N0} of 50 against page 1, {Orders:N0} orders"), "within 20 %",
            Number($"{pageN:F2} ms"), Number($"{page1:F2} ms (page 1)"), Number($"{pageN / page1:F2}"),
            Math.Max(pageN, page1) / Math.Min(pageN, page1) <= 1.2);
        report.Add("list by owner over HTTP, either page, p99", "≤ 10 ms", Number($"{p99:F2} ms"), "", "", p99 <= 10);
    }

    private static byte[][] Pages(string path) => [.. Enumerable.Repeat(HttpLoad.Get(path), Reads)];

    // Walked as a client walks, so that the pages before it were really answered.
    private static async Task<string> CursorOfAsync(Node node, int page)
    {
        string? cursor = null;
        for (var at = 1; at < page; at++)
            cursor = (await PageAsync(node, cursor)).NextCursor ?? throw new InvalidOperationException($"page {at} is the last");
        return cursor!;
    }

    private static async Task<OrderPage> PageAsync(Node node, string? cursor)
    {
        var query = new OrderQuery { Owner = node.Get<SimulatedWorld>().Demo, Cursor = cursor };
        var listed = await node.Get<ListOrders>().HandleAsync(query, CancellationToken.None);
        return listed.IsRejected(out var why, out var page)
            ? throw new InvalidOperationException(why.Message)
            : page.Orders.Count == 50 ? page : throw new InvalidOperationException("a page is short");
    }
}
