using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Orders;

/// <summary>
/// Proves an order that a wallet pays for: its signature is the owner's over the intent of exactly these terms, and the second, where there
/// is one, over all of them. One that would be right for another network, router or spelling is told so.
/// </summary>
internal sealed class VerifyIntent(ISwapRouter router, IOptions<OrdersOptions> options)
{
    public Result<ProvenOrder> Handle(OrderTerms terms, OrderFunding.BySignature by)
    {
        var network = router.Terms.Network;
        if (terms.Owner.BelongsTo(network.Other))
        {
            return new OrderError.WrongNetwork(network.Name, network.ChainId) with
            {
                Message = OtherNetwork("owner", terms.Owner, network),
            };
        }
        var intent = new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId);
        if (!VerifiedIntent.TryVerify(intent, by.Signature, terms.Owner, out var verified)) return WhyNot(intent, terms.Owner, by);
        if (by.TermsSignature is { } second && !TermsSignatures.IsOf(terms, second))
            return new OrderError.Field("termsSignature", WhyNot(terms, second), "invalid_terms_signature");
        return new ProvenOrder(new FundsAuthority.Signed(verified!), Sale: null);
    }

    private static string WhyNot(OrderTerms terms, RecoverableSignature second) => TermsSignatures.IsOfLess(terms, second)
        ? "is the owner's in version 1 of the domain, which leaves some of these terms open: sign version 2"
        : "is not the owner's over these terms";

    // A signature for another network or router recovers some other key; said so where it recovers the owner's.
    private OrderError WhyNot(TransferIntent intent, StacksAddress owner, OrderFunding.BySignature by)
    {
        var network = router.Terms.Network;
        if (IsOver(intent with { ChainId = network.Other.ChainId })) return new OrderError.WrongNetwork(network.Name, network.ChainId);
        if (Array.Find([intent.Uuid.ToLowerInvariant(), intent.Uuid.ToUpperInvariant()],
            uuid => IsOver(intent with { Uuid = uuid })) is { } signed)
        {
            return new OrderError.BadSignature(
                $"it is the owner's over the uuid {signed}, and the body has {intent.Uuid}: the case of a uuid is part of what is signed");
        }
        if (SignatureHints.VFirst(by.Signature) is { } turned && VerifiedIntent.TryVerify(intent, turned, owner, out _))
            return new OrderError.BadSignature("it has its recovery id in front (v, r, s): send r, s, v");
        foreach (var known in options.Value.KnownRouters)
        {
            if (!Principal.TryParse(known, null, out var other) || other == intent.Target) continue;
            if (IsOver(intent with { Target = other }) || IsOver(intent with { Target = other, ChainId = network.Other.ChainId }))
                return new OrderError.WrongRouter(router.Terms.Router.ToString());
        }
        return new OrderError.BadSignature("it is not the owner's over this uuid, token, amount and router");

        bool IsOver(TransferIntent what) => VerifiedIntent.TryVerify(what, by.Signature, owner, out _);
    }

    private static string OtherNetwork(string field, StacksAddress address, StacksNetwork network) =>
        $"{field} {address} is an address of {network.Other}: this service is on {network}, where it is written {address.On(network)}";
}
