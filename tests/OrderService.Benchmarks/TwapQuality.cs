using System.Globalization;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain.Amounts;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// How well an order along a curve does what it is for: its price against the mean price of its time, and how far from its curve it ever
/// was. All in logical time.
/// </summary>
internal static class TwapQuality
{
    public const int Orders = 200;

    /// <summary>The fee of each pool: a usual one.</summary>
    public const int FeePpm = 3_000;

    private const int SecondsApart = 3;

    private sealed record Swap(TokenAmount In, TokenAmount Out, DateTimeOffset At);

    public static async Task AddAsync(Report report, Cluster cluster, int orders, int feePpm)
    {
        var connectionString = await cluster.CreateAsync("twaps");
        var placed = new List<PlacedTwap>();
        var (off, late) = (new List<double>(), new List<double>());
        await using (var market = await TwapMarket.StartAsync(connectionString, feePpm))
        {
            for (var i = 0; i < orders; i++)
            {
                placed.Add(await market.PlaceAsync(i, usd: 100 + i * 37 % 900));
                for (var second = 0; second < SecondsApart; second++) await market.StepAsync();
            }
            for (var second = 0; second < (int)TwapMarket.Duration.TotalSeconds + 30; second++) await market.StepAsync();
            await using var source = NpgsqlDataSource.Create(connectionString);
            foreach (var twap in placed)
            {
                var swaps = await SwapsAsync(source, twap.Id);
                var (sold, paid) = (swaps.Aggregate(TokenAmount.Zero, (sum, swap) => sum + swap.In),
                    swaps.Aggregate(TokenAmount.Zero, (sum, swap) => sum + swap.Out));
                if (sold != twap.Plan.Target) throw new InvalidOperationException($"an order of {twap.Plan.Target} sold {sold}");
                off.Add((double)paid.Units / (double)sold.Units * twap.Scale / market.MeanRate(twap.Pair, twap.Second) - 1);
                late.Add(ErrorOf(twap, swaps));
            }
        }
        var (worst, fee) = (off.Max(Math.Abs), feePpm / 1e6);
        report.Add(Number($"{orders:N0} TWAPs of 10 minutes on the walk: price against the mean rate of the same minutes, the furthest"),
            "≤ the pool's fee", Bps(worst), Bps(fee), Number($"{worst / fee:F2}"), worst <= fee);
        report.Note($"off the mean rate: median {Bps(Samples.MedianOf(off))}, from {Bps(off.Min())} to {Bps(off.Max())}");
        report.Add("the same: furthest from the curve, over the discretion and one slice", "≤ 1", Number($"{late.Max():F3}"), "", "",
            late.Max() <= 1);
        report.Note($"that share: median {Samples.MedianOf(late):F3}");
    }

    private static string Bps(double share) => Number($"{share * 10_000:F2} bps");

    // At any moment: what is swapped against what the curve wants, as a share of what it may be off by. Between two swaps only the curve
    // moves, so it is furthest right before one or right after.
    private static double ErrorOf(PlacedTwap twap, List<Swap> swaps)
    {
        var plan = twap.Plan;
        var allowed = (double)plan.Band.Units + swaps.Max(swap => (double)swap.In.Units);
        var (done, furthest) = (0.0, 0.0);
        foreach (var swap in swaps)
        {
            var wanted = (double)plan.TargetAt(Math.Min((long)(swap.At - twap.Began).TotalMilliseconds, plan.Duration)).Units;
            furthest = Math.Max(furthest, Math.Abs(wanted - done));
            done += (double)swap.In.Units;
            furthest = Math.Max(furthest, Math.Abs(wanted - done));
        }
        return Math.Max(furthest, Math.Abs((double)plan.Target.Units - done)) / allowed;
    }

    private static async Task<List<Swap>> SwapsAsync(NpgsqlDataSource source, Guid order)
    {
        await using var command = source.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"""
            SELECT w.amount_in::text, w.amount_out::text, b.mined_at FROM simulator.swaps w JOIN slices s ON s.intent_uuid = w.uuid JOIN simulator.blocks b ON b.height = w.block_height
            WHERE s.order_id = '{order}' ORDER BY s.number
            """));
        await using var reader = await command.ExecuteReaderAsync();
        var swaps = new List<Swap>();
        while (await reader.ReadAsync())
        {
            swaps.Add(new Swap(TokenAmount.Parse(reader.GetString(0)), TokenAmount.Parse(reader.GetString(1)),
                reader.GetFieldValue<DateTimeOffset>(2)));
        }
        return swaps;
    }
}
