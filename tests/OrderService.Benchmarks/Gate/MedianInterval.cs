namespace OrderService.Benchmarks.Gate;

/// <summary>
/// A median and the interval in which it lies with 95 %, whatever the values are distributed like: both ends are values that were measured,
/// by rank.
/// </summary>
internal sealed record MedianInterval(double Median, double Low, double High)
{
    private const double OutsideEachSide = 0.025;

    /// <summary>How wide it is.</summary>
    public double Width => High - Low;

    /// <summary>
    /// That of six values or more. The true median lies below the k-th of n values with the probability that fewer than k of n fair coins
    /// fall heads: the largest k for which that is at most 2.5 % gives the lower end, and the k-th from above the upper.
    /// </summary>
    public static MedianInterval Of(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var n = sorted.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 6, nameof(values));
        var (k, exactly, fewer) = (0, Math.Pow(0.5, n), 0.0);
        while (fewer + exactly <= OutsideEachSide)
        {
            fewer += exactly;
            exactly *= (double)(n - k) / (k + 1);
            k++;
        }
        return new MedianInterval(OrderService.Benchmarks.Ground.Samples.MedianOf(sorted), sorted[k - 1], sorted[n - k]);
    }
}
