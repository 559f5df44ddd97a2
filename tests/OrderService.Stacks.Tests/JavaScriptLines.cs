using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OrderService.Stacks.Tests;

// Runs tests/differential/generate.mjs and gives its lines as they come. A missing node or missing packages are failures: a comparison
// that silently did not happen would be worse than none.
internal static class JavaScriptLines
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static IEnumerable<JsonNode> Of(string seed, params string[] counts)
    {
        var folder = Path.Combine(Root(), "tests", "differential");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException($"The packages of {folder} are missing: run \"npm ci\" there, or ./test.");
        }

        using var node = Start(folder, ["generate.mjs", seed, .. counts]);
        using var killer = new Timer(_ => node.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
        var errors = node.StandardError.ReadToEndAsync();
        while (node.StandardOutput.ReadLine() is { } line) yield return JsonNode.Parse(line)!;
        node.WaitForExit();
        if (node.ExitCode != 0) throw new InvalidOperationException($"node ended with {node.ExitCode}: {errors.Result}");
    }

    private static Process Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("node is missing: install Node.js 20 or later.", missing);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OrderService.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
