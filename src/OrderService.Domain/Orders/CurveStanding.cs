namespace OrderService.Domain.Orders;

/// <summary>Where an order stands that is planned slice by slice.</summary>
public enum CurveStanding
{
    /// <summary>Its start or its condition holds it back.</summary>
    Scheduled,

    /// <summary>It runs.</summary>
    Active,

    /// <summary>Nothing of it is sent until it is resumed.</summary>
    Paused,

    /// <summary>The last of it is on its way, or its end is near.</summary>
    Finisher,

    /// <summary>It ended, and something of it was swapped.</summary>
    Complete,

    /// <summary>It was cancelled, or ended without a swap. What was in flight may still settle and counts.</summary>
    Canceled,
}
