using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Transactions;

/// <summary>
/// What must be true of the assets that a transaction moved, or the chain aborts it (SIP-005). The sender is whom they left; null is the
/// origin, the account that signed. Amounts are base units of 64 bits, because the wire has no more. A condition without a name throws
/// ArgumentOutOfRangeException.
/// </summary>
public abstract record PostCondition
{
    private PostCondition(Principal? sender) => Sender = sender;

    /// <summary>Whom the assets leave; null is the origin.</summary>
    public Principal? Sender { get; init; }

    /// <summary>Of the micro-STX that the sender sent in all.</summary>
    public sealed record Stx(Principal? Sender, FungibleCondition Condition, ulong Amount) : PostCondition(Sender)
    {
        /// <summary>How what was sent compares with the amount.</summary>
        public FungibleCondition Condition { get; init => field = Known(value); } = Known(Condition);
    }

    /// <summary>Of the base units of a fungible token that the sender sent in all.</summary>
    public sealed record Fungible(Principal? Sender, AssetId Asset, FungibleCondition Condition, ulong Amount) : PostCondition(Sender)
    {
        /// <summary>How what was sent compares with the amount.</summary>
        public FungibleCondition Condition { get; init => field = Known(value); } = Known(Condition);
    }

    /// <summary>Of one instance of a non-fungible token, named by its Clarity value.</summary>
    public sealed record NonFungible(Principal? Sender, AssetId Asset, ClarityValue Instance, NonFungibleCondition Condition)
        : PostCondition(Sender)
    {
        /// <summary>Whether the instance was sent.</summary>
        public NonFungibleCondition Condition { get; init => field = Known(value); } = Known(Condition);
    }

    private static T Known<T>(T condition) where T : struct, Enum =>
        Enum.IsDefined(condition) ? condition : throw new ArgumentOutOfRangeException(nameof(condition));
}
