using System.Diagnostics;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Orders;

#pragma warning disable CA1720 // Signed is the design's word for it, not the name of a type
/// <summary>Who signs the intents of an order's slices.</summary>
public enum FundingKind
{
    /// <summary>The owner's wallet signed the one intent when the order was made.</summary>
    Signed,

    /// <summary>A managed account signs an intent of its own for each slice when it is executed.</summary>
    Managed,

    /// <summary>A managed account calls the router itself for each slice, and a payer sponsors the call.</summary>
    Called,
}

/// <summary>Who may move the funds of an order.</summary>
public abstract record FundsAuthority
{
    /// <summary>The owner's signature over one intent. It authorises one swap, so an order of it has one slice.</summary>
    public sealed record Signed(VerifiedIntent Intent) : FundsAuthority;

    /// <summary>
    /// A managed account of the order's owner, which holds the funds. Whether it is the owner's, and holds enough, is asked by whoever
    /// makes this.
    /// </summary>
    public sealed record Managed(StacksAddress Account, bool IsCalled = false) : FundsAuthority;

    // A bug, not a refusal: whoever made the order verified the intent against these terms.
    internal void MustFit(OrderTerms terms)
    {
        if (this is Signed { Intent: var intent }
            && (intent.Signer != terms.Owner || intent.Intent != terms.IntentOf(terms.AmountIn, null)))
        {
            throw new UnreachableException("an intent was verified for other terms than the order's");
        }
    }
}
#pragma warning restore CA1720
