using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Step 5: asks the chain about every attempt that is not final, and writes what it says. Bytes it does not show are sent again, the same ones; what waits too long is outbid, and past its window by the spend of its uuid.</summary>
internal sealed class SettleAttempts(
    IDbContextFactory<OrdersDb> databases, StoredBytes bytes, ISwapRouter router, OutbidPastWindow outbid, SendAgain sendAgain, RaiseFees raiseFees, IOptions<ExecutionOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>Looks at all of them once; returns how many attempts moved.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var (after, polled, settled) = (0L, 0, 0);
        var waiting = new List<AttemptLook>();
        while (true)
        {
            var batch = await ReadAsync(after, token);
            if (batch.Count > 0)
            {
                var looks = await LookAsync(batch, token);
                var news = looks.FindAll(look => look.IsNews);
                if (news.Count > 0) await Isolation.RunAsync(news, some => ApplyAsync(some, token), fault => telemetry.WorkerFailed(WorkerNames.Settlement, fault), token);
                settled += news.Count;
                waiting.AddRange(looks.Where(look => look.IsWaiting));
            }
            polled += batch.Count;
            if (batch.Count < options.Value.SettleBatchMax) break;
            after = batch[^1].Id;
        }
        await outbid.HandleAsync(waiting, token);
        await sendAgain.HandleAsync(waiting, token);
        await raiseFees.HandleAsync(waiting, token);
        telemetry.SettlementFinished(Stopwatch.GetElapsedTime(started), polled, settled);
        return settled;
    }

    private async Task<List<SwapAttempt>> ReadAsync(long after, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var read = await db.Attempts.AsNoTracking().Where(a => !a.IsFinal && a.Id > after).OrderBy(a => a.Id).Take(options.Value.SettleBatchMax).ToListAsync(token);
        foreach (var attempt in read) attempt.Open(bytes.Open(attempt.Raw, attempt.TxId));
        return read;
    }

    private async Task<List<AttemptLook>> LookAsync(List<SwapAttempt> batch, CancellationToken token)
    {
        var raised = batch.Where(a => a.Raises > 0).Select(a => a.Id).ToArray();
        var versions = await VersionsAsync(raised, token);
        var asked = batch.ConvertAll(a => a.Transaction());
        foreach (var attempt in batch) asked.AddRange(versions[attempt.Id].Select(v => v.Transaction(attempt)));
        var statuses = await router.StatusAsync(asked, token);
        // Half of an answer is none: where one of its versions could not be asked about, the attempt has its turn at the next look.
        var answered = batch.Where(a => statuses.ContainsKey(a.TxId) && versions[a.Id].All(v => statuses.ContainsKey(v.TxId)));
        return [.. answered.Select(a => AttemptLook.Of(a, [.. versions[a.Id]], statuses))];
    }

    private async Task<ILookup<long, AttemptVersion>> VersionsAsync(long[] attempts, CancellationToken token)
    {
        if (attempts.Length == 0) return Array.Empty<AttemptVersion>().ToLookup(v => v.AttemptId);
        await using var db = await databases.CreateDbContextAsync(token);
        var read = await db.Versions.AsNoTracking().Where(v => attempts.Contains(v.AttemptId)).ToListAsync(token);
        foreach (var version in read) version.Open(bytes.Open(version.Raw, version.TxId));
        return read.ToLookup(v => v.AttemptId);
    }

    private async Task ApplyAsync(IReadOnlyList<AttemptLook> news, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Settle);
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(news.Select(look => look.Attempt.OrderId), token);
        var looks = news.ToDictionary(look => look.Attempt.Id);
        var ids = looks.Keys.ToArray();
        var attempts = await db.Attempts.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(token);
        foreach (var attempt in attempts)
        {
            var (order, look) = (orders[attempt.OrderId], looks[attempt.Id]);
            if (attempt.Raises != look.Attempt.Raises) continue; // outbid since it was read: the next look asks about all its bytes
            if (look.Mined is { } mined && mined.TxId != attempt.TxId) await FollowAsync(db, order, attempt, mined, token);
            if (look.Status is TransactionStatus.Pending && attempt.Status.IsLive()) Settlement.Sent(order, attempt, now);
            else Settlement.Apply(order, attempt, look.Status, now + options.Value.RetryAfter, now);
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        foreach (var attempt in attempts) if (!attempt.Status.IsLive()) telemetry.AttemptSettled(Words.Of(attempt.Kind), Words.Of(attempt.Status), orders[attempt.OrderId].Terms.Uuid.ToString(), attempt.TxId, attempt.Reason, now - attempt.PreparedAt);
    }

    private static async Task FollowAsync(OrdersDb db, Order order, SwapAttempt attempt, AttemptVersion mined, CancellationToken token)
    {
        var latest = Settlement.Mined(order, attempt, mined);
        if (!await db.Versions.AnyAsync(v => v.TxId == latest.TxId, token)) db.Versions.Add(latest);
    }
}
