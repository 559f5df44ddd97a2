using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Execution;
using OrderService.Persistence;
using OrderService.Telemetry;

namespace OrderService.Orders;

/// <summary>Step 5: asks the chain about every attempt that is not final, and writes what it says. Bytes it does not show are sent again, the same ones.</summary>
internal sealed class SettleAttempts(IDbContextFactory<OrdersDb> databases, ISwapRouter router, IOptions<ExecutionOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    private const int ResendsMax = 20; // a look; the rest have their turn at the next

    /// <summary>Looks at all of them once; returns how many attempts moved.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var (after, polled, settled) = (0L, 0, 0);
        while (true)
        {
            var batch = await ReadAsync(after, token);
            if (batch.Count > 0) settled += await SettleAsync(batch, token);
            polled += batch.Count;
            if (batch.Count < options.Value.SettleBatchMax) break;
            after = batch[^1].Id;
        }
        telemetry.SettlementFinished(Stopwatch.GetElapsedTime(started), polled, settled);
        return settled;
    }

    private async Task<List<SwapAttempt>> ReadAsync(long after, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Attempts.AsNoTracking().Where(a => !a.IsFinal && a.Id > after).OrderBy(a => a.Id).Take(options.Value.SettleBatchMax).ToListAsync(token);
    }

    private async Task<int> SettleAsync(List<SwapAttempt> batch, CancellationToken token)
    {
        var statuses = await router.StatusAsync(batch.ConvertAll(a => a.TxId), token);
        var news = batch.FindAll(a => IsNews(a, statuses[a.TxId]));
        if (news.Count > 0) await Isolation.RunAsync(news, some => ApplyAsync(some, statuses, token), fault => telemetry.WorkerFailed("settlement", fault), token);
        var now = time.GetUtcNow();
        var lost = batch.FindAll(a => a.Status.IsLive() && statuses[a.TxId] is TransactionStatus.Unknown && a.LastSentAt + options.Value.ResendAfter < now);
        if (lost.Count > 0) await SendAgainAsync(lost, token);
        return news.Count;
    }

    private static bool IsNews(SwapAttempt attempt, TransactionStatus status) => (attempt.Status, status) switch
    {
        (AttemptStatus.Prepared, TransactionStatus.Pending) => true,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Unknown or TransactionStatus.Pending) => false,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Aborted abort) => abort.IsFinal,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Succeeded success) => success.IsFinal || attempt.Kind == AttemptKind.Swap,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Replaced) => true,
        (AttemptStatus.Confirmed, TransactionStatus.Succeeded success) => success.IsFinal,
        (AttemptStatus.Confirmed, _) => true,
        _ => false,
    };

    private async Task ApplyAsync(IReadOnlyList<SwapAttempt> news, IReadOnlyDictionary<string, TransactionStatus> statuses, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Settle);
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(news.Select(a => a.OrderId), token);
        var ids = news.Select(a => a.Id).ToArray();
        var attempts = await db.Attempts.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(token);
        foreach (var attempt in attempts)
        {
            var (order, status) = (orders[attempt.OrderId], statuses[attempt.TxId]);
            if (status is TransactionStatus.Pending && attempt.Status.IsLive()) Settlement.Sent(order, attempt, now);
            else Settlement.Apply(order, attempt, status, now + options.Value.RetryAfter, now);
        }
        await db.SaveWithNewsAsync(token);
        await transaction.CommitAsync(token);
        foreach (var attempt in attempts) if (!attempt.Status.IsLive()) telemetry.AttemptSettled(Words.Of(attempt.Kind), Words.Of(attempt.Status), now - attempt.PreparedAt);
    }

    // Counted before they are sent: from the second send on, no refusal is definite. What was settled meanwhile is left alone.
    private async Task SendAgainAsync(List<SwapAttempt> lost, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        foreach (var attempt in lost.Take(ResendsMax))
        {
            var now = time.GetUtcNow();
            var counted = await db.Attempts
                .Where(a => a.Id == attempt.Id && (a.Status == AttemptStatus.Prepared || a.Status == AttemptStatus.Sent))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.SendsCount, a => a.SendsCount + 1).SetProperty(a => a.LastSentAt, now), token);
            if (counted == 0) continue;
            try
            {
                await router.SubmitAsync(attempt.Transaction(), token).WaitAsync(options.Value.SendTimeout, time, token);
            }
            catch (Exception unknown) when (unknown is HttpRequestException or TimeoutException or Npgsql.NpgsqlException)
            {
                telemetry.AttemptSendUnknown(attempt.TxId, unknown);
            }
        }
    }
}
