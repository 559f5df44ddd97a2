using System.Runtime.InteropServices;
using OrderService.EmbeddedPostgres;

namespace OrderService.Benchmarks.Ground;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync()
    {
        var processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            System.Globalization.CultureInfo.InvariantCulture) >> 20;
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        return $"Machine: {Environment.ProcessorCount} cores ({processor}), {memory} GiB, kernel {(await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim()}, "
            + $"{(await Commands.OutputAsync(Path.Combine(await BinFolderAsync(), "postgres"), ["--version"])).Trim()}, {RuntimeInformation.FrameworkDescription}, load {load} at the start. Figures are medians of at least 3 runs.";
    }

    /// <summary>Where Postgres' programs are, pgbench among them.</summary>
    public static async Task<string> BinFolderAsync() =>
        Path.GetDirectoryName((await PostgresBinaries.FindAsync(null, null, "", CancellationToken.None)).Postgres)!;
}
