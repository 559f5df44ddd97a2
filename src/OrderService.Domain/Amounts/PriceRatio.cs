namespace OrderService.Domain.Amounts;

/// <summary>
/// price(watched) / price(base), kept as the two prices so that comparisons are exact: a lower bound is met by the floor, an upper bound by
/// the ceiling. Both saturate at <see cref="Price.MaxValue"/>.
/// </summary>
public readonly record struct PriceRatio
{
    private PriceRatio(Price floor, Price ceiling) => (Floor, Ceiling) = (floor, ceiling);

    /// <summary>⌊watched·10^18/base⌋: bound ≤ ratio exactly when bound ≤ Floor.</summary>
    public Price Floor { get; }

    /// <summary>⌈watched·10^18/base⌉: bound ≥ ratio exactly when bound ≥ Ceiling.</summary>
    public Price Ceiling { get; }

    /// <summary>Makes the ratio; false where either price is zero (a price of zero is no price).</summary>
    public static bool TryCreate(Price watched, Price baseAsset, out PriceRatio ratio)
    {
        ratio = default;
        if (watched.Count == 0 || baseAsset.Count == 0) return false;
        ratio = new PriceRatio(
            Saturate(Wide.MulDivFloor(watched.Count, Price.Scale, baseAsset.Count)),
            Saturate(Wide.MulDivCeiling(watched.Count, Price.Scale, baseAsset.Count)));
        return true;
    }

    /// <summary>What share of this ratio a rate is, rounded up and saturated.</summary>
    public Price ShareOf(Price rate) =>
        Floor == Price.Zero ? Price.MaxValue : Saturate(Wide.MulDivCeiling(rate.Count, Price.Scale, Floor.Count));

    private static Price Saturate(UInt128? count) =>
        count is { } value && value <= Price.MaxValue.Count ? new Price(value) : Price.MaxValue;
}
