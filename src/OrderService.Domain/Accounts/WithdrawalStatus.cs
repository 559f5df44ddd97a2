namespace OrderService.Domain.Accounts;

/// <summary>Where a withdrawal stands.</summary>
public enum WithdrawalStatus
{
    /// <summary>Nothing of it is in a transaction that could still be mined.</summary>
    Waiting,

    /// <summary>Its bytes are stored and were, or may have been, sent.</summary>
    Sent,

    /// <summary>The owner's wallet was paid.</summary>
    Confirmed,

    /// <summary>It can never happen, for the reason given.</summary>
    Failed,
}

/// <summary>The legal moves of a withdrawal.</summary>
public static class WithdrawalStatusTable
{
    /// <summary>True where a withdrawal may move from one status to the other.</summary>
    public static bool Allows(WithdrawalStatus from, WithdrawalStatus to) => (from, to) switch
    {
        (WithdrawalStatus.Waiting, WithdrawalStatus.Sent or WithdrawalStatus.Failed) => true,
        (WithdrawalStatus.Sent, WithdrawalStatus.Waiting or WithdrawalStatus.Confirmed or WithdrawalStatus.Failed) => true,
        (WithdrawalStatus.Confirmed, WithdrawalStatus.Sent) => true, // a reorg took the evidence back
        _ => false,
    };
}
