using System.Diagnostics;

namespace OrderService.Benchmarks.Ground;

/// <summary>
/// Runs one benchmark by its name, or all of them one after the other, and ends with the table and 0 where every target was reached.
/// </summary>
internal static class Suite
{
    public const string Header = "| what | target | measured | limit in the same run | ratio | |\n|---|---|---|---|---|---|";

    public static async Task<int> RunAsync(string[] args, IReadOnlyDictionary<string, Func<Arguments, Task<Report>>> benchmarks)
    {
        if (args.Length == 0 || (args[0] != "all" && !benchmarks.ContainsKey(args[0])))
        {
            await Console.Error.WriteLineAsync($"Usage: dotnet run -c Release --project tests/OrderService.Benchmarks -- recover|gate FOLDER|{string.Join('|', benchmarks.Keys)}|all [--name value …]");
            return 2;
        }
        var arguments = new Arguments(args[1..]);
        Console.WriteLine(await Machine.DescribeAsync());
        var table = new List<string>();
        var passes = true;
        foreach (var name in args[0] == "all" ? benchmarks.Keys : [args[0]])
        {
            var started = Stopwatch.GetTimestamp();
            Console.WriteLine($"\n## {name}");
            var report = await benchmarks[name](arguments);
            Console.WriteLine($"({name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s)");
            table.AddRange(report.Figures.Select(figure => figure.ToMarkdown()));
            passes &= report.Figures.All(figure => figure.Passes);
        }
        Console.WriteLine($"\n{Header}\n{string.Join('\n', table)}\n\n{(passes ? "PASS" : "FAIL")}");
        return passes ? 0 : 1;
    }
}
