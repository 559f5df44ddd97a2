using System.ComponentModel;
using System.Diagnostics;

namespace OrderService.EmbeddedPostgres;

/// <summary>Runs a small program of the operating system to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);
    private static readonly string[] passedOn = ["PATH", "HOME", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

    internal sealed record Outcome(bool Succeeded, string Output, string Error);

    /// <summary>A program that is not installed is an outcome, not an exception.</summary>
    public static async Task<Outcome> RunAsync(
        IReadOnlyList<string> command, CancellationToken token, TimeSpan? atMost = null,
        params IEnumerable<(string Name, string Value)> variables)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(token);
        bounded.CancelAfter(atMost ?? limit);
        try
        {
            var start = StartInfo(command);
            foreach (var (name, value) in variables) start.Environment[name] = value;
            using var process = Process.Start(start)!;
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
                return new Outcome(false, "", $"{command[0]} did not end within {(atMost ?? limit).TotalSeconds:0} s");
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
        // The service's environment holds its keys, and the server's can be read by whoever runs as its account or makes the server run a
        // program.
        foreach (var name in start.Environment.Keys.Where(key => !passedOn.Contains(key)).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C"; // the messages are read by code
        return start;
    }
}
