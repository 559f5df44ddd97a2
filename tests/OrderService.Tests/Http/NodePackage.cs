using System.Diagnostics;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>
/// Runs what an npm package of the repository has, tests/openapi-client where no other is named. Missing node or packages are failures,
/// never skipped.
/// </summary>
internal static class NodePackage
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "openapi-client");

    /// <summary>Runs one of its scripts with node; its exit code and all that it said.</summary>
    public static Task<(int Code, string Said)> RunAsync(string script, params string[] arguments) => RunInAsync(Folder, script, arguments);

    /// <summary>The same of the package in a folder.</summary>
    public static async Task<(int Code, string Said)> RunInAsync(string folder, string script, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException($"The packages of {folder} are missing: run \"npm ci\" there, or ./test.");
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["REDOCLY_TELEMETRY"], start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"]) = ("off", "true");
        using var node = Process.Start(start)!;
        using var killer = new Timer(_ => node.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, output + await errors);
    }

    /// <summary>A new folder below its own, from where its packages are found. Who asks for it deletes it.</summary>
    public static DirectoryInfo NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, "generated", Guid.NewGuid().ToString("N")));
}
