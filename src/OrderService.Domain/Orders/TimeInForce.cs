namespace OrderService.Domain.Orders;

/// <summary>How long an order stays where it cannot be swapped.</summary>
public enum TimeInForce
{
    /// <summary>Until it is cancelled.</summary>
    Gtc,

    /// <summary>Until its window closes.</summary>
    Gtt,

    /// <summary>For one try when it is due: what cannot be swapped then ends.</summary>
    Ioc,
}
