using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Persistence;
using OrderService.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;
using OrderService.SwapRouters;
using OrderService.Telemetry;

namespace OrderService.Orders;

/// <summary>Verifies and stores an order. The same uuid with equal terms answers the stored order; nothing reopens a closed one.</summary>
internal sealed class CreateOrder(
    OrderWriter writer, PairDirectory pairs, OpenOrderCounts counts, FindOrder find, TokenRegistry tokens, PriceBoard board, ISwapRouter router,
    IOptions<OrdersOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    public async Task<Result<Order>> HandleAsync(NewOrder wanted, CancellationToken token)
    {
        var created = await CreateAsync(wanted, token);
        if (created.IsRejected(out var why)) telemetry.OrderRefused(why.Code);
        else telemetry.OrderCreated(wanted.Dialect);
        return created;
    }

    private async Task<Result<Order>> CreateAsync(NewOrder wanted, CancellationToken token)
    {
        var terms = wanted.Terms;
        if (CheckTokens(terms) is { } unknown) return unknown;
        if (Verify(wanted).IsRejected(out var unsigned, out var intent)) return unsigned;
        var made = Order.Create(intent, terms, wanted.Dialect, wanted.TermsSignature?.ToRsvHex(), wanted.ClientFields, options.Value.AttemptsMax, time.GetUtcNow());
        if (made.IsRejected(out var why, out var order)) return await StoredAsync(terms, token) ?? why;
        int? pairId = null;
        if (terms.Trigger == SliceTrigger.Price)
        {
            pairId = await pairs.IdOfAsync(terms.ConditionToken!.Value, terms.BaseAsset ?? TokenId.Parse(options.Value.DefaultBaseAsset), options.Value.PairsMax, token);
            if (pairId is null) return new OrderError.TooMany("pairs_limit", "This service watches as many price pairs as it may", TimeSpan.FromMinutes(10));
        }
        if (!await counts.HasRoomAsync(terms.Owner, token))
            return await StoredAsync(terms, token) ?? new OrderError.TooMany("open_orders_limit", $"This wallet has {options.Value.OpenMaxPerOwner} open orders or more", TimeSpan.FromMinutes(1));
        return await writer.WriteAsync(new OrderRow(order, pairId));
    }

    // A retry of what was stored long ago is answered with it, even where it could not be created any more.
    private async Task<Result<Order>?> StoredAsync(OrderTerms terms, CancellationToken token)
    {
        var found = await find.ReadAsync([terms.Uuid.Key], token);
        if (found.Count == 0) return null;
        return found[0].Order.Terms.FirstDifference(terms) is { } field ? new OrderError.Exists(field) : found[0].Order;
    }

    private OrderError? CheckTokens(OrderTerms terms)
    {
        if (!tokens.HasLoaded) return new OrderError.Unavailable("tokens_not_loaded", "No token list has loaded yet", TimeSpan.FromSeconds(2));
        var sell = tokens.Find(TokenId.Of(terms.SellToken));
        if (sell is null) return new OrderError.UnknownToken("inputToken", terms.SellToken.ToString());
        if (sell.Type != TokenType.Subnet) return new OrderError.Field("inputToken", "must be a subnet token: only its ledger accepts signed intents", "not_a_subnet_token");
        if (tokens.Find(terms.BuyToken) is null) return new OrderError.UnknownToken("outputToken", terms.BuyToken.ToString());
        if (terms.BuyToken == sell.Id) return new OrderError.Field("outputToken", "must differ from inputToken", "same_token");
        if (!router.Protects(terms.BuyToken) && !terms.AcceptsUnprotectedOutput)
            return new OrderError.Field("outputToken", "is a ledger that no rule of the chain can watch, so nothing there can enforce a min amount out: set acceptUnprotectedOutput to true to take the last quote before the send instead", "unprotected_output");
        if (terms.ConditionToken is { } watched && !IsPriced(watched)) return new OrderError.UnknownToken("conditionToken", watched.ToString());
        if (terms.BaseAsset is { } baseAsset && !IsPriced(baseAsset)) return new OrderError.UnknownToken("baseAsset", baseAsset.ToString());
        return null;
    }

    private bool IsPriced(TokenId token) => token == TokenId.Usd || tokens.Find(token) is not null || board.Knows(token);

    private Result<VerifiedIntent> Verify(NewOrder wanted)
    {
        var terms = wanted.Terms;
        var network = router.Terms.Network;
        if (terms.Owner.BelongsTo(network.Other)) return new OrderError.WrongNetwork(network.Name, network.ChainId);
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
}
