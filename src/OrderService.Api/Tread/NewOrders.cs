using System.Numerics;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Tread;

/// <summary>
/// What becomes of a new order whose fields hold: accounts, tokens, what a router cannot do, funds, in this order; nothing is stored before
/// all of it holds. It is paid by one account, the first that is listed and can, with whichever of the sold class's tokens covers the
/// whole, the plain one first.
/// </summary>
internal sealed class NewOrders(
    FundingAccounts accounts, TradeAssets assets, TradedAssets names, CurveMarket market, VolumeHistory volumes, ISwapRouter router,
    PlaceOrder place, FindCurves find, TimeProvider time)
{
    // Of what a participation of a fixed time may take, a quarter more than the forecast says.
    private const int StrictPercent = 125;

    private static readonly TreadFault NotAllowed =
        TreadFaults.Error(403, "not_tradable", "Trading not allowed for this pair on the specified venue");
    private static readonly TreadFault TooLarge = TreadFaults.Errors(422, "order_size", "Order size exceeds exchange limits");
    private static readonly TreadFault NoFunds =
        TreadFaults.Errors(422, "insufficient_balance", "Insufficient balance for order execution");
    private static readonly TreadFault Closed = TreadFaults.Errors(422, "market_closed", "Market is closed for the specified trading pair");
    private static readonly TreadFault NoPrice = TreadFaults.Error(500, "no_price", "Price feed service unavailable");

    private sealed record Way(Token Sell, Token Buy, bool StaysInAccount);

    /// <summary>The stored order, or why there is none.</summary>
    public async Task<(OrderFacts? Order, TreadFault? Fault)> PlaceAsync(
        TreadCaller caller, NewOrderBody body, Guid id, CancellationToken token)
    {
        var owner = caller.Owner ?? throw new InvalidOperationException("a superuser places no orders");
        var (listed, unknown) = await accounts.OwnAsync(owner, body.Accounts, token);
        if (unknown is not null) return (null, unknown);
        if (TokenFault(body) is { } noToken) return (null, noToken);
        if (Incompatible.Is(body)) return (null, Incompatible.Fault());
        var ways = WaysOf(body);
        if (ways.Count == 0) return (null, NotAllowed);
        var wanted = body.Asked(names.PairOf(body.Pair!.Name));
        if (wanted is null) return (null, TooLarge);
        var draft = Terms(id, owner, listed[0], ways[0], wanted.Target);
        if (await TimedAsync(body, draft, wanted, token) is not { } asked) return (null, Incompatible.Fault());
        if (EstimateOf(draft, asked) is not { } amountIn) return (null, NoPrice);
        var offered = new List<Way>();
        foreach (var way in ways) if (await IsOfferedAsync(way, asked, amountIn, token)) offered.Add(way);
        return offered.Count == 0 ? (null, Closed) : await StoreAsync(caller, body, id, listed, offered, asked, amountIn, token);
    }

    private async Task<(OrderFacts? Order, TreadFault? Fault)> StoreAsync(
        TreadCaller caller, NewOrderBody body, Guid id, IReadOnlyList<ManagedAccount> listed, IReadOnlyList<Way> ways, CurveTerms asked,
        TokenAmount amountIn, CancellationToken token)
    {
        var owner = listed[0].Owner;
        foreach (var (payer, way) in listed.SelectMany(payer => ways.Select(way => (payer, way))))
        {
            var fields = body.Fields(asked, listed, payer, assets.Venue, Receiver(way, payer), time.GetUtcNow());
            var plan = new OrderPlan.Curve(asked, [.. listed.Select(FundingAccounts.Label).Distinct()]);
            var order = new NewOrder(Terms(id, owner, payer, way, amountIn), new OrderFunding.FromAccount(payer), plan,
                NewOrderTerms.Dialect, fields.ToJson()) { By = caller.For(owner) };
            var stored = await place.HandleAsync(order, token);
            if (stored.Error is OrderError.InsufficientBalance) continue;
            if (stored.Error is { } refused) return (null, FaultOf(refused));
            return (new OrderFacts((await find.ReadAsync([stored.Value.Id], token))[0]), null);
        }
        return (null, NoFunds);
    }

    private TreadFault? TokenFault(NewOrderBody body)
    {
        if (body.Pair is { } pair)
        {
            return !body.Sold.Sellable(router).Any()
                ? TreadFaults.Errors(400, "invalid_token",
                    $"Invalid sell_token {(body.Side == TradeSide.Buy ? pair.Quote : pair.Base).Symbol}") : null;
        }
        var legs = body.UnknownLegs!;
        var (buy, isBuyKnown, sell, isSellKnown) = body.Side == TradeSide.Buy
            ? (legs.BaseName, legs.IsBaseKnown, legs.QuoteName, legs.IsQuoteKnown)
            : (legs.QuoteName, legs.IsQuoteKnown, legs.BaseName, legs.IsBaseKnown);
        var faults = new List<string>();
        if (!isBuyKnown) faults.Add($"Invalid buy_token {buy}");
        if (!isSellKnown) faults.Add($"Invalid sell_token {sell}");
        return TreadFaults.Errors(400, "invalid_token", [.. faults]);
    }

    // What is bought stays in the account where that can send it on and a route ends there; else it goes to the owner's wallet.
    private List<Way> WaysOf(NewOrderBody body)
    {
        if (body.Sold == body.Bought || body.Sold.Tokens.Intersect(body.Bought.Tokens).Any()) return [];
        return [.. body.Sold.Sellable(router).Select(WayOf).OfType<Way>()];

        // Of what an account calls for itself the contract holds the minimum.
        Way? WayOf(Token sell)
        {
            var reachable = router.ReachableFrom(sell.Id);
            var buy = body.Bought.Tokens.FirstOrDefault(
                t => reachable.Contains(t.Id) && (sell.Type != TokenType.Subnet || router.Protects(t.Id)));
            return buy is null ? null : new Way(sell, buy, buy.Type == TokenType.Subnet);
        }
    }

    private OrderTerms Terms(Guid id, StacksAddress owner, ManagedAccount payer, Way way, TokenAmount amountIn) => NewOrderTerms.Terms(
        id, owner, Principal.From(way.StaysInAccount ? payer.Address : owner), way.Sell.Id, way.Buy.Id, amountIn, router.Terms);

    // A participation takes as long as the forecast says; without a volume source there is none.
    private async Task<CurveTerms?> TimedAsync(NewOrderBody body, OrderTerms terms, CurveTerms asked, CancellationToken token)
    {
        if (body.PovTarget is null && body.PovLimit is null) return asked;
        if (!volumes.HasSource) return null;
        if (body.PovTarget is not { } part) return asked;
        if (body.Params.Has("strict_duration") && body.Duration is not null) return await CutAsync(terms, asked, part.Share.Count, token);
        return await market.DurationOfAsync(terms, asked, part.Share, token) is { } duration
            ? asked with { Duration = Math.Max(10_000, (long)duration.TotalMilliseconds) } : null;
    }

    private async Task<CurveTerms?> CutAsync(OrderTerms terms, CurveTerms asked, int part, CancellationToken token)
    {
        var (baseToken, quote) = CurveMarket.PairOf(terms, asked);
        if (await volumes.ForecastAsync((baseToken, quote), TimeSpan.FromMilliseconds(asked.Duration), token) is not { } steps) return null;
        var most = steps.Aggregate(BigInteger.Zero,
            (sum, step) => sum + (BigInteger)step) * part * StrictPercent / (100 * (BigInteger)OrderService.Domain.Scheduling.Share.Whole);
        if ((asked.Side == TradeSide.Buy) != asked.IsExactOut)
        {
            if (market.PriceOf(terms, asked)?.Floor is not { } price || assets.DecimalsOf(baseToken) is not { } of
                || assets.DecimalsOf(quote) is not { } per)
            {
                return null;
            }
            most = most * (BigInteger)price.Count * BigInteger.Pow(10, per) / BigInteger.Pow(10, of + Price.Decimals);
        }
        if (most.IsZero) return null;
        return most < (BigInteger)asked.Target.Units ? asked with { Target = new TokenAmount((UInt128)most) } : asked;
    }

    private TokenAmount? EstimateOf(OrderTerms terms, CurveTerms asked)
    {
        if (!asked.IsExactOut) return asked.Target;
        var estimate = market.Estimate(terms, asked);
        return estimate.IsRejected(out _, out var amount) ? null : amount;
    }

    // Asked once, for about the first slice: whether there is a route now, not at what price.
    private async Task<bool> IsOfferedAsync(Way way, CurveTerms asked, TokenAmount amountIn, CancellationToken token)
    {
        var parts = asked.Pace == CurvePace.Curve ? Math.Max(1, asked.Duration / OrderService.Domain.Scheduling.CurvePlan.Usual) : 1;
        var first = new TokenAmount(UInt128.Max(1, amountIn.Units / (UInt128)Math.Max(parts, asked.SlicesMin)));
        var quote = await router.QuoteAsync(way.Sell.Id, way.Buy.Id, first, token);
        return !quote.IsRejected(out _, out var offer) && offer.AmountOut > TokenAmount.Zero;
    }

    private static string Receiver(Way way, ManagedAccount payer) =>
        way.StaysInAccount ? $"{way.Buy.Symbol} is paid into account {payer.Name}" : $"{way.Buy.Symbol} is paid to the owner's wallet";

    private static TreadFault FaultOf(OrderError refused) => refused switch
    {
        OrderError.Unprocessable { Code: "too_many_slices" } => Incompatible.Fault(),
        OrderError.Forbidden e => TreadFaults.NoPermission with { Code = e.Code },
        OrderError.Gone e => TreadFaults.Errors(410, e.Code, e.Message), // a first try of this call, long ago
        OrderError.TooMany or OrderError.Unprocessable or OrderError.Field => TooLarge,
        OrderError.Unavailable { Code: "no_price" } => NoPrice,
        OrderError.Unavailable e => TreadFaults.Error(500, e.Code, "Something went wrong") with { RetryAfter = e.RetryAfter },
        _ => TreadFaults.Errors(422, refused.Code, "Order size exceeds exchange limits"),
    };
}
