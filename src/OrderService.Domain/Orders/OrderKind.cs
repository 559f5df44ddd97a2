namespace OrderService.Domain.Orders;

/// <summary>
/// What kind of order its client asked for. It is told to clients and looked for; what happens to an order stands in its terms and rules.
/// </summary>
public enum OrderKind
{
    /// <summary>One swap.</summary>
    Swap,

    /// <summary>Swaps at a rate or better.</summary>
    Limit,

    /// <summary>An amount in parts at an interval.</summary>
    Dca,

    /// <summary>A target along a curve.</summary>
    Curve,
}
