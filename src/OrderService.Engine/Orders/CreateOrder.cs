using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Orders;

/// <summary>Verifies and stores an order. The same uuid with equal terms answers the stored order; nothing reopens a closed one.</summary>
internal sealed class CreateOrder(
    StoreOrder store, TermsRules rules, ISwapRouter router, IOptions<OrdersOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    public async Task<Result<Order>> HandleAsync(NewOrder wanted, CancellationToken token) => telemetry.Answered(await CreateAsync(wanted, token), wanted.Dialect);

    private async Task<Result<Order>> CreateAsync(NewOrder wanted, CancellationToken token)
    {
        var terms = wanted.Terms;
        // What the venue lists is no matter to a retry of what is stored; only its owner is told of it.
        if (rules.Refusal(terms) is { } refused) return Verify(wanted).Error is null ? await store.StoredAsync(terms, token) ?? refused : refused;
        if (Verify(wanted).IsRejected(out var unsigned, out var intent)) return unsigned;
        var made = Order.Create(intent, terms, wanted.Dialect, wanted.TermsSignature?.ToRsvHex(), wanted.ClientFields, options.Value.AttemptsMax, time.GetUtcNow(), options.Value.MaxDeviationBps);
        if (made.IsRejected(out var why, out var order)) return await store.StoredAsync(terms, token) ?? why;
        if (wanted.Actor is { } actor) order.ActedOnBy(actor);
        return await store.HandleAsync(order, sale: null, token);
    }

    private Result<VerifiedIntent> Verify(NewOrder wanted)
    {
        var terms = wanted.Terms;
        var network = router.Terms.Network;
        if (terms.Owner.BelongsTo(network.Other)) return new OrderError.WrongNetwork(network.Name, network.ChainId) with { Message = OtherNetwork("owner", terms.Owner, network) };
        var intent = new TransferIntent(terms.SellToken, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(), terms.ChainId);
        if (!VerifiedIntent.TryVerify(intent, wanted.Signature, terms.Owner, out var verified)) return WhyNot(intent, wanted);
        if (wanted.TermsSignature is { } second && !TermsSignatures.IsOf(terms, second)) return new OrderError.Field("termsSignature", "is not the owner's over these terms", "invalid_terms_signature");
        return verified!;
    }

    // A signature for another network or router recovers some other key; said so where it recovers the owner's.
    private OrderError WhyNot(TransferIntent intent, NewOrder wanted)
    {
        var network = router.Terms.Network;
        if (VerifiedIntent.TryVerify(intent with { ChainId = network.Other.ChainId }, wanted.Signature, wanted.Terms.Owner, out _)) return new OrderError.WrongNetwork(network.Name, network.ChainId);
        if (OtherCase(intent, wanted) is { } signed) return new OrderError.BadSignature($"it is the owner's over the uuid {signed}, and the body has {intent.Uuid}: the case of a uuid is part of what is signed");
        if (SignatureHints.VFirst(wanted.Signature) is { } turned && VerifiedIntent.TryVerify(intent, turned, wanted.Terms.Owner, out _))
            return new OrderError.BadSignature("it has its recovery id in front (v, r, s): send r, s, v");
        foreach (var known in options.Value.KnownRouters)
        {
            if (!Principal.TryParse(known, null, out var other) || other == intent.Target) continue;
            if (VerifiedIntent.TryVerify(intent with { Target = other }, wanted.Signature, wanted.Terms.Owner, out _)
                || VerifiedIntent.TryVerify(intent with { Target = other, ChainId = network.Other.ChainId }, wanted.Signature, wanted.Terms.Owner, out _))
            {
                return new OrderError.WrongRouter(router.Terms.Router.ToString());
            }
        }
        return new OrderError.BadSignature("it is not the owner's over this uuid, token, amount and router");
    }

    private static string? OtherCase(TransferIntent intent, NewOrder wanted) =>
        Array.Find([intent.Uuid.ToLowerInvariant(), intent.Uuid.ToUpperInvariant()], uuid => VerifiedIntent.TryVerify(intent with { Uuid = uuid }, wanted.Signature, wanted.Terms.Owner, out _));

    private static string OtherNetwork(string field, StacksAddress address, StacksNetwork network) =>
        $"{field} {address} is an address of {network.Other}: this service is on {network}, where it is written {address.On(network)}";
}
