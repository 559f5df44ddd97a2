using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Tests of real processes on the simulated venue, one after the other: most of their time is waiting, for a start or the end of a lease,
/// so what else is tested runs beside them.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Processes
{
    public const string Name = "real processes";
}

/// <summary>The same over a devnet of their own, which is a process too.</summary>
[CollectionDefinition(Name)]
public sealed class ChainProcesses
{
    public const string Name = "real processes on a devnet";
}

/// <summary>Counts what was really run, for <c>docs/reliability.md</c>: one line a test in <c>TestResults/reliability.txt</c>.</summary>
internal static class Tally
{
    private static readonly Lock Gate = new();

    /// <summary>A test ran this often.</summary>
    public static void Add(string test, string variant, int rounds, string detail)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults"));
        lock (Gate)
        {
            File.AppendAllText(Path.Combine(folder.FullName, "reliability.txt"),
                $"{DateTime.UtcNow:O}\t{test}\t{variant}\t{rounds} rounds\t{detail}\n");
        }
    }
}
