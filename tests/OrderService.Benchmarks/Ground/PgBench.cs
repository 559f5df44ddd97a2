using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace OrderService.Benchmarks.Ground;

/// <summary>What Postgres itself needs for a statement: pgbench, one client, prepared, over the same socket.</summary>
internal static partial class PgBench
{
    // The sweep's own planner settings: the limit is the walk to the front of an index, whatever the statistics say.
    private const string Planner = "-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off";

    /// <summary>The average of so many executions in milliseconds.</summary>
    public static async Task<double> RunAsync(Cluster cluster, string connectionString, string sql, int count)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var script = Path.Combine(cluster.Folder, "probe.sql");
        await File.WriteAllTextAsync(script, sql.ReplaceLineEndings(" ") + ";\n");
        var output = await Commands.OutputAsync(
            Path.Combine(await Machine.BinFolderAsync(), "pgbench"),
            ["-n", "-M", "prepared", "-c", "1", "-t", count.ToString(CultureInfo.InvariantCulture), "-f", script,
                "-h", cluster.Socket, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username!,
                settings.Database!],
            ("PGOPTIONS", Planner));
        return double.Parse(Latency().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"latency average = ([0-9.]+) ms")]
    private static partial Regex Latency();
}
