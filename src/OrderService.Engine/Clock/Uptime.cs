using System.Diagnostics;
using System.Globalization;

namespace OrderService.Engine.Clock;

/// <summary>
/// How long the machine has run, also while it slept, which the steady clock of a process does not count: without that, waking up would
/// look like a jump.
/// </summary>
internal static class Uptime
{
    private const string Source = "/proc/uptime";

    private static readonly bool _isTold = File.Exists(Source);

    /// <summary>By the system where it tells, else by the process's steady clock.</summary>
    public static TimeSpan Read()
    {
        if (!_isTold) return Stopwatch.GetElapsedTime(0);
        var text = File.ReadAllText(Source);
        return TimeSpan.FromSeconds(
            double.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture));
    }
}
