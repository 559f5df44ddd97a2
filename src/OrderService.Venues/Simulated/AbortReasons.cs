namespace OrderService.Venues.Simulated;

/// <summary>Why a mined transaction moved nothing.</summary>
internal static class AbortReasons
{
    /// <summary>The bytes, the network, the router or the token are not this chain's.</summary>
    public const string BadCall = "bad_call";

    /// <summary>The signature is not the owner's.</summary>
    public const string BadSignature = "invalid_signature";

    /// <summary>The uuid was used before: by a swap, or by a call that spent it.</summary>
    public const string UuidUsed = "uuid_used";

    /// <summary>The owner holds less than the intent moves.</summary>
    public const string InsufficientBalance = "insufficient_balance";

    /// <summary>The hops do not lead from the one token to the other, or one of them pays nothing.</summary>
    public const string BadRoute = "bad_route";

    /// <summary>The route pays less than the least that was asked for.</summary>
    public const string MinAmountOut = "min_amount_out";

    /// <summary>The recipient's balance would exceed 2^128-1.</summary>
    public const string Overflow = "balance_overflow";
}
