namespace OrderService.Stacks.Transactions;

/// <summary>
/// What becomes of asset movements that no post-condition names (SIP-005); the value is the byte on the wire. The third mode of SIP-040 is
/// not used here.
/// </summary>
public enum PostConditionMode : byte
{
    /// <summary>They are let through.</summary>
    Allow = 1,

    /// <summary>They abort the transaction.</summary>
    Deny = 2,
}
