using System.ComponentModel;
using System.Diagnostics;

namespace OrderService.EmbeddedPostgres;

/// <summary>Runs a small program of the operating system to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    internal sealed record Outcome(bool Succeeded, string Output, string Error);

    /// <summary>A program that is not installed is an outcome, not an exception.</summary>
    public static async Task<Outcome> RunAsync(IReadOnlyList<string> command, CancellationToken token)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(token);
        bounded.CancelAfter(limit);
        try
        {
            using var process = Process.Start(StartInfo(command))!;
            try
            {
                process.StandardInput.Close();
                var output = process.StandardOutput.ReadToEndAsync(bounded.Token);
                var error = process.StandardError.ReadToEndAsync(bounded.Token);
                await process.WaitForExitAsync(bounded.Token);
                return new Outcome(process.ExitCode == 0, (await output).Trim(), (await error).Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                token.ThrowIfCancellationRequested();
                return new Outcome(false, "", $"{command[0]} did not end within {limit.TotalSeconds:0} s");
            }
        }
        catch (Win32Exception missing)
        {
            return new Outcome(false, "", missing.Message);
        }
    }

    public static ProcessStartInfo StartInfo(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Every account that may run the server can enter the root folder, unlike the folder the service was started in.
            WorkingDirectory = "/",
        };
        // The messages are read by code, and the PG… variables of the person's shell are meant for other servers.
        start.Environment["LC_ALL"] = "C";
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return start;
    }
}
