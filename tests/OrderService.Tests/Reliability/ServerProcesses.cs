using System.Globalization;
using OrderService.EmbeddedPostgres;

namespace OrderService.Tests.Reliability;

/// <summary>A Postgres server with its sessions and workers, found by the file in its data folder.</summary>
internal static class ServerProcesses
{
    /// <summary>All of them get the signal; none does where the server is not running.</summary>
    public static void Send(string data, int signal)
    {
        foreach (var process in Of(data)) Signals.Send(process, signal);
        // A server that stands still starts nothing more, so this has what it started while it was asked.
        if (signal != KillPoint.Stop) return;
        foreach (var process in Of(data)) Signals.Send(process, signal);
    }

    private static IEnumerable<int> Of(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file) || File.ReadLines(file).FirstOrDefault() is not { } first) return [];
        var server = int.Parse(first, CultureInfo.InvariantCulture);
        // The number may be somebody else's by now.
        var name = $"/proc/{server}/comm";
        if (!File.Exists(name) || File.ReadAllText(name).Trim() != "postgres") return [];
        var children = File.ReadAllText($"/proc/{server}/task/{server}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [server, .. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }
}
