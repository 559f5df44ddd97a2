using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Execution;
using OrderService.Persistence;
using OrderService.Telemetry;

namespace OrderService.Orders;

/// <summary>Steps 2 to 4 of an execution, for slices that are held under a claim. Workers and the execute routes call the same.</summary>
internal sealed class ExecuteSlice(IDbContextFactory<OrdersDb> databases, ISwapRouter router, PlanExecution planner, SubmitTransaction submit, IOptions<ExecutionOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    private int _turn;

    /// <summary>The txid of each slice whose attempt was committed, or why there is none. A slice whose claim was lost meanwhile is in flight elsewhere.</summary>
    public async Task<Dictionary<ClaimedSlice, Result<string>>> HandleAsync(IReadOnlyList<ClaimedSlice> claims, CancellationToken token)
    {
        var plans = await QuoteAsync(claims, token);
        var (outcomes, attempts) = await CommitAsync(plans, token);
        foreach (var (claim, rejected) in await SendAsync(attempts, token)) outcomes[claim] = rejected;
        return outcomes;
    }

    private async Task<ExecutionPlan[]> QuoteAsync(IReadOnlyList<ClaimedSlice> claims, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Quote);
        await using var db = await databases.CreateDbContextAsync(token);
        // Of an order of many parts, a plan needs the claimed one only.
        var (ids, numbers) = (claims.Select(c => c.OrderId).ToArray(), claims.Select(c => c.Number).Distinct().ToArray());
        var orders = await db.Orders.AsNoTracking().Include(o => o.Slices.Where(s => numbers.Contains(s.Number))).Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, token);
        return await Task.WhenAll(claims.Select(claim => planner.HandleAsync(orders[claim.OrderId], claim, token)));
    }

    // Step 3: one transaction. A slice whose claim does not hold any more was cancelled, paused or taken over: its plan is discarded.
    private async Task<(Dictionary<ClaimedSlice, Result<string>> Outcomes, List<(ClaimedSlice Claim, SwapAttempt Attempt)> Attempts)> CommitAsync(ExecutionPlan[] plans, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Commit);
        var now = time.GetUtcNow();
        var outcomes = new Dictionary<ClaimedSlice, Result<string>>();
        var attempts = new List<(ClaimedSlice, SwapAttempt)>();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(plans.Select(p => p.Claim.OrderId), token);
        var held = new List<ExecutionPlan>();
        foreach (var plan in plans)
        {
            var isPast = plan is ExecutionPlan.Swap && orders[plan.Claim.OrderId].Find(plan.Claim.Number).IsPast(now); // while it was being quoted
            if (orders[plan.Claim.OrderId].Holds(plan.Claim.Number, plan.Claim.ClaimId)) held.Add(isPast ? new ExecutionPlan.GiveUp(plan.Claim, SliceStatus.Expired, new OrderError.NotOpen("expired")) : plan);
            else outcomes[plan.Claim] = new OrderError.InFlight(orders[plan.Claim.OrderId].Find(plan.Claim.Number).TxId);
        }
        var sending = held.FindAll(p => p is ExecutionPlan.Swap or ExecutionPlan.Spend);
        var nonces = sending.Count == 0 ? [] : await NonceLedger.TakeAsync(db, router.Payers, Interlocked.Increment(ref _turn) & int.MaxValue, sending.Count, router.InFlightMax, token);
        for (var i = 0; i < nonces.Count; i++)
        {
            var attempt = Broadcast(orders[sending[i].Claim.OrderId], sending[i], nonces[i], now);
            db.Attempts.Add(attempt);
            attempts.Add((sending[i].Claim, attempt));
            outcomes[sending[i].Claim] = attempt.TxId;
        }
        foreach (var waiting in sending.Skip(nonces.Count)) outcomes[waiting.Claim] = Requeue(orders[waiting.Claim.OrderId], waiting.Claim);
        foreach (var plan in held) if (StandDown(orders[plan.Claim.OrderId], plan, now) is { } why) outcomes[plan.Claim] = why;
        await db.SaveWithNewsAsync(token);
        await transaction.CommitAsync(token);
        foreach (var (_, attempt) in attempts) telemetry.AttemptPrepared(Words.Of(attempt.Kind));
        return (outcomes, attempts);
    }

    private static OrderError.Unavailable Requeue(Order order, ClaimedSlice claim)
    {
        order.Queue(claim.Number);
        return new OrderError.Unavailable("solvers_busy", "Every account that pays has as much in flight as it may, or too little to pay with: the order is queued and is sent as soon as one is free", TimeSpan.FromSeconds(5));
    }

    private SwapAttempt Broadcast(Order order, ExecutionPlan plan, AccountNonce at, DateTimeOffset now) => plan switch
    {
        ExecutionPlan.Swap swap => order.Broadcast(plan.Claim.Number, AttemptKind.Swap, router.Prepare(swap.Call, at.Solver, at.Nonce, swap.Fee), swap.Call.Quote.AmountOut, swap.Call.MinAmountOut, now, router.Protects(swap.Call.Quote.BuyToken)),
        ExecutionPlan.Spend spend => order.Broadcast(plan.Claim.Number, AttemptKind.Spend, router.Prepare(spend.Call, at.Solver, at.Nonce, spend.Fee), null, null, now),
        _ => throw new System.Diagnostics.UnreachableException($"{plan.GetType().Name} sends nothing"),
    };

    private OrderError? StandDown(Order order, ExecutionPlan plan, DateTimeOffset now)
    {
        switch (plan)
        {
            case ExecutionPlan.BackOff backOff:
                order.BackOff(plan.Claim.Number, backOff.Why.Code, now + backOff.Pause, backOff.Kind, now);
                telemetry.SliceBackedOff(backOff.Why.Code);
                return backOff.Why;
            case ExecutionPlan.GiveUp giveUp:
                order.GiveUp(plan.Claim.Number, giveUp.EndAs, giveUp.EndAs == SliceStatus.Expired ? "expired" : giveUp.Why.Code, now);
                return giveUp.Why;
            case ExecutionPlan.Spent:
                order.EndSpent(plan.Claim.Number, now);
                return new OrderError.NotExecutable("intent_already_used", "the chain shows this intent's uuid as used: nothing was sent");
            default:
                return null;
        }
    }

    // Step 4. The attempts are facts by now: nothing here can undo them but a refusal that is definite at their first send.
    private async Task<List<(ClaimedSlice, OrderError)>> SendAsync(List<(ClaimedSlice Claim, SwapAttempt Attempt)> attempts, CancellationToken token)
    {
        if (attempts.Count == 0) return [];
        using var activity = EngineActivities.Start(EngineActivities.Send);
        var answers = await Task.WhenAll(attempts.Select(a => submit.HandleAsync(a.Attempt.Transaction(), token)));
        var rejected = new List<(ClaimedSlice, OrderError)>();
        var known = new Dictionary<long, SubmitOutcome>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i] is { } answer) known[attempts[i].Attempt.Id] = answer;
            if (answers[i] is SubmitOutcome.Refused { IsDefinite: true } no) rejected.Add((attempts[i].Claim, new OrderError.NotExecutable(no.Reason, no.Reason)));
        }
        if (known.Count > 0) await RecordAsync(attempts.ConvertAll(a => a.Attempt), known, token);
        return rejected;
    }

    private async Task RecordAsync(List<SwapAttempt> sent, Dictionary<long, SubmitOutcome> answers, CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(sent.Where(a => answers.ContainsKey(a.Id)).Select(a => a.OrderId), token);
        var ids = answers.Keys.ToArray();
        // Locked, so that nobody counts a second send between the look at the count and the verdict.
        foreach (var attempt in await db.Attempts.FromSql($"SELECT * FROM attempts WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE").ToListAsync(token))
        {
            if (answers[attempt.Id] is not SubmitOutcome.Refused refused)
            {
                Settlement.Sent(orders[attempt.OrderId], attempt, now);
            }
            else if (refused.IsDefinite && attempt is { Status: AttemptStatus.Prepared, SendsCount: 1 })
            {
                Settlement.Rejected(orders[attempt.OrderId], attempt, refused.Reason, now + options.Value.RetryAfter, now);
                await NonceLedger.FreeAsync(db, attempt.Solver, attempt.Nonce, now, token);
            }
            else
            {
                attempt.Note(refused.Reason); // decides nothing: the account's nonce and the txid do
                telemetry.AttemptSendRefused(attempt.TxId, refused.Reason);
            }
        }
        await db.SaveWithNewsAsync(token);
        await transaction.CommitAsync(token);
    }
}
