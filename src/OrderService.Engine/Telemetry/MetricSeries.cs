namespace OrderService.Engine.Telemetry;

/// <summary>One line of a counter or gauge, or the lines of one histogram.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length];
    private readonly Lock _lock = new();
    private double _sum;
    private long _count;

    /// <summary>Adds to a counter, or one observation to a histogram.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
            _count++;
            for (var i = 0; i < bounds.Length; i++) if (value <= bounds[i]) _buckets[i]++;
        }
    }

    /// <summary>Replaces the value, for what is observed as a whole.</summary>
    public void Set(double value)
    {
        lock (_lock) (_sum, _count) = (value, 1);
    }

    /// <summary>The sum, the number of observations and the cumulative buckets, of one moment.</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (_lock) return (_sum, _count, [.. _buckets]);
    }
}
