using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// Lets a change through; a wallet's message has all changes. The signature over the terms stands beside it: it is one itself.
/// </summary>
internal sealed class AmendProof() : OwnOrderProof<AmendOrderRecord>(WalletActions.AmendOrder, CharismaBodies.CallStyle)
{
    /// <inheritdoc/>
    protected override Result<AmendOrderRecord> AskedOf(WalletMessage message, string text, AmendOrderRecord beside)
    {
        if (beside.Changes.IsGiven)
        {
            return new OrderError.Unauthenticated("invalid_message",
                "The signed message must have the changes: what stands beside it in the body is not signed");
        }
        return SignedText.Read<AmendOrderRecord>(text) with { TermsSignature = beside.TermsSignature, Stranger = beside.Stranger };
    }
}
