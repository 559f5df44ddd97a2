namespace OrderService.Domain.Scheduling;

/// <summary>Which curve a schedule follows.</summary>
public enum CurveShape
{
    /// <summary>The same everywhere: F(u) = u.</summary>
    Twap,

    /// <summary>As the market is expected to trade: the forecast volume so far over the whole.</summary>
    Vwap,

    /// <summary>Early, to be near the price of arrival: F(u) = 1 − sinh(2(1−u))/sinh 2, the shape of Almgren and Chriss.</summary>
    Shortfall,

    /// <summary>Around the middle: a normal distribution with a tenth of the duration as its deviation, cut to the duration.</summary>
    TargetTime,
}
