using OrderService.Domain.Orders;

namespace OrderService.Domain.Accounts;

/// <summary>
/// Where the amount of one slice of a managed order is. Every slice is in exactly one, which is why the parts of an order always sum to its
/// whole.
/// </summary>
public enum FundsState
{
    /// <summary>Set aside, and in no transaction.</summary>
    Reserved,

    /// <summary>Set aside, and in a swap that the chain has not decided.</summary>
    InFlight,

    /// <summary>Swapped.</summary>
    Spent,

    /// <summary>The account's again: the slice ended without a swap.</summary>
    Returned,
}

/// <summary>Reads it off a slice.</summary>
public static class FundsStates
{
    /// <summary>
    /// The same of a slice of an order that is planned slice by slice: what such a slice does not swap is its order's still, and is planned
    /// anew. The order gives back what it will not plan any more.
    /// </summary>
    public static FundsState OfPlanned(SliceStatus status, bool isEnding) =>
        Of(status, isEnding) is FundsState.Returned ? FundsState.Reserved : Of(status, isEnding);

    /// <summary>
    /// The state of a slice's amount. <paramref name="isEnding"/> is true where all that is left for it is to spend its uuid, which moves
    /// no funds.
    /// </summary>
    public static FundsState Of(SliceStatus status, bool isEnding) => status switch
    {
        SliceStatus.Confirmed => FundsState.Spent,
        SliceStatus.Broadcast when !isEnding => FundsState.InFlight,
        _ when status.IsTerminal() => FundsState.Returned,
        _ => FundsState.Reserved,
    };
}
