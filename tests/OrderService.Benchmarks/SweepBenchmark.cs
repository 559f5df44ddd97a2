using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What a sweep costs on which nothing crosses, in averages of each run, as pgbench tells them: of one pair with more and more open orders,
/// against the walk to the front of the index alone; and of 200 pairs.
/// </summary>
internal static class SweepBenchmark
{
    private const int Ticks = 2_000;
    private const int ManyPairs = 200;
    private const int ManyPairsOrders = 1_000_000;

    // What a sweep cannot do without: one walk to the front of each side of the pair's book.
    private const string BareProbe =
        "SELECT (SELECT true FROM slices WHERE wait_side = 'rise' AND pair_id = 1 AND wait_price <= 1000000000000000000 LIMIT 1), "
        + "(SELECT true FROM slices WHERE wait_side = 'fall' AND pair_id = 1 AND wait_price >= 1000000000000000000 LIMIT 1)";

    private sealed record Book(int Orders, string ConnectionString, Node Node, List<double> Bare, List<double> Probe, List<double> Sweep);

    /// <summary><c>--orders 10000,1000000,10000000</c> chooses the sizes, <c>--runs</c> how often (at least 3).</summary>
    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var runs = Math.Max(3, arguments.Whole("runs", 5));
        await using var cluster = await Cluster.StartAsync();
        var books = new List<Book>();
        foreach (var orders in arguments.Wholes("orders", 10_000, 1_000_000, 10_000_000)) books.Add(await OpenAsync(cluster, orders, 1));
        for (var run = 0; run <= runs; run++) foreach (var book in books) await MeasureAsync(cluster, book, isWarmUp: run == 0);
        foreach (var book in books) Tell(report, book);
        if (books.Count > 1)
        {
            var ratio = Samples.MedianOf(books[^1].Sweep) / Samples.MedianOf(books[0].Sweep);
            report.Add(Number($"sweep, {books[^1].Orders:N0} : {books[0].Orders:N0} open"), "≤ 2", Number($"{ratio:F2}"), "",
                Number($"{ratio:F2}"), ratio <= 2);
        }
        foreach (var book in books) await book.Node.DisposeAsync();

        var many = await OpenAsync(cluster, ManyPairsOrders, ManyPairs);
        await Samples.OfAsync(500, many.Node.SweepAsync);
        for (var run = 0; run < runs; run++) many.Sweep.Add((await Samples.OfAsync(Ticks / 4, many.Node.SweepAsync)).Mean);
        var sweep = Samples.MedianOf(many.Sweep);
        report.Add(Number($"sweep of {ManyPairs} pairs, {ManyPairsOrders:N0} open, nothing crosses"), "≤ 2 ms", Number($"{sweep:F3} ms"),
            "", "", sweep <= 2);
        await many.Node.DisposeAsync();
        return report;
    }

    private static async Task<Book> OpenAsync(Cluster cluster, int orders, int pairs)
    {
        var connectionString = await cluster.CreateAsync($"book_{orders}_{pairs}");
        await OpenOrders.LoadAsync(connectionString, orders, pairs, sliceOnly: true);
        var node = await Node.StartAsync(connectionString);
        for (var pair = 1; pair <= pairs; pair++) node.SetPrice(OpenOrders.Watched(pair), Price.One);
        return new Book(orders, connectionString, node, [], [], []);
    }

    private static async Task MeasureAsync(Cluster cluster, Book book, bool isWarmUp)
    {
        var bare = await PgBench.RunAsync(cluster, book.ConnectionString, BareProbe, Ticks * 2);
        var probe = await ProbeAsync(book);
        var sweep = await Samples.OfAsync(Ticks, book.Node.SweepAsync);
        if (isWarmUp) return;
        book.Bare.Add(bare);
        book.Probe.Add(probe.Mean);
        book.Sweep.Add(sweep.Mean);
    }

    // The statements of such a sweep alone, without what is around them.
    private static async Task<Samples> ProbeAsync(Book book)
    {
        var watched = OpenOrders.Watched(1);
        if (!book.Node.Get<PriceBoard>().TryRatio(watched, TokenId.Usd, DateTimeOffset.UtcNow, out var ratio, out var evidence))
            throw new InvalidOperationException($"{watched} has no price");
        PairTick[] ticks = [new PairTick(1, ratio, evidence)];
        await using var connection = await book.Node.Get<SweepSource>().OpenAsync(CancellationToken.None);
        return await Samples.OfAsync(Ticks,
            () => BookLook.ReadAsync(connection, ticks, [1], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, CancellationToken.None));
    }

    private static void Tell(Report report, Book book)
    {
        var (bare, probe, sweep) = (Samples.MedianOf(book.Bare), Samples.MedianOf(book.Probe), Samples.MedianOf(book.Sweep));
        report.Note($"{book.Orders:N0} open: bare probe {bare * 1000:F0} µs, the sweep's statements {probe * 1000:F0} µs ({probe / bare:F2}), the whole sweep {sweep * 1000:F0} µs ({sweep / bare:F2})");
        report.Add(Number($"sweep of one pair, {book.Orders:N0} open, nothing crosses"), "≤ 3 × the bare index probe",
            Number($"{sweep * 1000:F0} µs"), Number($"{bare * 1000:F0} µs (pgbench)"), Number($"{sweep / bare:F2}"), sweep / bare <= 3);
    }
}
