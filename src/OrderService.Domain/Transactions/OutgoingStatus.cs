namespace OrderService.Domain.Transactions;

/// <summary>What became of one transaction.</summary>
public enum OutgoingStatus
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

/// <summary>The legal moves of a transaction.</summary>
public static class OutgoingStatusTable
{
    /// <summary>
    /// True where a transaction may move from one status to the other. Prepared goes on as Sent does, since the answer to a send may be
    /// lost.
    /// </summary>
    public static bool Allows(OutgoingStatus from, OutgoingStatus to) => (from, to) switch
    {
        (OutgoingStatus.Prepared, OutgoingStatus.Sent) => true,
        (OutgoingStatus.Prepared or OutgoingStatus.Sent,
            OutgoingStatus.Confirmed or OutgoingStatus.Reverted or OutgoingStatus.Rejected or OutgoingStatus.Replaced) => true,
        (OutgoingStatus.Confirmed or OutgoingStatus.Reverted, OutgoingStatus.Sent) => true, // a reorg took the evidence back
        _ => false,
    };

    /// <summary>True while the chain has not decided.</summary>
    public static bool IsLive(this OutgoingStatus status) => status is OutgoingStatus.Prepared or OutgoingStatus.Sent;
}
