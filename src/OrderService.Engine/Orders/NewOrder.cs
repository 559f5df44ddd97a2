using OrderService.Domain.Orders;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Orders;

/// <summary>A parsed order on its way in: its terms, the signature that claims to authorise them, and what the client wants kept beside them.</summary>
internal sealed record NewOrder(
    OrderTerms Terms,
    RecoverableSignature Signature,
    RecoverableSignature? TermsSignature,
    string Dialect,
    string? ClientFields)
{
    /// <summary>Who brings it; null for the owner.</summary>
    public string? Actor { get; init; }
}
