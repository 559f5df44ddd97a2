namespace OrderService.Domain.Orders;

/// <summary>Where one transaction stands.</summary>
public enum AttemptStatus
{
    /// <summary>Its bytes are stored; whether they left is not known.</summary>
    Prepared,

    /// <summary>A node took its bytes.</summary>
    Sent,

    /// <summary>Mined and successful.</summary>
    Confirmed,

    /// <summary>Mined and aborted.</summary>
    Reverted,

    /// <summary>Refused for good at its first send; its nonce is free again.</summary>
    Rejected,

    /// <summary>Its nonce was used by another transaction.</summary>
    Replaced,
}

/// <summary>What a transaction is for.</summary>
public enum AttemptKind
{
    /// <summary>Swaps the slice.</summary>
    Swap,

    /// <summary>Spends the intent's uuid, so that a slice that was sent can end without a swap.</summary>
    Spend,
}

/// <summary>The legal moves of an attempt.</summary>
public static class AttemptStatusTable
{
    /// <summary>True where an attempt may move from one status to the other. Prepared goes on as Sent does, since the answer to a send may be lost.</summary>
    public static bool Allows(AttemptStatus from, AttemptStatus to) => (from, to) switch
    {
        (AttemptStatus.Prepared, AttemptStatus.Sent) => true,
        (AttemptStatus.Prepared or AttemptStatus.Sent, AttemptStatus.Confirmed or AttemptStatus.Reverted or AttemptStatus.Rejected or AttemptStatus.Replaced) => true,
        (AttemptStatus.Confirmed or AttemptStatus.Reverted, AttemptStatus.Sent) => true, // a reorg took the evidence back
        _ => false,
    };

    /// <summary>True while the chain has not decided.</summary>
    public static bool IsLive(this AttemptStatus status) => status is AttemptStatus.Prepared or AttemptStatus.Sent;
}
