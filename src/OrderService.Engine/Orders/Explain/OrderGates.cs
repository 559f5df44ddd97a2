using System.Globalization;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders.Explain;

/// <summary>
/// Looks at each gate between an order and its swap, by the rules that its execution goes by; the venue is asked what it would be asked
/// then. Nothing is changed.
/// </summary>
internal sealed class OrderGates(
    TokenRegistry tokens, PriceGates prices, TrailBests bests, ISwapRouter router, JudgeQuote judge, SeenBalances balances,
    AblePayers payers, PauseSends pause, FindGroup groups, IOptions<ExecutionOptions> execution, IOptions<OrdersOptions> orders,
    TimeProvider time)
{
    /// <summary>The gates of an order's next step, in the order in which they are told.</summary>
    public async Task<List<OrderGate>> OfAsync(Order order, Slice? slice, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (order.StatusAt(now).IsTerminal()) return [];
        var gates = new List<OrderGate> { Pause(order), Window(order, slice, now) };
        if (order.Terms.Trigger == SliceTrigger.Price) gates.Add(await PriceAsync(order.Terms, slice, now, token));
        if (order.Terms is { GroupId: { } id, Leg: { } leg } && await groups.HandleAsync(id, token) is { } group)
            gates.Add(GroupGate.Of(group, leg));
        if (slice is null) return gates;
        gates.Add(Turn(order, slice));
        if (slice.Status == SliceStatus.Broadcast)
        {
            gates.Add(new OrderGate(OrderGate.Chain, null,
                $"Transaction {slice.TxId} is on its way: the chain decides.") { Figures = Of(("txid", slice.TxId)) });
            return gates;
        }
        gates.Add(await FundsAsync(order, slice, token));
        gates.AddRange(await QuoteAsync(order, slice, token));
        gates.Add(Payers(slice, now));
        if (await pause.ReadAsync(token) is { } paused) gates.Add(Sends(paused));
        if (slice.WakeAt is { } wake && wake > now && !(slice.NotBefore > now))
        {
            gates.Add(new OrderGate(OrderGate.Retry, false,
                $"It was due and not swapped ({slice.Reason ?? "no reason"}): it is tried again at {Moment(wake)}.")
                {
                    Change = $"It is {Moment(wake)}.", Figures = Of(("at", Moment(wake)), ("reason", slice.Reason)),
                });
        }
        return gates;
    }

    private async Task<OrderGate> PriceAsync(OrderTerms terms, Slice? slice, DateTimeOffset now, CancellationToken token)
    {
        if (slice is { Trigger: SliceTrigger.Time }) return PriceGates.Fired(terms, slice);
        return terms.Trail is null ? prices.Of(terms, now) : prices.OfTrailing(terms, await bests.OfAsync(slice, token), now);
    }

    private static OrderGate Pause(Order order) => order.Status == OrderStatus.Paused
        ? new OrderGate(OrderGate.Pause, false, "It is paused.") { Change = "It is resumed." }
        : new OrderGate(OrderGate.Pause, true, "It is not paused.");

    private static OrderGate Window(Order order, Slice? slice, DateTimeOffset now)
    {
        var (from, to) = (slice?.NotBefore ?? order.Terms.ValidFrom, slice is null ? order.Terms.ValidTo : slice.NotAfter);
        var figures =
            Of(("now", Moment(now)), ("from", from is { } start ? Moment(start) : null), ("to", to is { } end ? Moment(end) : null));
        if (from > now)
        {
            return new OrderGate(OrderGate.Window, false, $"It may not be swapped before {Moment(from.Value)}.")
            {
                Change = $"It is {Moment(from.Value)}.", Figures = figures,
            };
        }
        if (to < now) return new OrderGate(OrderGate.Window, false, $"Its window closed at {Moment(to.Value)}.") { Figures = figures };
        return new OrderGate(OrderGate.Window, true,
            to is null ? "It may be swapped at any time." : $"It may be swapped until {Moment(to.Value)}.") { Figures = figures };
    }

    private static OrderGate Turn(Order order, Slice slice)
    {
        var parts = order.Rules.Parts ?? 1;
        var figures = Of(("slice", Number(slice.Number)), ("parts", order.IsCurve ? null : Number(parts)),
            ("attemptsUsed", Number(slice.AttemptsUsed)), ("attemptsMax", Number(slice.AttemptsMax)));
        return slice switch
        {
            { Status: SliceStatus.Executing, LeaseUntil: null } =>
                new OrderGate(OrderGate.Turn, false, "It is due, and waits for its turn among what is due.")
                {
                    Change = "What became due before it is sent.", Figures = figures,
                },
            { Status: SliceStatus.Executing } => new OrderGate(OrderGate.Turn, true, "It is being prepared for its send now.")
            {
                Figures = figures,
            },
            _ when slice.WaitsForCall => new OrderGate(OrderGate.Turn, false, "No price and no time makes it due.")
            {
                Change = "It is called to execute.", Figures = figures,
            },
            _ => new OrderGate(OrderGate.Turn, true, $"It has made {slice.AttemptsUsed} of {slice.AttemptsMax} attempts.")
            {
                Figures = figures,
            },
        };
    }

    private async Task<OrderGate> FundsAsync(Order order, Slice slice, CancellationToken token)
    {
        var (key, sells) = (HoldKey.Of(order), order.Terms.SellToken);
        if ((await balances.OfAsync(key, slice.AmountIn, again: true, token)).IsRejected(out var unread, out var seen))
        {
            return new OrderGate(OrderGate.Funds, null, $"What {key.Holder} holds is not known now: {unread.Message}.")
            {
                Figures = Of(("required", slice.AmountIn.ToString())),
            };
        }
        var figures = Of(("holder", key.Holder.ToString()), ("balance", seen.Balance.ToString()), ("required", slice.AmountIn.ToString()),
            ("seenAt", Moment(seen.At)));
        return seen.Balance >= slice.AmountIn
            ? new OrderGate(OrderGate.Funds, true,
                $"{tokens.Text(seen.Balance, sells)} are there, of which it sells {tokens.Text(slice.AmountIn, sells)}.")
                {
                    Figures = figures,
                }
            : new OrderGate(OrderGate.Funds, false,
                $"It sells {tokens.Text(slice.AmountIn, sells)}, and {key.Holder} holds {tokens.Text(seen.Balance, sells)}.")
                {
                    Change = $"{tokens.Text(slice.AmountIn - seen.Balance, sells)} more are paid to {key.Holder}.", Figures = figures,
                };
    }

    // The route, and what its quote of now is to the order.
    private async Task<List<OrderGate>> QuoteAsync(Order order, Slice slice, CancellationToken token)
    {
        var (sell, buy) = (order.Terms.SellToken, order.Terms.BuyToken);
        var (noQuote, quote) = await VenueAnswer.QuoteAsync(router, sell, buy, slice.AmountIn, execution.Value.QuoteTimeout, time, token);
        if (quote is null)
        {
            return
            [
                noQuote is OrderError.Unavailable
                    ? new OrderGate(OrderGate.Route, null, "The venue could not be asked for a quote.")
                    : new OrderGate(OrderGate.Route, false, $"No route leads from {tokens.NameOf(sell)} to {tokens.NameOf(buy)} now.")
                    {
                        Change = "The venue has a route with enough in its pools.",
                    },
            ];
        }
        var route = string.Join(" → ", quote.Hops.Select(hop => tokens.NameOf(hop.TokenIn)).Append(tokens.NameOf(buy)));
        return
        [
            new OrderGate(OrderGate.Route, true, $"{route}, by {(quote.Hops.Count == 1 ? "one pool" : $"{quote.Hops.Count} pools")}.")
            {
                Figures = Of(("hops", Number(quote.Hops.Count)),
                    ("vaults", string.Join(',', quote.Hops.Select(hop => hop.Vault.ToString())))),
            },
            Judged(order, slice, quote),
        ];
    }

    private OrderGate Judged(Order order, Slice slice, Quote quote)
    {
        var (buy, paid) = (order.Terms.BuyToken, tokens.Text(quote.AmountOut, order.Terms.BuyToken));
        var least = AmountOutFloor.Of(order, slice, quote.AmountOut, orders.Value.DefaultSlippageBps);
        var refused = judge.Handle(order, slice, quote).IsRejected(out var why, out var floor) ? why : null;
        var figures = Of(
            ("quoted", quote.AmountOut.ToString()),
            ("minAmountOut",
                refused switch { null =>
                    floor.AmountOutMin.ToString(), OrderError.PriceImpact impact =>
                        impact.Min.ToString(), _ => least.QuoteMin.ToString() }),
            ("believed", (refused as OrderError.PriceImpact)?.Believed.ToString()),
            ("maxDeviationBps", order.PriceBandBps is { } band ? Number(band) : null), ("limitPrice", order.Terms.LimitPrice?.ToString()),
            ("isProtected", order.IsCalled || router.Protects(buy) ? "true" : "false"), ("reason", refused?.Code));
        return refused switch
        {
            null => new OrderGate(OrderGate.Quote, true,
                $"It would be paid {paid}, and has to be paid {tokens.Text(floor.AmountOutMin, buy)}.") { Figures = figures },
            OrderError.BelowMin below =>
                new OrderGate(OrderGate.Quote, false, $"It would be paid {paid}, and asks for {tokens.Text(below.Min, buy)}.")
                {
                    Change = $"The quote is {tokens.Text(below.Min, buy)} or more.", Figures = figures,
                },
            OrderError.PriceImpact impact =>
                new OrderGate(OrderGate.Quote, false,
                    $"It would be paid {paid}, more than {impact.MaxDeviationBps} basis points below what the believed prices say, {tokens.Text(impact.Believed, buy)}.")
                    {
                        Change = $"The quote is {tokens.Text(impact.Min, buy)} or more.", Figures = figures,
                    },
            OrderError.Unavailable =>
                new OrderGate(OrderGate.Quote, null,
                    $"It would be paid {paid}; whether that is near the believed prices cannot be said: {refused.Message}.")
                    {
                        Figures = figures,
                    },
            _ when order.Terms.LimitPrice is { } limit =>
                new OrderGate(OrderGate.Quote, false,
                    $"It would be paid {paid}, below its limit price of {limit} {tokens.NameOf(buy)} for one {tokens.NameOf(order.Terms.SellToken)}.")
                    {
                        Change = $"The rate is {limit} or more.", Figures = figures,
                    },
            _ => new OrderGate(OrderGate.Quote, false, $"It would be paid {paid}: {refused.Message}.")
            {
                Change = "The quote is inside the order's bounds.", Figures = figures,
            },
        };
    }

    private OrderGate Payers(Slice slice, DateTimeOffset now)
    {
        var (all, able) = (router.Solvers.Count, payers.Now().Count);
        var figures = Of(("payers", Number(all)), ("able", Number(able)),
            ("inFlightMax", router.InFlightMax == int.MaxValue ? null : Number(router.InFlightMax)));
        if (slice.Reason == "fee_budget" && slice.WakeAt > now)
        {
            return new OrderGate(OrderGate.Payer, false, "The fees of this hour are spent, the owner's or the installation's.")
            {
                Change = $"It is {Moment(slice.WakeAt.Value)}.", Figures = figures,
            };
        }
        if (able == 0)
        {
            return new OrderGate(OrderGate.Payer, false, "A node refused what every account that pays has offered lately.")
            {
                Change = "The operator looks at the balances of these accounts.", Figures = figures,
            };
        }
        return new OrderGate(OrderGate.Payer, true, $"{able} of {all} accounts can pay for its transaction.") { Figures = figures };
    }

    // Why is the operator's business: what is said to everybody is that it is so.
    private static OrderGate Sends(PausedSends paused) =>
        new(OrderGate.Sends, false, $"The operator has paused all sends since {Moment(paused.Since)}: nothing is swapped.")
        {
            Change = "The operator lets sends go on.", Figures = Of(("since", Moment(paused.Since))),
        };

    internal static Dictionary<string, string> Of(params (string Name, string? Value)[] figures) =>
        figures.Where(figure => figure.Value is not null).ToDictionary(figure => figure.Name, figure => figure.Value!);

    internal static string Moment(DateTimeOffset at) => MomentText.Of(at);

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
