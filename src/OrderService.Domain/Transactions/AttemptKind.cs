namespace OrderService.Domain.Transactions;

/// <summary>What a slice's transaction does.</summary>
public enum AttemptKind
{
    /// <summary>Swaps the slice.</summary>
    Swap,

    /// <summary>Spends the intent's uuid, so that a slice that was sent can end without a swap.</summary>
    Spend,
}
