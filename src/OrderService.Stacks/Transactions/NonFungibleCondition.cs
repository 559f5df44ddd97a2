namespace OrderService.Stacks.Transactions;

/// <summary>Whether an instance of a non-fungible token must have been sent (SIP-005); the value is the byte on the wire.</summary>
public enum NonFungibleCondition : byte
{
    /// <summary>It must have left the sender.</summary>
    Sent = 0x10,

    /// <summary>It must not have left the sender.</summary>
    NotSent = 0x11,
}
