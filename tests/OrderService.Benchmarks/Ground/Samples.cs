using System.Diagnostics;

namespace OrderService.Benchmarks.Ground;

/// <summary>Durations and what is said about them. Percentiles are by rank, so they are values that were measured.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];
    private bool _sorted;

    public int Count => _milliseconds.Count;

    public double Median => At(0.5);

    public double Mean => _milliseconds.Average();

    public double P99 => At(0.99);

    public double Max => At(1);

    public void Add(TimeSpan duration) => AddMilliseconds(duration.TotalMilliseconds);

    public void AddMilliseconds(double value)
    {
        _milliseconds.Add(value);
        _sorted = false;
    }

    public void AddAll(Samples others)
    {
        _milliseconds.AddRange(others._milliseconds);
        _sorted = false;
    }

    /// <summary>Times something so many times.</summary>
    public static async Task<Samples> OfAsync(int count, Func<Task> work)
    {
        var samples = new Samples();
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            samples.Add(Stopwatch.GetElapsedTime(started));
        }
        return samples;
    }

    public static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private double At(double share)
    {
        if (!_sorted) _milliseconds.Sort();
        _sorted = true;
        return _milliseconds[Math.Clamp((int)Math.Ceiling(share * _milliseconds.Count) - 1, 0, _milliseconds.Count - 1)];
    }
}
