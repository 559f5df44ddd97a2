using System.Globalization;
using OrderService.Benchmarks.Ground;
using OrderService.Domain.Amounts;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What a tick costs where orders trail the price, beside the same market of orders that stand still: both are armed at the same moments at
/// the same distance, some with each tick, along a random walk and in a fall without an end. The tick that sees new orders lists them,
/// which for those that stand still is a part of their create; so it is measured apart, and the tick after it is the one that is compared.
/// </summary>
internal static class TrailingBenchmark
{
    private const int Orders = 100_000;
    private const int Ticks = 10_000;
    private const double RatioMax = 2;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var (orders, ticks) = (arguments.Whole("orders", Orders), arguments.Whole("ticks", Ticks));
        await using var cluster = await Cluster.StartAsync();
        foreach (var walk in (string[])["random walk", "monotone fall"])
        {
            var random = new Random(20261128);
            var (price, still, trailing, lists) = (1_000_000_000L, new Samples(), new Samples(), new Samples());
            await using var plain = await Market.StartAsync(await cluster.CreateAsync($"still_{walk[0]}"), trails: false);
            await using var moved = await Market.StartAsync(await cluster.CreateAsync($"trailing_{walk[0]}"), trails: true);
            var (warmUp, claimedStill, claimedTrailing) = (Math.Max(1, ticks / 100), 0L, 0L);
            for (var tick = 0; tick < ticks; tick++)
            {
                // Armed at the price of the tick before, as by a look between the two.
                foreach (var market in (Market[])[plain, moved]) await market.ArmAsync(orders / ticks, price, tick);
                claimedStill += await plain.TickAsync(price);
                claimedTrailing += await TimedAsync(moved, price, tick < warmUp ? null : lists);
                price = walk == "monotone fall" ? price - (price / 20_000) : Math.Max(1_000, price + random.NextInt64(-500_000, 500_001));
                // In turns, so that neither has the warmer caches.
                if (tick % 2 == 0) claimedStill += await TimedAsync(plain, price, tick < warmUp ? null : still);
                claimedTrailing += await TimedAsync(moved, price, tick < warmUp ? null : trailing);
                if (tick % 2 == 1) claimedStill += await TimedAsync(plain, price, tick < warmUp ? null : still);
            }
            report.Note($"{walk}: {claimedTrailing:N0} of {orders:N0} trailing orders fired and {claimedStill:N0} that stood still; a tick p50 {trailing.Median:F3} ms against {still.Median:F3} ms, p99 {trailing.P99:F3} against {still.P99:F3}; a look that lists {orders / ticks}, mean {lists.Mean:F3} ms");
            var ratio = trailing.Mean / still.Mean;
            report.Add(Number($"a tick over {orders:N0} trailing orders, {ticks:N0} ticks, {walk}, mean"),
                Number($"≤ {RatioMax:F0} × standing still"), Number($"{trailing.Mean:F3} ms"), Number($"{still.Mean:F3} ms"),
                Number($"{ratio:F2}"), ratio <= RatioMax);
        }
        return report;
    }

    private static async Task<int> TimedAsync(Market market, long price, Samples? samples)
    {
        var claimed = 0;
        var took = await Samples.OfAsync(1, async () => claimed = await market.TickAsync(price));
        samples?.AddAll(took);
        return claimed;
    }

    /// <summary>One pair and its orders, whose distances are a hundredth to five hundredths of the price that they are armed at.</summary>
    private sealed class Market(Node node, string connectionString, bool trails) : IAsyncDisposable
    {
        public static async Task<Market> StartAsync(string connectionString, bool trails)
        {
            await OpenOrders.LoadAsync(connectionString, 1, 1); // the pair, and one order that keeps it in use
            var node = await Node.StartAsync(connectionString);
            return new Market(node, connectionString, trails);
        }

        public Task ArmAsync(int count, long price, int tick) =>
            Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), string.Create(CultureInfo.InvariantCulture,
            $"""
            WITH rows AS (SELECT n, gen_random_uuid() AS id, 100 + 400 * n / {count} AS bps FROM generate_series(0, {count - 1}) AS n),
            made AS (
                INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, direction, target_price, trailing_bps, signature, created_at, status)
                SELECT r.id, r.id::text, o.dialect, o.owner, o.recipient, o.sell_token, o.buy_token, o.amount_in, o.router, o.chain_id, 'price', o.condition_token, 'lt',
                    {(trails ? "NULL, r.bps" : $"div({price}::numeric * 1000000000 * (10000 - r.bps), 10000), NULL")}, o.signature, now(), 'open' FROM rows r, (SELECT * FROM orders ORDER BY created_at LIMIT 1) AS o RETURNING id, target_price, trailing_bps)
            INSERT INTO slices (order_id, number, amount_in, trigger, pair_id, price_max, trail, status, wait_side, wait_price, attempts_used, attempts_max, unquoted, was_sent, created_at)
            SELECT id, 1, 1000000, 'price', 1, target_price, trailing_bps, 'waiting', {(trails ? "'trail'" : "'fall'")}, target_price, 0, 3, 0, false, now() + {tick} * interval '1 microsecond' FROM made
            """));

        public Task<int> TickAsync(long price)
        {
            node.SetPrice(OpenOrders.Watched(1), new Price((UInt128)price * 1_000_000_000));
            return node.SweepAsync();
        }

        public ValueTask DisposeAsync() => node.DisposeAsync();
    }
}
