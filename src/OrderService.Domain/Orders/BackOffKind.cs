namespace OrderService.Domain.Orders;

/// <summary>Why a claimed slice is given back; each has a pace of its own.</summary>
public enum BackOffKind
{
    /// <summary>Something is away that will be back.</summary>
    Passing,

    /// <summary>No quote could be had.</summary>
    Unquoted,

    /// <summary>The quote was below the min amount out, outside the rate bounds or below the price band.</summary>
    BelowMin,

    /// <summary>Its holder has too little of what it sells.</summary>
    Unfunded,

    /// <summary>Its account has calls under way that it waits for.</summary>
    CallUnderWay,
}
