using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// A jump that a source stands by: from what was believed when it began to what the source last said, since when, and until when it was
/// heard.
/// </summary>
internal sealed record HeldJump(
    TokenId Token, string Source, Price From, Price To, DateTimeOffset Since, DateTimeOffset Last, JumpReason Why);

/// <summary>Why a jump waits.</summary>
internal enum JumpReason
{
    /// <summary>No other source says anything.</summary>
    Unconfirmed,

    /// <summary>The others say otherwise.</summary>
    Contradicted,

    /// <summary>It waits no longer: it has lasted, or another source says the same.</summary>
    Passed,
}
