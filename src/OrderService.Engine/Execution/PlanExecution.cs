using System.Globalization;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution.Curves;

namespace OrderService.Engine.Execution;

/// <summary>Step 2: quotes a claimed slice and decides. Reads only; whatever goes wrong here costs nothing but time.</summary>
internal sealed class PlanExecution(
    ISwapRouter router, PlanCurveSlice curves, AuthoriseSlice authorise, LookAtAccount accounts, SeenBalances balances, WorthItsFee worth,
    JudgeQuote judge, RouteRates rates, PauseSends pause, IOptions<ExecutionOptions> execution, TimeProvider time)
{
    public async Task<ExecutionPlan> HandleAsync(SliceOfOrder of, ClaimedSlice claim, CancellationToken token)
    {
        var plan = of.Header.IsCalled ? await PlanCallAsync(of, claim, token) : await PlanAsync(of, claim, token);
        return plan is ExecutionPlan.BackOff { Kind: not BackOffKind.Passing } waits && NoFills(of, claim, waits.Why) is { } ends
            ? ends : plan;
    }

    /// <summary>
    /// What becomes of an order that has one try where the market or its own funds refuse it: it ends. Null for every other, and where
    /// nobody has answered: then it was not tried.
    /// </summary>
    public static ExecutionPlan.GiveUp? NoFills(SliceOfOrder of, ClaimedSlice claim, OrderError why) =>
        of.Header.Terms.IsImmediate && of.Slice.EndAs is null && why is not OrderError.Unavailable
            ? new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, new OrderError.NotExecutable("no_fills", why.Message)) : null;

    // What an account calls for itself has its turn when its nonce has, and takes the next where the one before is decided.
    private async Task<ExecutionPlan> PlanCallAsync(SliceOfOrder of, ClaimedSlice claim, CancellationToken token)
    {
        var slice = of.Slice;
        if (slice is { EndAs: not null, OriginNonce: null }) return new ExecutionPlan.Decided(claim);
        if (slice is { WasSent: false } && slice.IsPast(time.GetUtcNow()))
            return new ExecutionPlan.GiveUp(claim, SliceStatus.Expired, new OrderError.NotOpen("expired"));
        var account = of.Header.Account!.Value;
        if (await accounts.FullAsync(account, token) is { } full) return Behind(claim, full);
        // Whether it has its turn and what it would be are asked at once.
        var looking = AskAsync(() => accounts.HandleAsync(account, slice.OriginNonce, token));
        var plan = await PlanAsync(of, claim, token);
        if ((await looking).IsRejected(out var away, out var looked)) return Wait(claim, away);
        if (looked.IsRejected(out var why, out var takesNext))
            return why is OrderError.Unavailable waits ? Behind(claim, waits) : new ExecutionPlan.Spent(claim, why.Code);
        return slice.EndAs is not null && takesNext ? new ExecutionPlan.Decided(claim) : plan with { TakesNext = takesNext };
    }

    private static ExecutionPlan.BackOff Behind(ClaimedSlice claim, OrderError.Unavailable why) =>
        new(claim, why, why.RetryAfter, why.Code == LookAtAccount.UnderWay ? BackOffKind.CallUnderWay : BackOffKind.Passing);

    private async Task<ExecutionPlan> PlanAsync(SliceOfOrder of, ClaimedSlice claim, CancellationToken token)
    {
        var (order, slice) = (of.Header, of.Slice);
        if (order.Curve is not null && slice is { WasSent: false, EndAs: null } && await curves.HandleAsync(of, claim, token) is { } waits)
            return waits;
        if ((await AuthoriseAsync(order, slice, token)).IsRejected(out var unsigned, out var by))
            return Unauthorised(claim, slice, unsigned);
        var isElsewhere = (!order.IsCalled && order.Terms.Router != router.Terms.Router)
            || order.Terms.ChainId != router.Terms.Network.ChainId;
        if (isElsewhere && (slice.WasSent || !slice.IsPast(time.GetUtcNow()))) return Elsewhere(claim);
        if (slice.EndAs is not null) return await SpendAsync(claim, by, token);
        if (slice.IsPast(time.GetUtcNow())) return new ExecutionPlan.GiveUp(claim, SliceStatus.Expired, new OrderError.NotOpen("expired"));
        if (of.TurnIsOver(time.GetUtcNow()))
        {
            return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed,
                new OrderError.NotExecutable(slice.Reason ?? "turn_over", "the next part has its turn"));
        }
        if (!authorise.TermsHold(order))
        {
            return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed,
                new OrderError.NotExecutable("invalid_terms_signature", "the stored terms signature does not hold"));
        }
        // a hint, which spares a quote
        if (pause.WasPaused && await pause.ReadAsync(token) is not null)
            return new ExecutionPlan.BackOff(claim, PauseSends.Refusal, PauseSends.Look, BackOffKind.Passing);
        if ((await balances.OfAsync(of.Hold, slice.AmountIn, slice.FundsOf is not null, token)).IsRejected(out var unread, out var funds))
            return Wait(claim, unread);
        // a hint, which spares a quote; the hold decides
        if (funds.Balance < slice.AmountIn)
            return Unfunded(claim, slice, new OrderError.InsufficientBalance(funds.Balance, slice.AmountIn));
        var (spent, offer) = (AskAsync(() => IsSpentAsync(by, token)), QuoteAsync(order.Terms, slice, token));
        if ((await offer).IsRejected(out var why, out var quote))
            return await spent is { Error: null, Value: true } ? new ExecutionPlan.Spent(claim) : Unquoted(claim, slice, why);
        if ((await spent).IsRejected(out var away, out var isSpent)) return Wait(claim, away);
        if (isSpent) return new ExecutionPlan.Spent(claim);
        if (judge.Handle(order, slice, quote).IsRejected(out var refused, out var floor))
            return PlanCurveSlice.Refused(order, slice, claim, refused) ?? await NotYetAsync(claim, slice, quote, refused);
        if (curves.LeastOut(of, quote).IsRejected(out var noPrice, out var least)) return curves.Outside(order, slice, claim, noPrice);
        rates.Taken(new QuoteRoute(quote.SellToken, quote.BuyToken));
        var call = by.Swap(order.Terms.Recipient, quote, TokenAmount.Max(floor.AmountOutMin, least));
        if ((await AskAsync(() => router.FeeAsync(call, token))).IsRejected(out var noFee, out var fee)) return Wait(claim, noFee);
        return worth.Refusal(order.Terms.SellToken, slice.AmountIn, fee) is { } small
            ? TooLittle(claim, slice, small) : new ExecutionPlan.Swap(claim, call, fee, funds);
    }

    private async Task<ExecutionPlan> SpendAsync(ClaimedSlice claim, SliceAuthority by, CancellationToken token)
    {
        if ((await AskAsync(() => IsSpentAsync(by, token))).IsRejected(out var away, out var isSpent)) return Wait(claim, away);
        if (isSpent) return new ExecutionPlan.Spent(claim);
        var call = by.Spend();
        return (await AskAsync(() => router.FeeAsync(call, token))).IsRejected(out var noFee, out var fee)
            ? Wait(claim, noFee) : new ExecutionPlan.Spend(claim, call, fee);
    }

    // What an account's nonce is used for was looked at before.
    private Task<bool> IsSpentAsync(SliceAuthority by, CancellationToken token) =>
        by is SliceAuthority.ByIntent { Intent.Intent: var intent } ? router.IsSpentAsync(intent, token) : Task.FromResult(false);

    // The service was set to another router, which may be a slip; nothing of the order is wrong.
    private ExecutionPlan.BackOff Elsewhere(ClaimedSlice claim) =>
        new(claim, new OrderError.WrongRouter(router.Terms.Router.ToString()), execution.Value.BackOffMax, BackOffKind.Passing);

    // Somebody changed the row, or a managed account's key is gone. Without an intent nothing can be swapped, nor can its uuid be spent: a
    // slice that was sent stays visible until it is mended.
    private ExecutionPlan Unauthorised(ClaimedSlice claim, Slice slice, OrderError why)
    {
        if (why is OrderError.Unavailable) return Wait(claim, why);
        return slice.WasSent
            ? new ExecutionPlan.BackOff(claim, why, execution.Value.BackOffMax, BackOffKind.Passing)
            : new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, why);
    }

    private async Task<Result<SliceAuthority>> AuthoriseAsync(OrderHeader order, Slice slice, CancellationToken token)
    {
        var asked = await AskAsync(() => authorise.HandleAsync(order, slice, token));
        return asked.IsRejected(out var away, out var authorised) ? away : authorised;
    }

    /// <summary>
    /// How long a slice that lacks funds waits before it looks again, where nothing that the service knows of changes them before.
    /// </summary>
    public TimeSpan PauseOf(Slice slice) => Growing(slice.BelowMin, execution.Value.UnfundedPauseMax);

    // It waits, and not for ever.
    private ExecutionPlan Unfunded(ClaimedSlice claim, Slice slice, OrderError.InsufficientBalance why) =>
        slice.UnfundedSince is { } since && time.GetUtcNow() - since >= execution.Value.UnfundedMax
            ? new ExecutionPlan.GiveUp(claim, SliceStatus.Expired, why)
            : new ExecutionPlan.BackOff(claim, why, PauseOf(slice), BackOffKind.Unfunded);

    // It waits for its route's rate, where the venue tells one: how much better that must be is what the quote lacks.
    private async Task<ExecutionPlan> NotYetAsync(ClaimedSlice claim, Slice slice, Quote quote, OrderError why)
    {
        var rate = await rates.AskAsync(new QuoteRoute(quote.SellToken, quote.BuyToken));
        return TooLittle(claim, slice, why) with { Need = rate is { } paid ? judge.NeedOf(slice, quote, why, paid) : null };
    }

    private ExecutionPlan.BackOff TooLittle(ClaimedSlice claim, Slice slice, OrderError why) =>
        new(claim, why, Growing(slice.BelowMin, execution.Value.BelowMinPauseMax), BackOffKind.BelowMin);

    private async Task<Result<Quote>> QuoteAsync(OrderTerms terms, Slice slice, CancellationToken token)
    {
        var asked = await AskAsync(() => router.QuoteAsync(terms.SellToken, terms.BuyToken, slice.AmountIn, token));
        if (asked.IsRejected(out var away, out var quoted)) return away;
        if (!quoted.IsRejected(out _, out var quote) && quote.AmountOut == TokenAmount.Zero)
            return new OrderError.NotExecutable("no_route", "the route pays nothing");
        return quoted;
    }

    private async Task<Result<T>> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().WaitAsync(execution.Value.QuoteTimeout, time);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return new OrderError.Unavailable("venue_unavailable", "The venue could not be asked", execution.Value.RetryAfter);
        }
    }

    private ExecutionPlan.BackOff Wait(ClaimedSlice claim, OrderError why) =>
        new(claim, why, execution.Value.RetryAfter, BackOffKind.Passing);

    private ExecutionPlan Unquoted(ClaimedSlice claim, Slice slice, OrderError why)
    {
        if (why is OrderError.Unavailable) return Wait(claim, why);
        var tries = slice.Unquoted + 1;
        if (tries >= execution.Value.UnquotedMax)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"no quote in {tries} tries: {why.Message}");
            return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, new OrderError.NotExecutable("no_route", detail));
        }
        return new ExecutionPlan.BackOff(claim, why, Growing(slice.Unquoted, execution.Value.BackOffMax), BackOffKind.Unquoted);
    }

    // Twice as long each time in a row, up to a longest pause.
    private TimeSpan Growing(int timesBefore, TimeSpan longest)
    {
        var pause = execution.Value.BackOffFirst * (1 << Math.Min(timesBefore, 16));
        return pause < longest ? pause : longest;
    }
}
