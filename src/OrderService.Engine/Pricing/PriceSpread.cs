using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Engine.Pricing;

/// <summary>How prices stand to each other, compared exactly.</summary>
internal static class PriceSpread
{
    /// <summary>The middle price; of an even count the floor of the mean of the two in the middle. There must be one at least.</summary>
    public static Price Median(IEnumerable<Price> prices)
    {
        var sorted = prices.Order().ToArray();
        var upper = sorted[sorted.Length / 2];
        if (sorted.Length % 2 == 1) return upper;
        var lower = sorted[sorted.Length / 2 - 1];
        return new Price(lower.Count + (upper.Count - lower.Count) / 2);
    }

    /// <summary>True where <paramref name="price"/> is at most so many basis points of <paramref name="middle"/> away from it.</summary>
    public static bool IsWithin(Price price, Price middle, int basisPoints)
    {
        var distance = price >= middle ? price.Count - middle.Count : middle.Count - price.Count;
        return (BigInteger)distance * BasisPoints.Max <= (BigInteger)middle.Count * basisPoints;
    }

    /// <summary>True where one price is more than <paramref name="factor"/> times the other.</summary>
    public static bool IsJump(Price from, Price to, Price factor)
    {
        var (low, high) = from <= to ? (from, to) : (to, from);
        return (BigInteger)high.Count * Price.Scale > (BigInteger)low.Count * factor.Count;
    }
}
