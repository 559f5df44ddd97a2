using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Accounts;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Steps 2 to 4 of an execution, for slices that are held under a claim. Workers and the execute routes call the same.</summary>
internal sealed class ExecuteSlice(
    SweepSource source, IDbContextFactory<OrdersDb> databases, ISwapRouter router, AblePayers able, FeeBudgets budgets,
    SeenBalances balances, Unplaced unplaced, PlanExecution planner, StoredBytes bytes, SendFirst send, PauseSends pause, NextWake next,
    WorkInHand hand, IOptions<ExecutionOptions> options, EngineClock clock, TimeProvider time, EngineTelemetry telemetry)
{
    private int _turn;

    private sealed record Planned(SliceOfOrder Of, ExecutionPlan Plan);

    /// <summary>
    /// The txid of each slice whose attempt was committed, or why there is none. A slice whose claim was lost meanwhile is in flight
    /// elsewhere.
    /// </summary>
    public async Task<Dictionary<ClaimedSlice, Result<string>>> HandleAsync(IReadOnlyList<ClaimedSlice> claims, CancellationToken token)
    {
        using var held = hand.Hold(claims);
        var outcomes = new Dictionary<ClaimedSlice, Result<string>>();
        var plans = await QuoteAsync(claims, token);
        List<(ClaimedSlice, SwapAttempt)> attempts;
        using (EngineActivities.Start(EngineActivities.Commit))
        {
            var now = time.GetUtcNow();
            var last = plans.ConvertAll(planned => planned with { Plan = WhileKnown(WhileOpen(planned, now)) });
            await StandDownAsync(last.FindAll(planned => !planned.Plan.Sends), outcomes, now, token);
            var unfilled = new List<Planned>();
            attempts = await PrepareAsync(last.FindAll(planned => planned.Plan.Sends), outcomes, unfilled, now, token);
            await StandDownAsync(unfilled, outcomes, now, token);
        }
        foreach (var (claim, rejected) in await SendAsync(attempts, token)) outcomes[claim] = rejected;
        return outcomes;
    }

    private async Task<List<Planned>> QuoteAsync(IReadOnlyList<ClaimedSlice> claims, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Quote);
        await using var db = await databases.CreateDbContextAsync(token);
        // Of an order of many parts, a plan needs the claimed one and the moment of the next.
        var (ids, numbers) = (claims.Select(c => c.OrderId).ToArray(),
            claims.SelectMany(c => (int[])[c.Number, c.Number + 1]).Distinct().ToArray());
        var orders = await db.Orders.AsNoTracking().Include(o => o.Slices.Where(s => numbers.Contains(s.Number)))
            .Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, token);
        var curves = orders.Values.Where(o => o.IsCurve).Select(o => o.Id).ToArray();
        if (curves.Length > 0)
        {
            foreach (var curve in await db.Curves.AsNoTracking().Where(c => curves.Contains(c.OrderId)).ToListAsync(token))
                CurveCourse.Read(orders[curve.OrderId], curve);
        }
        var slots = await db.ReadSlotsAsync(orders.Values, token);
        var confirmed = await ConfirmedSlices.OfAsync(db, orders.Values.Where(o => o.Curve is { Asked.LimitExpression: not null }), token);
        return [.. await Task.WhenAll(claims.Select(claim => PlanAsync(Of(claim), claim)))];

        SliceOfOrder Of(ClaimedSlice claim) => new(orders[claim.OrderId], claim.Number)
        {
            Executed = CurveCourse.Executed(orders[claim.OrderId], confirmed[claim.OrderId]),
        };

        async Task<Planned> PlanAsync(SliceOfOrder of, ClaimedSlice claim) =>
            new(of, MustGiveWay(of) ? new ExecutionPlan.GiveWay(claim) : await planner.HandleAsync(of, claim, token));

        // A hint, which spares a quote; the slot decides.
        bool MustGiveWay(SliceOfOrder of) =>
            of is { Header.Terms: { GroupId: { } group, Leg: { } leg }, Slice.EndAs: null } && slots[group].IsTakenFrom(leg);
    }

    // Its window may have closed while it was being quoted.
    private static ExecutionPlan WhileOpen(Planned planned, DateTimeOffset now) =>
        planned.Plan is ExecutionPlan.Swap { Claim: var claim } && planned.Of.Slice.IsPast(now)
        ? new ExecutionPlan.GiveUp(claim, SliceStatus.Expired, new OrderError.NotOpen("expired"))
        : planned.Plan;

    // While the time is not known nothing is sent, whoever asks for it: whether it is inside its window cannot be said.
    private ExecutionPlan WhileKnown(ExecutionPlan plan) => plan.Sends && clock.Held is { } held
        ? new ExecutionPlan.BackOff(plan.Claim,
            new OrderError.Unavailable("clock_held", $"The time is not known, so nothing is sent: {held}", options.Value.RetryAfter),
            options.Value.RetryAfter, BackOffKind.Passing)
        : plan;

    // Step 3 of what is to be sent: one transaction over the claimed slices, since nothing else of their orders changes. What was read
    // before the quote still holds, but for a claim that does not: its slice was cancelled, paused or taken over, and its plan is
    // discarded.
    private async Task<List<(ClaimedSlice Claim, SwapAttempt Attempt)>> PrepareAsync(
        List<Planned> plans, Dictionary<ClaimedSlice, Result<string>> outcomes, List<Planned> unfilled, DateTimeOffset now,
        CancellationToken token)
    {
        var attempts = new List<(ClaimedSlice, SwapAttempt)>();
        if (plans.Count == 0) return attempts;
        await using var connection = await source.OpenAsync(token); // rolls back what was not committed
        var (paused, claims) = (new PauseLock(), new ClaimLock(plans.Select(planned => planned.Plan.Claim)));
        var groups = new GroupLock(plans.Where(planned => planned.Plan is ExecutionPlan.Swap).Select(planned => planned.Of.Header.Terms));
        var holds = new HoldLock(plans.Where(planned => planned.Plan is ExecutionPlan.Swap).Select(planned => planned.Of.Hold));
        var accounts = new AccountLock(plans.Where(planned => planned.Of.Header.IsCalled)
            .Select(planned => planned.Of.Header.Account!.Value), options.Value.CallsInFlightMax);
        var fees = budgets.Lock(plans.Select(planned => planned.Of.Header.Terms.Owner), now);
        var payers = await NonceLedger.BeginAsync(connection, paused, claims, groups, holds, accounts, fees, able.Now(),
            Interlocked.Increment(ref _turn) & int.MaxValue, router.InFlightMax, token);
        pause.See(paused.Paused);
        foreach (var (claim, txId) in claims.Lost) outcomes[claim] = new OrderError.InFlight(txId);
        if (claims.Held.Count == 0) return attempts;
        var write = new PreparedWrite(bytes);
        foreach (var (of, plan) in plans.Where(planned => claims.Held.Contains(planned.Plan.Claim)))
        {
            if (Stopped(of, plan, groups, paused, now) is { } stopped)
            {
                outcomes[plan.Claim] = stopped;
                write.Add(of);
                continue;
            }
            if (Withheld(of, plan, holds, now) is { } withheld)
            {
                outcomes[plan.Claim] = withheld;
                // under its order's own locks, while the claim holds
                if (PlanExecution.NoFills(of, plan.Claim, withheld) is { } ends) unfilled.Add(new Planned(of, ends));
                else write.Add(of);
                continue;
            }
            var turn = of.Header.IsCalled ? accounts.TurnOf(of.Header.Account!.Value, plan.TakesNext ? null : of.Slice.OriginNonce) : null;
            if ((of.Header.IsCalled && turn is null)
                || await NonceLedger.PlaceAsync(connection, payers, plan.Cost, ChargeOf(of, plan), turn, token) is not { } at)
            {
                outcomes[plan.Claim] = unplaced.Handle(of, plan.Cost, ChargeOf(of, plan), turn, payers, now);
                write.Add(of);
                continue;
            }
            var attempt = Broadcast(of, plan, at, turn, now);
            attempts.Add((plan.Claim, attempt));
            outcomes[plan.Claim] = attempt.TxId;
            write.Add(of, attempt);
            if (plan is not ExecutionPlan.Swap) continue;
            groups.Take(of.Header.Terms);
            holds.Take(of.Hold, new FundsMove(FundsState.Reserved, FundsState.InFlight, of.Slice.AmountIn));
        }
        await write.CommitAsync(connection, groups, holds, payers, token);
        foreach (var (of, _) in plans) next.See(of.Slice.WakeAt);
        var uuids = plans.ToLookup(planned => planned.Of.Header.Id, planned => planned.Of.Header.Terms.Uuid);
        foreach (var (_, attempt) in attempts)
            telemetry.AttemptPrepared(Words.Of(attempt.Kind), uuids[attempt.OrderId].First().ToString(), attempt.TxId);
        return attempts;
    }

    // Its group's slot may have been taken since it was planned: it keeps its place in the queue, and when it is planned again it gives
    // way, under the locks of all legs. Then the operator's word, as it stands in this transaction. What ends an order that was sent goes
    // on: it protects its owner.
    private OrderError? Stopped(SliceOfOrder of, ExecutionPlan plan, GroupLock groups, PauseLock paused, DateTimeOffset now)
    {
        if (plan is not ExecutionPlan.Swap) return null;
        if (!groups.IsFree(of.Header.Terms))
        {
            of.Queue();
            return OtherLeg;
        }
        if (paused.Paused is null) return null;
        of.BackOff(new OrderFact.BackedOff(PauseSends.Reason), now + PauseSends.Look, BackOffKind.Passing, now);
        telemetry.SliceBackedOff(PauseSends.Reason, of.Header.Terms.Uuid.ToString());
        return PauseSends.Refusal;
    }

    // Decided under the lock of the hold, over what the holder's other sends leave. A balance that was read before one of these was settled
    // says nothing where it is too little: the slice keeps its place in the queue, and the balance is asked for anew.
    private OrderError? Withheld(SliceOfOrder of, ExecutionPlan plan, HoldLock holds, DateTimeOffset now)
    {
        if (plan is not ExecutionPlan.Swap swap) return null;
        var (slice, hold) = (of.Slice, holds.Of(of.Hold));
        if (hold.LeftOf(swap.Funds) is var left && left >= slice.AmountIn) return null;
        balances.Forget(of.Hold);
        if (hold.Spent != swap.Funds.Spent)
        {
            of.Queue();
            return new OrderError.Unavailable("balance_outdated",
                "The balance has changed since it was read: the order is queued and is tried again at once", TimeSpan.FromSeconds(1));
        }
        var why = new OrderError.InsufficientBalance(left, slice.AmountIn);
        if (of.Header.Terms.IsImmediate) return why;
        of.BackOff(ExecutionPlan.BackOff.FactsOf(why), now + planner.PauseOf(slice), BackOffKind.Unfunded, now);
        telemetry.SliceBackedOff(why.Code, of.Header.Terms.Uuid.ToString());
        return why;
    }

    // Step 3 of what is not: it may end the whole order, so it is done under the order's own locks.
    private async Task StandDownAsync(
        List<Planned> plans, Dictionary<ClaimedSlice, Result<string>> outcomes, DateTimeOffset now, CancellationToken token)
    {
        if (plans.Count == 0) return;
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(plans.Select(planned => planned.Of.Header.Id), token);
        foreach (var (_, plan) in plans)
        {
            var order = orders[plan.Claim.OrderId];
            outcomes[plan.Claim] = order.Holds(plan.Claim.Number, plan.Claim.ClaimId)
                ? StandDown(order, plan, now) : new OrderError.InFlight(order.Find(plan.Claim.Number).TxId);
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
    }

    private static readonly OrderError.Conflict OtherLeg = new(OrderGroup.OtherLegInFlight,
        "Another leg of its group was sent: this one waits until that one has come to its end, and ends with it where it is swapped");

    // What ends an order that was sent protects its owner: there is one at most for what was sent within the budgets, so they count it and
    // do not hold it.
    private static FeeCharge ChargeOf(SliceOfOrder of, ExecutionPlan plan) =>
        new(of.Header.Terms.Owner, IsHeld: plan is ExecutionPlan.Swap);

    // What an account calls itself is kept by the contract, whatever the chain's rules can watch.
    private SwapAttempt Broadcast(SliceOfOrder of, ExecutionPlan plan, AccountNonce at, CallTurn? turn, DateTimeOffset now) => plan switch
    {
        ExecutionPlan.Swap swap => of.Broadcast(
            AttemptKind.Swap, router.Prepare(At(swap.Call, turn), at.Solver, at.Nonce, swap.Fee), swap.Call.Quote.AmountOut,
            swap.Call.MinAmountOut, now, turn is not null || router.Protects(swap.Call.Quote.BuyToken)),
        ExecutionPlan.Spend spend =>
            of.Broadcast(AttemptKind.Spend, router.Prepare(At(spend.Call, turn), at.Solver, at.Nonce, spend.Fee), null, null, now),
        _ => throw new System.Diagnostics.UnreachableException($"{plan.GetType().Name} sends nothing"),
    };

    private static RouterCall At(RouterCall call, CallTurn? turn) => turn is null ? call : call with
    {
        Origin = call.Origin! with { Nonce = checked((ulong)turn.Nonce) },
    };

    private OrderError StandDown(Order order, ExecutionPlan plan, DateTimeOffset now)
    {
        switch (plan)
        {
            case ExecutionPlan.BackOff backOff:
                order.BackOff(plan.Claim.Number, backOff.Facts, now + backOff.Pause, backOff.Kind, now, backOff.Need);
                telemetry.SliceBackedOff(backOff.Why.Code, order.Terms.Uuid.ToString());
                return backOff.Why;
            case ExecutionPlan.GiveUp giveUp:
                order.GiveUp(plan.Claim.Number, giveUp.EndAs, giveUp.Why is OrderError.NotOpen ? "expired" : giveUp.Why.Code, now);
                return giveUp.Why;
            case ExecutionPlan.GiveWay:
                OrderGroup.GiveWay(order, plan.Claim.Number, now);
                return OtherLeg;
            case ExecutionPlan.PauseOutside outside:
                CurvePauses.PauseOutside(order, plan.Claim.Number, now);
                return outside.Why;
            case ExecutionPlan.Spent { Reason: var reason }:
                order.EndSpent(plan.Claim.Number, now, reason);
                return new OrderError.NotExecutable(reason,
                    "the chain shows as used what it takes once, this intent's uuid or the account's nonce: nothing was sent");
            case ExecutionPlan.Decided:
                var slice = order.Find(plan.Claim.Number);
                order.EndDecided(plan.Claim.Number, now);
                return new OrderError.NotOpen(Words.Of(slice.Status));
            default:
                throw new System.Diagnostics.UnreachableException($"{plan.GetType().Name} is sent");
        }
    }

    // The claims whose attempts were refused for good, and why.
    private async Task<List<(ClaimedSlice, OrderError)>> SendAsync(
        List<(ClaimedSlice Claim, SwapAttempt Attempt)> attempts, CancellationToken token)
    {
        if (attempts.Count == 0) return [];
        var answers = await send.HandleAsync(attempts.ConvertAll(a => a.Attempt), token);
        var rejected = new List<(ClaimedSlice, OrderError)>();
        foreach (var (claim, attempt) in attempts)
        {
            if (answers.GetValueOrDefault(attempt.Id) is SubmitOutcome.Refused { IsDefinite: true } no)
                rejected.Add((claim, no.IsOfPayer ? Unplaced.NoPayer : new OrderError.NotExecutable(no.Reason, no.Reason)));
        }
        return rejected;
    }
}
