namespace OrderService.Stacks.Transactions;

/// <summary>
/// How the amount that was sent must compare with the amount of a post-condition (SIP-005); the value is the byte on the wire.
/// </summary>
public enum FungibleCondition : byte
{
    /// <summary>Sent exactly the amount.</summary>
    Equal = 1,

    /// <summary>Sent more than the amount.</summary>
    Greater = 2,

    /// <summary>Sent the amount or more.</summary>
    GreaterOrEqual = 3,

    /// <summary>Sent less than the amount.</summary>
    Less = 4,

    /// <summary>Sent the amount or less.</summary>
    LessOrEqual = 5,
}
