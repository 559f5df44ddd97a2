using OrderService.Domain.Accounts;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Orders;

/// <summary>
/// A way of funding a new order: what claims to pay for it. A closed set; each way is proven, and stored, as <see cref="PlaceOrder"/> says.
/// </summary>
internal abstract record OrderFunding
{
    private OrderFunding()
    {
    }

    /// <summary>
    /// The owner's wallet pays by the intent that it signed; the second signature, where there is one, is over all the terms.
    /// </summary>
    public sealed record BySignature(RecoverableSignature Signature, RecoverableSignature? TermsSignature) : OrderFunding;

    /// <summary>
    /// An account of the owner's pays, and signs each slice when it is executed. The whole amount is set aside with the order.
    /// </summary>
    public sealed record FromAccount(ManagedAccount Account) : OrderFunding;
}
