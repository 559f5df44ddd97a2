using System.Globalization;

namespace OrderService.Benchmarks.Ground;

/// <summary>Processor time that processes have used so far, in seconds: figures that other load on the machine hardly moves.</summary>
internal static class CpuTime
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET supports

    public static double OfThisProcess() => Of(Environment.ProcessId);

    /// <summary>A process without its children.</summary>
    public static double Of(int processId) => Of(processId, withEnded: false);

    /// <summary>Processes together; what has ended meanwhile counts nothing.</summary>
    public static double Of(IEnumerable<int> processIds) => processIds.Where(id => File.Exists($"/proc/{id}/stat")).Sum(Of);

    /// <summary>A process, its children, and those of them that have ended.</summary>
    public static double OfTree(int processId)
    {
        var total = Of(processId, withEnded: true);
        foreach (var child in File.ReadAllText($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                total += Of(int.Parse(child, CultureInfo.InvariantCulture), withEnded: true);
            }
            catch (IOException)
            {
                // It ended meanwhile; its parent has its time.
            }
        }
        return total;
    }

    private static double Of(int processId, bool withEnded)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // from field 3 on: the name before it may hold anything
        var ticks = fields[11..(withEnded ? 15 : 13)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return ticks / TicksPerSecond;
    }
}
