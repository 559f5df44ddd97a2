using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Orders;

/// <summary>
/// Changes the terms of an order of one swap: one more numbered revision, all changes or none. An API key weakens no protection of an order
/// that a wallet signed, unless the wallet has signed the terms as they are then: that would let whoever stole the key sell it to himself.
/// What an account pays for it changes as far as it may sell.
/// </summary>
internal sealed class AmendTerms(ChangeOrder change, OrderSeals seals, IOptions<OrdersOptions> options)
{
    public async Task<Result<Order>> HandleAsync(
        OrderUuid uuid, Caller caller, TermsChanges changes, RecoverableSignature? signature, int? ifRevision, CancellationToken token)
    {
        byte[]? sealedTerms = null;
        if (signature is { } given && seals.SealTerms(given, uuid.Key).IsRejected(out var why, out sealedTerms)) return why;
        return await change.HandleAsync(uuid, caller, Apply, token);

        Result<Order> Apply(Order order, DateTimeOffset now)
        {
            if (signature is not null && !order.IsTermsBound)
                return new OrderError.Field("termsSignature", "is not of this order, whose terms were not signed when it was made");
            if (order.Account is not null
                && caller.Key?.RefusesSale(changes.Of(order.Terms), options.Value.DefaultSlippageBps) is { } mayNot)
            {
                return mayNot;
            }
            if (order.Account is null && caller.Key is not null && signature is null && changes.Weakens(order.Terms))
            {
                return new OrderError.Forbidden("protection_weakened",
                    "An API key can make no protection of a signed order weaker: sign the change with the wallet");
            }
            if (TermsAmend.Apply(order, changes, ifRevision, terms => signature is { } over && TermsSignatures.IsOf(terms, over), now,
                options.Value.MaxDeviationBps).IsRejected(out var no))
            {
                return no;
            }
            if (sealedTerms is not null) order.KeepSealed(order.SealedSignature, sealedTerms);
            return order;
        }
    }
}
