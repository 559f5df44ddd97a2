using OrderService.Domain.Amounts;

namespace OrderService.Domain.Orders;

/// <summary>Where an order that trails the price fires, as the store reckons it too.</summary>
public static class Trailing
{
    /// <summary>
    /// The price at which terms fire whose best price is this: at or below it for one that waits for a fall, at or above it for the other;
    /// null where no price is far enough, or they do not trail.
    /// </summary>
    public static Price? FiresAt(OrderTerms terms, Price best)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return (terms.Direction, terms.TrailingBps, terms.TrailingAmount) switch
        {
            (TriggerDirection.Lt, { } bps, _) =>
                new Price(Wide.MulDivFloor(best.Count, (UInt128)(BasisPoints.Max - bps), BasisPoints.Max) ?? Price.MaxValue.Count),
            (TriggerDirection.Lt, _, { } amount) => best > amount ? new Price(best.Count - amount.Count) : null,
            (_, { } bps, _) => Least(Wide.MulDivCeiling(best.Count, (UInt128)(BasisPoints.Max + bps), BasisPoints.Max)),
            (_, _, { } amount) => Least(best.Count + amount.Count),
            _ => null,
        };
    }

    /// <summary>The better of two bests.</summary>
    public static Price Better(OrderTerms terms, Price one, Price other)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return (terms.Direction == TriggerDirection.Lt) == (one > other) ? one : other;
    }

    private static Price Least(UInt128? count) => count is { } value && value < Price.MaxValue.Count ? new Price(value) : Price.MaxValue;
}
