using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace OrderService.Hosting;

/// <summary>The meters of one partition: its instruments are its own, and carry its number.</summary>
internal sealed class PartitionMeters(int number) : IMeterFactory
{
    private readonly ConcurrentDictionary<string, Meter> _meters = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Meter Create(MeterOptions options) => _meters.GetOrAdd(options.Name,
        name => new Meter(name, options.Version, [.. options.Tags ?? [], new("partition", number.ToString(CultureInfo.InvariantCulture))],
            scope: this));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var meter in _meters.Values) meter.Dispose();
    }
}
