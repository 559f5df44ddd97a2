using System.Numerics;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Orders.Explain;

/// <summary>
/// What a swap would be now: its quote, the least that it would have to pay, the fee that the service pays for it, and how far the quote is
/// below the rate of its route and below what is believed.
/// </summary>
internal sealed record PreviewedSwap(Quote Quote, TokenAmount? MinAmountOut, OrderError? Refusal)
{
    public TokenAmount? Fee { get; init; }

    /// <summary>How much less it pays than its route does at no depth, in basis points.</summary>
    public int? ImpactBps { get; init; }

    /// <summary>How much less it pays than the believed prices say, in basis points; negative where it pays more.</summary>
    public int? BelowBelievedBps { get; init; }
}

/// <summary>What an order would be: all that it would be refused for, and what would become of it now.</summary>
internal sealed record Preview(
    IReadOnlyList<OrderError> Refusals, PreviewedSwap? Swap, OrderError? NoSwap, bool WouldTriggerNow, OrderGate? Price, TokenAmount? Funds,
    string Sentence)
{
    /// <summary>What the recorded prices would have made of it, where that was asked for.</summary>
    public TriggerReplay? History { get; init; }

    /// <summary>The sentence of one that would be refused.</summary>
    public static string RefusedSentence(IReadOnlyList<OrderError> refusals) =>
        $"It would be refused: {string.Join("; ", refusals.Select(refusal => refusal.Message))}.";
}

