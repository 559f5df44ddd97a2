using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// Lets a replacement through; a wallet's message names both orders. That the new one is his is for its own signature to say.
/// </summary>
internal sealed class ReplaceProof() : OwnOrderProof<ReplaceOrderRecord>(WalletActions.ReplaceOrder, CharismaBodies.ReplaceStyle)
{
    /// <inheritdoc/>
    protected override Result<ReplaceOrderRecord> AskedOf(WalletMessage message, string text, ReplaceOrderRecord beside)
    {
        if (!beside.Order.IsRead) return beside; // which its rules refuse
        return beside.Order.Value!.Uuid is { IsRead: true } uuid && message.NewUuid == uuid.Value.ToString()
            ? beside
            : new OrderError.Unauthenticated("invalid_message",
                "The signed message must have the uuid of the new order as newUuid, exactly as it was signed");
    }
}
