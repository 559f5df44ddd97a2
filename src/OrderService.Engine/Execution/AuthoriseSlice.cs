using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Execution;

/// <summary>
/// Ends with what moves a slice's funds in hand: the stored intent of a wallet, or one that its managed account signs now, verified here
/// each time, whoever signed; or whoever signs as the account that calls itself, with the nonce that the slice was sent with before.
/// </summary>
internal sealed class AuthoriseSlice(IManagedSigner signer, OrderSeals seals)
{
    private static readonly OrderError.NotExecutable Invalid =
        new("stored_signature_invalid", "the stored signature does not authorise the stored terms");

    public async Task<Result<SliceAuthority>> HandleAsync(OrderHeader order, Slice slice, CancellationToken token)
    {
        if (order is { IsCalled: true, Account: { } caller })
        {
            if ((await signer.OfAsync(caller, token)).IsRejected(out var keyless, out var own)) return keyless;
            return new SliceAuthority.ByCall(new CallOrigin(own, checked((ulong)(slice.OriginNonce ?? 0))));
        }
        var intent = order.IntentOf(slice);
        if (order.Account is not { } account)
        {
            if (seals.Open(order).IsRejected(out var closed, out var stored)) return closed;
            return VerifiedIntent.TryVerify(intent, stored, order.Terms.Owner, out var signed)
                ? new SliceAuthority.ByIntent(signed) : Invalid;
        }
        if ((await signer.SignAsync(account, intent, token)).IsRejected(out var why, out var signature)) return why;
        return VerifiedIntent.TryVerify(intent, signature, account, out var verified) ? new SliceAuthority.ByIntent(verified) : Invalid;
    }

    /// <summary>True where the order carries no signature over its terms, or one that holds.</summary>
    public bool TermsHold(OrderHeader order) => seals.TermsHold(order);
}
