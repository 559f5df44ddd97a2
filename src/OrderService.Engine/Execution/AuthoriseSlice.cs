using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Execution;

/// <summary>Ends with a signed transfer intent for a slice in hand: the stored one of a wallet, or one that its managed account signs now. Verified here each time, whoever signed.</summary>
internal sealed class AuthoriseSlice(IManagedSigner signer, OrderSeals seals)
{
    private static readonly OrderError.NotExecutable Invalid = new("stored_signature_invalid", "the stored signature does not authorise the stored terms");

    public async Task<Result<VerifiedIntent>> HandleAsync(OrderHeader order, Slice slice, CancellationToken token)
    {
        var intent = order.IntentOf(slice);
        if (order.Account is not { } account)
        {
            if (seals.Open(order).IsRejected(out var closed, out var stored)) return closed;
            return VerifiedIntent.TryVerify(intent, stored, order.Terms.Owner, out var signed) ? signed : Invalid;
        }
        if ((await signer.SignAsync(account, intent, token)).IsRejected(out var why, out var signature)) return why;
        return VerifiedIntent.TryVerify(intent, signature, account, out var verified) ? verified : Invalid;
    }

    /// <summary>True where the order carries no signature over its terms, or one that holds.</summary>
    public bool TermsHold(OrderHeader order) => seals.TermsHold(order);
}
