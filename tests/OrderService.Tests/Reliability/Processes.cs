using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>Tests of real processes run one after the other when all else is done: each has the machine to itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes
{
    public const string Name = "real processes";
}

/// <summary>Counts what was really run, for <c>docs/reliability.md</c>: one line a test in <c>TestResults/reliability.txt</c>.</summary>
internal static class Tally
{
    private static readonly Lock Gate = new();

    /// <summary>A test ran this often.</summary>
    public static void Add(string test, string variant, int rounds, string detail)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults"));
        lock (Gate) File.AppendAllText(Path.Combine(folder.FullName, "reliability.txt"), $"{DateTime.UtcNow:O}\t{test}\t{variant}\t{rounds} rounds\t{detail}\n");
    }
}
