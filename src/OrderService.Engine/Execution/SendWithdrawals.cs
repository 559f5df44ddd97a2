using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Execution;

/// <summary>
/// Sends the withdrawals that wait: the account signs, a solver pays. Each transaction is stored with its nonce before it leaves, as with
/// swaps.
/// </summary>
internal sealed class SendWithdrawals(
    IDbContextFactory<OrdersDb> databases, AccountKeys keys, LookAtAccount accounts, ISwapRouter router, AblePayers able, SendFirst send,
    IOptions<AccountsOptions> options, IOptions<ExecutionOptions> execution, TimeProvider time, EngineClock clock,
    EngineTelemetry telemetry)
{
    private const string UsedAlready = "intent_already_used";
    private const string UsedElsewhere = "nonce_used_elsewhere";

    private int _turn;

    private sealed record Plan(RouterCall Call, TokenAmount Fee, bool TakesNext = false);

    /// <summary>Sends what is due; returns how many transactions were stored.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var sent = 0;
        foreach (var id in await DueAsync(token))
        {
            if (clock.Held is not null) break;
            await Isolation.RunAsync([id], async one => sent += await SendAsync(one[0], token) ? 1 : 0,
                fault => telemetry.WorkerFailed(WorkerNames.Withdrawals, fault), token);
        }
        return sent;
    }

    private async Task<List<Guid>> DueAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Withdrawals.Where(w => w.Status == WithdrawalStatus.Waiting && w.WakeAt <= now)
            .OrderBy(w => w.WakeAt).Take(options.Value.WithdrawalBatchMax).Select(w => w.Id).ToListAsync(token);
    }

    private async Task<bool> SendAsync(Guid id, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await SendAsync(await db.Withdrawals.AsNoTracking().SingleAsync(w => w.Id == id, token), token);
    }

    private async Task<bool> SendAsync(Withdrawal seen, CancellationToken token)
    {
        if ((await PlanAsync(seen, token)).IsRejected(out var why, out var plan))
        {
            if (why is OrderError.NotExecutable { Reason: UsedAlready or UsedElsewhere })
            {
                await ChangeAsync(seen, (db, withdrawal, now) => WithdrawalSettlement.Fail(db, withdrawal, why.Code, now), token);
            }
            else
            {
                await ChangeAsync(seen,
                    (_, withdrawal, now) =>
                        withdrawal.Postpone(why.Code,
                            now + (why is OrderError.Unavailable { Code: LookAtAccount.UnderWay, RetryAfter: var pause }
                                ? pause : options.Value.WithdrawalRetryAfter)), token);
            }
            return false;
        }
        if (await StoreAsync(seen, plan, token) is not { } transaction) return false;
        telemetry.AttemptPrepared("transfer", $"withdrawal {seen.Id:N}", transaction.TxId);
        await send.HandleAsync([transaction], token);
        return true;
    }

    private async Task<Result<Plan>> PlanAsync(Withdrawal withdrawal, CancellationToken token)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(token);
            var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == withdrawal.AccountId, token);
            if (withdrawal.IsCalled) return await PlanCallAsync(withdrawal, account, token);
            var intent = withdrawal.IntentOn(router.Terms.Network.ChainId);
            if ((await keys.SignAsync(account.Address, intent, token)).IsRejected(out var why, out var signature)) return why;
            if (!VerifiedIntent.TryVerify(intent, signature, account.Address, out var verified))
                return new OrderError.NotExecutable("account_key_unreadable", "the account's key does not sign for its address");
            if (await router.IsSpentAsync(intent, token))
                return new OrderError.NotExecutable(UsedAlready, "the chain shows this intent's uuid as used");
            var call = new RouterCall.Transfer(verified);
            return new Plan(call, await router.FeeAsync(call, token));
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return new OrderError.Unavailable("venue_unavailable", "The venue could not be asked", options.Value.WithdrawalRetryAfter);
        }
    }

    private async Task<Result<Plan>> PlanCallAsync(Withdrawal withdrawal, ManagedAccount account, CancellationToken token)
    {
        if ((await accounts.HandleAsync(account.Address, withdrawal.OriginNonce, token)).IsRejected(out var why, out var takesNext))
            return why;
        if ((await keys.OfAsync(account.Address, token)).IsRejected(out why, out var own)) return why;
        var call = new RouterCall.OwnTransfer(withdrawal.Token, withdrawal.Amount, withdrawal.Recipient)
        {
            Origin = new CallOrigin(own, 0),
        };
        return new Plan(call, await router.FeeAsync(call, token), takesNext);
    }

    private async Task<WithdrawalTransaction?> StoreAsync(Withdrawal seen, Plan plan, CancellationToken token)
    {
        WithdrawalTransaction? stored = null;
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if (await LockAsync(db, seen, token) is not { } withdrawal) return stored;
        if (await PauseLock.TakeAsync(db.TransactionConnection(), token) is not null)
        {
            withdrawal.Postpone(PauseSends.Reason, time.GetUtcNow() + PauseSends.Look);
            await db.SaveChangesAsync(token);
            await transaction.CommitAsync(token);
            return stored;
        }
        var call = plan.Call;
        var (caller, turn) = (AccountLock.None, (CallTurn?)null);
        if (call.Origin is { } origin)
        {
            caller = new AccountLock([origin.Signer.Account], execution.Value.CallsInFlightMax);
            await caller.TakeAsync(db.TransactionConnection(), token);
            // it has as many calls under way as may be: the next look tries again
            if ((turn = caller.TurnOf(origin.Signer.Account, plan.TakesNext ? null : withdrawal.OriginNonce)) is null) return stored;
            call = call with { Origin = origin with { Nonce = checked((ulong)turn.Nonce) } };
        }
        // every account that pays is busy: the next look tries again
        if (await NonceLedger.TakeAsync(db, caller, turn, able.Now(), plan.Fee, Interlocked.Increment(ref _turn) & int.MaxValue,
            router.InFlightMax, token) is not { } at)
        {
            return stored;
        }
        stored = withdrawal.Send(router.Prepare(call, at.Solver, at.Nonce, plan.Fee), time.GetUtcNow());
        db.Add(stored);
        db.Tell(new WithdrawalSent(withdrawal.AccountId, withdrawal.Id, stored.TxId, stored.Solver, stored.Nonce, stored.Fee),
            withdrawal.Recipient, Actors.System, stored.PreparedAt);
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
        return stored;
    }

    private async Task ChangeAsync(Withdrawal seen, Action<OrdersDb, Withdrawal, DateTimeOffset> change, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if (await LockAsync(db, seen, token) is not { } withdrawal) return;
        change(db, withdrawal, time.GetUtcNow());
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
    }

    // Another node may have sent it since it was read.
    private static async Task<Withdrawal?> LockAsync(OrdersDb db, Withdrawal seen, CancellationToken token) =>
        (await db.Withdrawals.FromSql($"SELECT * FROM withdrawals WHERE id = {seen.Id} AND status = 'waiting' AND tries = {seen.Tries} FOR UPDATE").ToListAsync(token)).SingleOrDefault();
}
