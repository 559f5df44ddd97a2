using System.Globalization;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Load;

/// <summary>What the rows say after a run of scheduled orders, once its service has stopped.</summary>
internal static class ScheduledRun
{
    // A part that was overtaken: one that is due before another and was first prepared after it, or never. Cancelled ones wait for nothing.
    private const string Overtaking =
        """
        WITH parts AS (
            SELECT s.not_before AS due, min(a.id) AS place FROM slices s LEFT JOIN attempts a ON a.order_id = s.order_id AND a.slice_number = s.number
            WHERE s.number = 1 AND (a.id IS NOT NULL OR s.status IN ('waiting', 'executing')) GROUP BY s.order_id, s.not_before),
        started AS (
            SELECT place, due, min(due) OVER (ORDER BY place DESC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS left_behind FROM parts)
        SELECT coalesce(extract(epoch FROM max(due - left_behind) FILTER (WHERE place IS NOT NULL)), 0)::double precision FROM started
        """;

    // A second swap of an intent, a swap of what was cancelled, a confirmation without a swap, and what ended in any other way than these
    // two.
    private const string Wrongs =
        """
        SELECT (SELECT count(*) - count(DISTINCT uuid) FROM simulator.swaps)
             + (SELECT count(*) FROM slices s JOIN simulator.swaps w ON w.uuid = s.intent_uuid WHERE s.status = 'cancelled')
             + (SELECT count(*) FROM slices s WHERE s.status = 'confirmed' AND NOT EXISTS (SELECT 1 FROM simulator.swaps w WHERE w.uuid = s.intent_uuid))
             + (SELECT count(*) FROM slices WHERE status IN ('failed', 'skipped', 'expired'))
        """;

    /// <summary>True while a part that is due by a moment is not settled yet.</summary>
    // Each looks at the front of one index of what is left to do.
    public static Task<bool> IsLeftAsync(string connectionString, DateTimeOffset dueBy) =>
        Cluster.ScalarAsync<bool>(connectionString, string.Create(CultureInfo.InvariantCulture,
        $"""
        SELECT EXISTS (SELECT 1 FROM slices WHERE wake_at <= timestamptz '{dueBy:O}') OR EXISTS (SELECT 1 FROM slices WHERE status = 'executing' AND lease_until IS NULL)
            OR EXISTS (SELECT 1 FROM slices WHERE status = 'executing' AND lease_until IS NOT NULL) OR EXISTS (SELECT 1 FROM attempts WHERE NOT is_final)
        """));

    /// <summary>Parts that were confirmed after one moment, and not after another.</summary>
    public static Task<long> ConfirmedAsync(string connectionString, DateTimeOffset from, DateTimeOffset to) =>
        Cluster.ScalarAsync<long>(connectionString,
            string.Create(CultureInfo.InvariantCulture,
                $"SELECT count(*) FROM slices WHERE status = 'confirmed' AND ended_at > '{from:O}' AND ended_at <= '{to:O}'"));

    /// <summary>The most by which a part was due later than one that started after it.</summary>
    public static async Task<TimeSpan> OvertakingAsync(string connectionString) =>
        TimeSpan.FromSeconds(Math.Max(0, await Cluster.ScalarAsync<double>(connectionString, Overtaking)));

    /// <summary>Throws where anything was swapped that should not have been, or not swapped that says so.</summary>
    public static async Task CheckAsync(string connectionString)
    {
        if (await Cluster.ScalarAsync<long>(connectionString, Wrongs) is not 0 and var wrongs)
        {
            throw new InvalidOperationException(
                $"{wrongs} parts were swapped twice or after their cancel, confirmed without a swap, or not swapped");
        }
    }
}
