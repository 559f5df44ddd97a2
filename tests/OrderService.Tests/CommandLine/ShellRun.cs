using System.Diagnostics;
using System.Text.Json;

namespace OrderService.Tests.CommandLine;

/// <summary>
/// What a printed curl would really send, as a POSIX shell reads it: the shell runs it with a curl of ours that only repeats its arguments.
/// </summary>
internal sealed record ShellRun(string Method, string Url, Dictionary<string, string> Headers, string? Body)
{
    public JsonElement Json => JsonDocument.Parse(Body ?? throw new InvalidOperationException("no body")).RootElement;

    public static async Task<ShellRun> OfAsync(string curl)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await shell.StandardInput.WriteAsync($"curl() {{ printf '%s\\0' \"$@\"; }}\n{curl}\n");
        shell.StandardInput.Close();
        var arguments = (await shell.StandardOutput.ReadToEndAsync()).Split('\0')[..^1];
        await shell.WaitForExitAsync();

        var (method, url, body, headers) = ("GET", "", (string?)null, new Dictionary<string, string>());
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "-sS": break;
                case "-X": method = arguments[++i]; break;
                case "-H": headers.Add(arguments[++i].Split(": ", 2)[0], arguments[i].Split(": ", 2)[1]); break;
                case "--data-raw": body = arguments[++i]; break;
                default: url = arguments[i]; break;
            }
        }
        return new ShellRun(method, url, headers, body);
    }
}