/// <summary>
/// Goes through the rules of create without storing anything, and asks the venue what it would ask at a send. What it judges is an order
/// that a key made on the spot has signed: by the same rules as the owner's, and nobody could do anything with it.
/// </summary>
internal sealed class PreviewOrder(
    TermsRules rules, VerifyIntent verify, MakeOrder make, FindOrder find, JudgeQuote judge, PreviewFunds funds, PriceGates prices,
    ISwapRouter router, TokenRegistry tokens, PriceBoard board,
    RouteRates rates, IOptions<ExecutionOptions> execution, TimeProvider time)
{
    /// <summary>
    /// A preview of what was read; <paramref name="isSigned"/> says whether it came with a signature to verify, and
    /// <paramref name="found"/> is what it is refused for already.
    /// </summary>
    public async Task<Preview> HandleAsync(NewOrder wanted, bool isSigned, IReadOnlyList<OrderError> found, CancellationToken token)
    {
        var (terms, now) = (wanted.Terms, time.GetUtcNow());
        List<OrderError> refusals =
            [.. found, .. rules.Refusals(terms, wanted.Funding is OrderFunding.FromAccount), .. funds.Refusals(wanted)];
        if (isSigned && verify.Handle(terms, (OrderFunding.BySignature)wanted.Funding).IsRejected(out var unproven)) refusals.Add(unproven);
        else if (!isSigned && terms.Owner.BelongsTo(router.Terms.Network.Other))
            refusals.Add(new OrderError.WrongNetwork(router.Terms.Network.Name, router.Terms.Network.ChainId));
        if (await find.SameAsync(terms, token) is { Error: { } other }) refusals.Add(other);
        if (terms.WindowRefusal(now) is { } closed) refusals.Add(closed);
        var price = terms.Trigger == SliceTrigger.Price && refusals.TrueForAll(refusal => refusal is not OrderError.UnknownToken)
            ? terms.Trail is null ? prices.Of(terms, now) : prices.OfTrailing(terms, null, now) : null;
        var isDue = terms.Trigger != SliceTrigger.Manual && !(terms.ValidFrom > now)
            && (price is null ? terms.Trigger == SliceTrigger.Time : price.IsOpen == true);
        if (refusals.Exists(refusal =>
            refusal is OrderError.UnknownToken or OrderError.Unavailable
                or OrderError.Field { Code: "same_token" or "not_a_subnet_token" }))
        {
            return new Preview(refusals, null, null, isDue, price, null, Sentence(terms, refusals, null, null, isDue));
        }
        var (none, swap) = await SwapAsync(wanted, token);
        var there = await funds.OfAsync(wanted, token);
        return new Preview(refusals, swap, none, isDue, price, there, Sentence(terms, refusals, swap, price, isDue));
    }

    private async Task<(OrderError? Why, PreviewedSwap? Swap)> SwapAsync(NewOrder wanted, CancellationToken token)
    {
        var terms = wanted.Terms;
        var (sell, buy) = (terms.SellToken, terms.BuyToken);
        var (why, quote) = await VenueAnswer.QuoteAsync(router, sell, buy, terms.AmountIn, execution.Value.QuoteTimeout, time, token);
        if (quote is null) return (why, null);
        var intent = Stand(terms);
        // Without its window, which was looked at: what is asked is what a swap would be.
        var drafted = wanted with { Terms = terms with { Owner = intent.Signer, ValidFrom = null, ValidTo = null } };
        if ((await make.HandleAsync(drafted, new FundsAuthority.Signed(intent), token)).IsRejected(out var unmade, out var order))
            return (unmade, null);
        var refused = judge.Handle(order, order.Slices[0], quote).IsRejected(out var no, out var floor) ? no : null;
        var rate = await rates.AskAsync(new QuoteRoute(sell, buy));
        return (null, new PreviewedSwap(quote, refused is null ? floor.AmountOutMin : null, refused)
        {
            Fee = await FeeAsync(
                new RouterCall.Swap(intent, terms.Recipient, quote, refused is null ? floor.AmountOutMin : quote.AmountOut), token),
            ImpactBps = rate is { } ideal && IdealOut(quote, ideal) is { } most ? Math.Max(0, Below(quote, most)) : null,
            BelowBelievedBps = BelievedOut(quote) is { } believed ? Below(quote, believed) : null,
        });
    }

    private VerifiedIntent Stand(OrderTerms terms)
    {
        var key = PrivateKey.Generate();
        var intent = terms.IntentOf(terms.AmountIn, null);
        Span<byte> hash = stackalloc byte[StructuredMessage.HashSize];
        intent.Hash(hash);
        return VerifiedIntent.TryVerify(intent, Secp256k1.Sign(hash, key), key.PublicKey().ToAddress(router.Terms.Network),
            out var verified)
            ? verified : throw new System.Diagnostics.UnreachableException("a signature that was just made does not verify");
    }

    private async Task<TokenAmount?> FeeAsync(RouterCall call, CancellationToken token)
    {
        try
        {
            return await router.FeeAsync(call, token).WaitAsync(execution.Value.QuoteTimeout, time, token);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return null;
        }
    }

    private BigInteger? IdealOut(Quote quote, Price rate) =>
        tokens.Find(quote.SellToken) is { } sell && tokens.Find(quote.BuyToken) is { } buy
        ? (BigInteger)quote.AmountIn.Units * (BigInteger)rate.Count * BigInteger.Pow(10, buy.Decimals) / BigInteger.Pow(10,
            sell.Decimals + Price.Decimals) : null;

    private BigInteger? BelievedOut(Quote quote)
    {
        var now = time.GetUtcNow();
        if (tokens.Find(quote.SellToken) is not { } sell || tokens.Find(quote.BuyToken) is not { } buy) return null;
        if (!board.TryRead(sell.Id, now, out var sold) || !board.TryRead(buy.Id, now, out var bought) || bought.Usd == Price.Zero)
            return null;
        return (BigInteger)PriceBand.Closed.LeastOut(quote.AmountIn, sell.Decimals, sold.Usd, buy.Decimals, bought.Usd).Units;
    }

    private static int Below(Quote quote, BigInteger most) =>
        most.IsZero ? 0 : (int)BigInteger.Max(-1_000_000, (most - (BigInteger)quote.AmountOut.Units) * BasisPoints.Max / most);

    private string Sentence(OrderTerms terms, List<OrderError> refusals, PreviewedSwap? swap, OrderGate? price, bool isDue)
    {
        if (refusals.Count > 0) return Preview.RefusedSentence(refusals);
        var (sells, buys) = (tokens.Text(terms.AmountIn, terms.SellToken), tokens.NameOf(terms.BuyToken));
        var pays = swap is null
            ? $"for {buys}, of which no quote is to be had now"
            : $"for about {tokens.Text(swap.Quote.AmountOut, terms.BuyToken)} at the quote of now";
        var least = swap?.MinAmountOut is { } min
            ? $" and never for less than {tokens.Text(min, terms.BuyToken)} at that quote"
            : swap?.Refusal is { } refused ? $", which it would not take: {refused.Message}" : "";
        var when = terms.Trigger switch
        {
            SliceTrigger.Manual => "once it is called to execute",
            _ when isDue => "at once",
            SliceTrigger.Time => "when its window opens",
            _ when terms.Trail is not null => $"when {tokens.NameOf(terms.ConditionToken!.Value)} has come back from its best",
            _ => $"when {tokens.NameOf(terms.ConditionToken!.Value)} is at {terms.TargetPrice} or {(terms.Direction == TriggerDirection.Gt ? "more" : "less")}",
        };
        var limit = terms.LimitPrice is { } rate ? $", at {rate} {buys} for one {tokens.NameOf(terms.SellToken)} or more" : "";
        var once = terms.IsImmediate ? ", in one try" : "";
        var until = terms.ValidTo is { } end ? $", until {OrderGates.Moment(end)}" : "";
        return $"It would sell {sells} {pays}{least}, {when}{limit}{once}{until}.{(price is { IsOpen: not true } ? $" {price.Says}" : "")}";
    }
}
