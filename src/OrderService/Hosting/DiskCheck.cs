using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>
/// Looks at the disk that the service's own Postgres writes to: warns while there is time, and is not ready when a write is about to fail.
/// </summary>
internal sealed class DiskCheck(string folder, Func<string, long> freeBytesOf)
{
    private const long FreeMin = 64L << 20;
    private const long FreeWarn = 1L << 30;

    /// <summary>That of the data folder.</summary>
    public static DiskCheck Of(IConfiguration configuration) =>
        new(DataFolder.Of(configuration), folder => new DriveInfo(folder).AvailableFreeSpace);

    /// <summary>The check <c>disk</c>.</summary>
    public ReadinessCheck Check => new("disk", _ => Task.FromResult(Ask()));

    private ReadinessResult Ask()
    {
        var free = freeBytesOf(folder);
        var detail = new { folder, freeMiB = free >> 20 };
        var what = $"{free >> 20} MiB are left on the disk of {folder}: make room, or move DATA_DIR";
        if (free < FreeMin) return new ReadinessResult(false, what, detail);
        return new ReadinessResult(true, Detail: detail) { Warnings = free < FreeWarn ? [what] : [] };
    }
}
