using System.Diagnostics;
using System.Globalization;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Venues.Simulated;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What orders that are planned slice by slice are worth, <see cref="TwapQuality"/>, and cost: planning one slice and looking at one
/// condition against the recovery of one signature, a beat over many of them against a beat over as many others.
/// </summary>
internal static class CurvesBenchmark
{
    private const int Orders = 100_000;
    private const int Conditions = 9_999; // one more, and every other beat would find the end of the list
    private const int Beats = 200;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    private static SimulatedWorld World { get; } = SimulatedWorld.Of(new SimulatedOptions());

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var orders = arguments.Whole("orders", Orders);
        await using var cluster = await Cluster.StartAsync();
        if (arguments.Whole("twaps", TwapQuality.Orders) is > 0 and var twaps)
            await TwapQuality.AddAsync(report, cluster, twaps, arguments.Whole("fee", TwapQuality.FeePpm));
        if (arguments.Whole("cost", 1) == 0) return report;
        var recovery = Recovery();
        var planning = Planning();
        report.Add("planning one slice", "≤ ½ of a recovery", Number($"{planning:F1} µs"), Number($"{recovery:F1} µs"),
            Number($"{planning / recovery:F3}"), planning <= recovery / 2);
        await LookAsync(report, await cluster.CreateAsync("conditions"), recovery);
        var (othersAt, plannedAt) = (await PlainAsync(cluster, orders), await CurvesAsync(cluster, orders));
        var (bare, more) = (await MemoryAsync(othersAt), await MemoryAsync(plannedAt));
        report.Add(Number($"memory of a service with {orders:N0} curve orders, {Idle.TotalSeconds:F0} s after its start"),
            "≤ 20 MiB more than with as many others", Number($"{more:F0} MiB"), Number($"{bare:F0} MiB"),
            Number($"{more - bare:+0;-0;0} MiB"), more - bare <= 20);
        await using var others = await Node.StartAsync(othersAt);
        await using var planned = await Node.StartAsync(plannedAt);
        var (plains, curved) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < 6; turn++)
        {
            var (one, other) = (await BeatAsync(others), await BeatAsync(planned));
            if (turn == 0) continue; // warms up
            plains.Add(one);
            curved.Add(other);
        }
        var (plain, curves) = (Samples.MedianOf(plains), Samples.MedianOf(curved));
        report.Add(Number($"a beat in which nothing is due, {orders:N0} curve orders"), "≤ 1.2 of as many others",
            Number($"{curves:F3} ms"), Number($"{plain:F3} ms"), Number($"{curves / plain:F2}"), curves <= plain * 1.2);
        return report;
    }

    // In a process of its own, whose workers have gone over all orders.
    private static async Task<double> MemoryAsync(string connectionString)
    {
        await using var child = await ServiceChild.StartAsync(connectionString, ("Serilog:MinimumLevel:Default", "Warning"));
        await using var memory = new ResidentMemory(child.ProcessId);
        await Task.Delay(Idle);
        return memory.Now;
    }

    private static double Recovery()
    {
        var (hash, key) = (new byte[32], PrivateKey.Generate());
        hash[0] = 7;
        var signature = Secp256k1.Sign(hash, key);
        return MicrosecondsOf(2_000, () => Secp256k1.TryRecover(hash, signature, out _));
    }

    // The dearest of them: a forecast's curve, tilted, in the middle of its month, with an amount of 120 bits.
    private static double Planning()
    {
        var curve = Curve.OfForecast([.. Enumerable.Range(1, 64).Select(i => (UInt128)(i * 37 % 11))], 700_000_000)!;
        var plan = new CurvePlan
        {
            Target = new TokenAmount((UInt128)1 << 120), Curve = curve, Duration = (long)CurvePlan.DurationMax.TotalMilliseconds,
            Discretion = Share.Of(60_000_000), Patience = Share.Of(20_000_000),
        };
        var layout = CurveLayout.Of(plan, TokenAmount.Zero, 0).Value;
        var done = new TokenAmount((UInt128)1 << 119);
        var moment = plan.FirstWith(done.Units);
        return MicrosecondsOf(2_000, () => CurveSlices.Next(plan, layout, done, moment, moment));
    }

    private static async Task LookAsync(Report report, string connectionString, double recovery)
    {
        await using var node = await Node.StartAsync(connectionString);
        var assets = node.Get<TradedAssets>();
        var sell = World.TokenList.First(t => t.Type == TokenType.Subnet);
        var pair = $"{assets.Find(sell.Id.ToString())!.Symbol}-{assets.Find(".stx")!.Symbol}@simulated";
        node.SetPrice(SimulatedWorld.PriceTokenOf(sell), Price.One);
        node.SetPrice(TokenId.Stx, Price.One);
        var watched = new WatchedCurve(Guid.NewGuid(), null, null, false, sell.Id.ToString(), new TokenAmount(1_000_000));
        // 63 sums, half of what they add is a price that is read, and one comparison.
        var condition = string.Join(' ', Enumerable.Range(0, 64).Select(i => (i % 2 == 0 ? pair : "1") + (i == 0 ? "" : " +")))
            + " 1000 >=";
        var expressions = node.Get<CurveExpressions>();
        var look = MicrosecondsOf(2_000, () => Known(expressions.Look(watched, condition, expressions.Now())));
        report.Add("one look at a condition of 64 operators", "≤ ½ of a recovery", Number($"{look:F1} µs"), Number($"{recovery:F1} µs"),
            Number($"{look / recovery:F3}"), look <= recovery / 2);
        await FillAsync(connectionString, Conditions, isCurve: true, condition: $"{pair} 1000.", token: sell.Id.ToString());
        var advance = node.Get<AdvanceCurves>();
        await Samples.OfAsync(5, () => advance.TickAsync(CancellationToken.None));
        var samples = await Samples.OfAsync(20, () => advance.TickAsync(CancellationToken.None));
        report.Add(Number($"a look at {Conditions:N0} conditions, no two alike, p50"), "≤ 100 ms", Number($"{samples.Median:F1} ms"), "",
            "", samples.Median <= 100);
    }

    private static void Known(CurveLook? look)
    {
        if (look is null) throw new UnreachableException("the condition was not read");
    }

    private static async Task<string> PlainAsync(Cluster cluster, int orders)
    {
        var connectionString = await cluster.CreateAsync("others");
        await FillAsync(connectionString, orders, isCurve: false, null, ".stx");
        return connectionString;
    }

    private static async Task<string> CurvesAsync(Cluster cluster, int orders)
    {
        var connectionString = await cluster.CreateAsync("curves");
        await FillAsync(connectionString, orders, isCurve: true, null, ".stx");
        return connectionString;
    }

    private static async Task<double> BeatAsync(Node node)
    {
        async Task Beat()
        {
            await node.Get<AdvanceCurves>().TickAsync(CancellationToken.None);
            await node.SweepAsync();
        }

        return (await Samples.OfAsync(Beats, Beat)).Median;
    }

    // Each waits for a moment a week away, or for its condition.
    private static async Task FillAsync(string connectionString, int count, bool isCurve, string? condition, string token)
    {
        var admin = Cluster.AdminOf(connectionString);
        var owner = World.Demo!.Value;
        await Cluster.ExecuteAsync(admin, string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, funding, account, is_curve, created_at, status)
            SELECT md5('order ' || n)::uuid, (md5('order ' || n)::uuid)::text, 'tread', '{owner}', '{owner}', '{token}', '.stx', 1000000, '{World.Router}', {World.Network.ChainId}, 'time', 'managed', '{owner}', {isCurve}, now(), 'open'
            FROM generate_series(1, {count}) n
            """));
        if (condition is null)
        {
            await Cluster.ExecuteAsync(admin, """
                INSERT INTO slices (order_id, number, amount_in, trigger, not_before, status, wake_at, attempts_used, attempts_max, unquoted, was_sent, created_at, intent_uuid)
                SELECT id, 1, 1000000, 'time', now() + interval '7 days', 'waiting', now() + interval '7 days', 0, 3, 0, false, now(), gen_random_uuid()::text FROM orders
                """);
        }
        if (isCurve)
        {
            await Cluster.ExecuteAsync(admin, string.Create(CultureInfo.InvariantCulture,
                $"""
                INSERT INTO curves (order_id, side, is_exact_out, target, pace, shape, tilt, duration_ms, discretion, patience, slices_min, goes_on, condition, is_reverse_limit, pauses_outside, attempts_max,
                    labels, revision, activated_at, paused_for, layout_done, layout_count, funds, released, is_watching)
                SELECT id, 'sell', false, 1000000, 'curve', 'twap', 0, 864000000, 60000000, 20000000, 1, false, {(condition is null ? "NULL" : $"'{condition}' || row_number() OVER () || ' >='")}, false, false, 3,
                    ARRAY[]::text[], 1, {(condition is null ? "now()" : "NULL")}, 0, 0, 1, 1000000, 0, {(condition is null ? "false" : "true")} FROM orders
                """));
        }
        foreach (var table in new[] { "orders", "slices", "curves" }) await Cluster.ExecuteAsync(admin, $"VACUUM (ANALYZE) {table}");
    }

    private static double MicrosecondsOf(int times, Action work)
    {
        var medians = new List<double>();
        // First as often and as long as it takes until it is compiled as in a service that has run for a while.
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp;) work();
        for (var turn = 0; turn < 5; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++) work();
            medians.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / times);
        }
        return Samples.MedianOf(medians);
    }
}
