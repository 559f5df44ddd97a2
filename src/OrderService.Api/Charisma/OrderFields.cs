using System.Collections.Frozen;

namespace OrderService.Api.Charisma;

/// <summary>
/// The names in an order that are the service's to write. A client that sends one is not believed, and one in its own fields never hides
/// ours.
/// </summary>
internal static class OrderFields
{
    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
    [
        // what a client asks for; written from the terms
        "owner", "inputToken", "outputToken", "amountIn", "targetPrice", "direction", "conditionToken", "baseAsset", "recipient", "uuid",
        "validFrom", "validTo", "minAmountOut", "slippageBps", "maxDeviationBps", "acceptUnprotectedOutput", "limitPrice", "timeInForce",
        "trailingBps", "trailingAmount",
        // never shown to anyone
        "signature", "termsSignature",
        // what became of it
        "status", "paused", "code", "reason", "createdAt", "termsBound", "txid", "blockHeight", "blockTime", "confirmedAt", "amountOut",
        "failedAt",
        "failureReason", "cancelledAt", "cancelReason", "trigger", "attempts", "waitingFor", "groupId", "leg",
    ]);

    /// <summary>True where the name is the service's.</summary>
    public static bool IsOwn(string name) => Own.Contains(name);
}
