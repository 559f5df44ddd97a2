using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Accounts;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Step 5: asks the chain about every transaction that is not final, whatever it is for, and writes what it says. Bytes it does not show
/// are sent again, the same ones; what waits too long is outbid, and a swap past its window by the spend of its uuid.
/// </summary>
internal sealed class SettleTransactions(
    IDbContextFactory<OrdersDb> databases, StoredBytes bytes, ISwapRouter router, OutbidPastWindow outbid, SendAgain sendAgain,
    RaiseFees raiseFees, FundLegs fundLegs, IOptions<ExecutionOptions> options,
    IOptions<AccountsOptions> accounts, TimeProvider time, EngineClock clock, EngineTelemetry telemetry)
{
    /// <summary>Looks at all of them once; returns how many transactions moved.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var (after, polled, settled) = (0L, 0, 0);
        var waiting = new List<OutgoingLook>();
        while (true)
        {
            var (batch, count, last) = await ReadAsync(after, token);
            if (batch.Count > 0)
            {
                var looks = await Isolation.LookAsync(batch, some => LookAsync(some, token), Tell, token);
                var news = looks.FindAll(look => look.IsNews);
                if (news.Count > 0) await Isolation.RunAsync(news, some => ApplyAsync(some, token), Tell, token);
                settled += news.Count;
                waiting.AddRange(looks.Where(look => look.IsWaiting));
            }
            polled += batch.Count;
            if (count < options.Value.SettleBatchMax) break;
            after = last;
        }
        await SendAsync(waiting, token);
        await fundLegs.HandleAsync(token);
        telemetry.SettlementFinished(Stopwatch.GetElapsedTime(started), polled, settled);
        return settled;
    }

    // What is late, and whose window has closed, is told by the time: while that is not known, all of it has its turn at a later look.
    private async Task SendAsync(List<OutgoingLook> waiting, CancellationToken token)
    {
        foreach (var act in (Func<IReadOnlyList<OutgoingLook>, CancellationToken, Task>[])
            [outbid.HandleAsync, sendAgain.HandleAsync, raiseFees.HandleAsync])
        {
            if (clock.Held is null) await Isolation.RunAsync(waiting, some => act(some, token), Tell, token);
        }
    }

    private void Tell(Exception fault) => telemetry.WorkerFailed(WorkerNames.Settlement, fault);

    // A page of what is not final, how many rows it has and where it ends; without those of its rows that cannot be read.
    private async Task<(List<OutgoingTransaction> Read, int Count, long Last)> ReadAsync(long after, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var page = db.Outgoing.AsNoTracking().Where(one => !one.IsFinal && one.Id > after).OrderBy(one => one.Id)
            .Take(options.Value.SettleBatchMax);
        try
        {
            var read = Opened(await page.ToListAsync(token));
            return (read, read.Count, read.Count == 0 ? after : read[^1].Id);
        }
        catch (Exception unreadable) when (!Outage.Is(unreadable) && !token.IsCancellationRequested)
        {
            var ids = await page.Select(one => one.Id).ToListAsync(token);
            return (await Isolation.LookAsync(ids, some => ReadAsync(some, token), Tell, token), ids.Count, ids[^1]);
        }
    }

    private async Task<List<OutgoingTransaction>> ReadAsync(IReadOnlyList<long> ids, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return Opened(await db.Outgoing.AsNoTracking().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync(token));
    }

    private List<OutgoingTransaction> Opened(List<OutgoingTransaction> read)
    {
        foreach (var one in read) one.Open(bytes.Open(one.Raw, one.TxId));
        return read;
    }

    private async Task<List<OutgoingLook>> LookAsync(IReadOnlyList<OutgoingTransaction> batch, CancellationToken token)
    {
        var raised = batch.Where(one => one.Raises > 0).Select(one => one.Id).ToArray();
        var versions = await VersionsAsync(raised, token);
        var asked = batch.Select(one => one.Transaction()).ToList();
        foreach (var one in batch) asked.AddRange(versions[one.Id].Select(one.Transaction));
        var statuses = await router.StatusAsync(asked, token);
        // Half of an answer is none: where one of its versions could not be asked about, the transaction has its turn at the next look.
        var answered = batch.Where(one => statuses.ContainsKey(one.TxId) && versions[one.Id].All(v => statuses.ContainsKey(v.TxId)));
        return [.. answered.Select(one => OutgoingLook.Of(one, [.. versions[one.Id]], statuses))];
    }

    private async Task<ILookup<long, OutgoingVersion>> VersionsAsync(long[] raised, CancellationToken token)
    {
        if (raised.Length == 0) return Array.Empty<OutgoingVersion>().ToLookup(v => v.TransactionId);
        await using var db = await databases.CreateDbContextAsync(token);
        var read = await db.Versions.AsNoTracking().Where(v => raised.Contains(v.TransactionId)).ToListAsync(token);
        foreach (var version in read) version.Open(bytes.Open(version.Raw, version.TxId));
        return read.ToLookup(v => v.TransactionId);
    }

    private async Task ApplyAsync(IReadOnlyList<OutgoingLook> news, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Settle);
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var locked = await LockedTransactions.TakeAsync(db, [.. news.Select(look => look.Transaction)], token);
        var looks = news.ToDictionary(look => look.Transaction.Id);
        var ended = new List<OutgoingTransaction>();
        foreach (var one in locked.All)
        {
            var look = looks[one.Id];
            if (one.Raises != look.Transaction.Raises) continue; // outbid since it was read: the next look asks about all its bytes
            if (look.Mined is { } mined && mined.TxId != one.TxId) await FollowAsync(db, locked, one, mined, token);
            if (await ApplyAsync(db, locked, one, look.Status, now, token) && !one.Status.IsLive()) ended.Add(one);
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        foreach (var one in ended)
        {
            telemetry.AttemptSettled(LockedTransactions.KindOf(one), Words.Of(one.Status), locked.NameOf(one), one.TxId, one.Reason,
                now - one.PreparedAt);
        }
    }

    // True where it is told that it came to its end.
    private async Task<bool> ApplyAsync(
        OrdersDb db, LockedTransactions locked, OutgoingTransaction one, TransactionStatus status, DateTimeOffset now,
        CancellationToken token)
    {
        switch (one)
        {
            case SwapAttempt attempt:
                var order = locked.Orders[attempt.OrderId];
                if (status is TransactionStatus.Pending && attempt.Status.IsLive()) Settlement.Sent(order, attempt, now);
                else Settlement.Apply(order, attempt, status, now + options.Value.RetryAfter, now);
                return true;
            case WithdrawalTransaction transfer:
                return WithdrawalSettlement.Apply(db, locked.Withdrawals[transfer.WithdrawalId], transfer, status,
                    accounts.Value.WithdrawalRetryAfter, now);
            case NonceFill fill:
                fill.See(status, now);
                if (fill.Status == OutgoingStatus.Replaced) await NonceFills.ForgetAsync(db, fill, token); // then its places are free again
                return false;
            default:
                throw new UnreachableException($"unknown transaction {one.GetType().Name}");
        }
    }

    private static async Task FollowAsync(
        OrdersDb db, LockedTransactions locked, OutgoingTransaction one, OutgoingVersion mined, CancellationToken token)
    {
        var latest = one is SwapAttempt attempt ? Settlement.Mined(locked.Orders[attempt.OrderId], attempt, mined) : one.Become(mined);
        if (!await db.Versions.AnyAsync(v => v.TxId == latest.TxId, token)) db.Versions.Add(latest);
    }
}
