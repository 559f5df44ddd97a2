namespace OrderService.Domain.Orders;

/// <summary>What makes a slice due inside its window.</summary>
public enum SliceTrigger
{
    /// <summary>Only a call to execute.</summary>
    Manual,

    /// <summary>The clock: due as soon as its window is open.</summary>
    Time,

    /// <summary>A price inside its range.</summary>
    Price,
}

/// <summary>The direction of a price condition on the wire.</summary>
public enum TriggerDirection
{
    /// <summary>Due at or below the target.</summary>
    Lt,

    /// <summary>Due at or above the target.</summary>
    Gt,
}

/// <summary>Which of its bounds a waiting slice waits for: the price to rise to it, or to fall to it.</summary>
public enum WaitSide
{
    /// <summary>Due when the price is at or above the bound.</summary>
    Rise,

    /// <summary>Due when the price is at or below the bound.</summary>
    Fall,

    /// <summary>Due when the price has come back by its distance from the best since it was armed.</summary>
    Trail,
}
