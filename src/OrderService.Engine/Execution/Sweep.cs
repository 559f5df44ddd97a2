using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// One look at everything that waits, against the clock and the prices of this moment. Level-triggered: "moved" is never a condition, so
/// nothing is missed that was created, resumed or given back inside its box.
/// </summary>
internal sealed class Sweep(
    SweepSource source, IDbContextFactory<OrdersDb> databases, PriceBoard board, QuoteSweep quotes, TimeProvider time,
    IOptions<ExecutionOptions> options, ClaimSignal signal, NextWake next, EngineTelemetry telemetry) : IDisposable
{
    private static readonly TimeSpan ReviveEvery = TimeSpan.FromSeconds(5);

    private readonly List<PricePair> _pairs = [];
    private DateTimeOffset _revivedAt;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Sweeps until nothing is due any more; returns how many slices were claimed.</summary>
    public Task<int> TickAsync(CancellationToken token) => OnceAsync(SweepAsync, token);

    /// <summary>Claims only what the prices of this moment crossed, between two ticks; asks the venue nothing.</summary>
    public Task<int> CrossAsync(CancellationToken token) => OnceAsync(CrossAsync, token);

    /// <summary>
    /// Claims only what waited for a moment that has come, between two ticks; of an order that watches a price, the price of this moment
    /// decides.
    /// </summary>
    public Task<int> WakeAsync(CancellationToken token) => OnceAsync(WakeOnlyAsync, token);

    public void Dispose() => _one.Dispose();

    private async Task<int> OnceAsync(Func<NpgsqlConnection, CancellationToken, Task<int>> sweep, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            using var activity = EngineActivities.Start("sweep");
            var started = Stopwatch.GetTimestamp();
            await using var connection = await source.OpenAsync(token);
            var claimed = await sweep(connection, token);
            telemetry.SweepFinished(Stopwatch.GetElapsedTime(started), claimed);
            return claimed;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<int> CrossAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var (look, ticks) = await LookAsync(connection, token);
        return await SweepCrossedAsync(connection, look, ticks, token);
    }

    private async Task<int> WakeOnlyAsync(NpgsqlConnection connection, CancellationToken token)
    {
        next.Forget();
        var woken = await WakeAsync(connection, token);
        if (woken.Count == woken.Claimed) return woken.Claimed;
        var (look, ticks) = await LookAsync(connection, token); // what was parked waits for a price from here on
        return woken.Claimed + await SweepCrossedAsync(connection, look, ticks, token);
    }

    private async Task<int> SweepAsync(NpgsqlConnection connection, CancellationToken token)
    {
        if (time.RealNow() - _revivedAt >= ReviveEvery)
        {
            await PairDirectory.ReviveAsync(connection, time.RealNow(), token);
            _revivedAt = time.RealNow();
        }
        var (look, ticks) = await LookAsync(connection, token);
        if (!look.IsDue) next.See(look.NextWake);
        if (look.IsOverdue) await CloseOverdueAsync(connection, token);
        // A claim that timed out is given back as due now.
        var total = look.IsDue || look.IsOverdue ? (await WakeAsync(connection, token)).Claimed : 0;
        _pairs.RemoveAll(pair => look.GonePairs.Contains(pair.Id));
        _pairs.AddRange(look.NewPairs);
        // What was parked waits for a price from here on, and a new pair was not looked at yet. Looked at even where this node parked
        // nothing: a row that another node parked while this one was after it stays locked by this one until its statement ends, and the
        // other node skips it there.
        if (look.IsDue || look.IsOverdue || look.NewPairs.Count > 0) (look, ticks) = await LookAsync(connection, token);
        total += await SweepCrossedAsync(connection, look, ticks, token);
        var asked = await quotes.LookAsync(connection, token);
        total += Claimed(asked.Claimed);
        if (asked.Count == asked.Claimed) return total;
        (look, ticks) = await LookAsync(connection, token); // the others have a price range, which must hold again
        return total + await SweepCrossedAsync(connection, look, ticks, token);
    }

    private async Task<int> SweepCrossedAsync(
        NpgsqlConnection connection, BookLook look, Dictionary<int, PairTick> ticks, CancellationToken token)
    {
        var total = 0;
        foreach (var crossing in look.Crossings)
        {
            if (crossing.Rising) total += await SweepSideAsync(connection, WaitSide.Rise, ticks[crossing.PairId], token);
            if (crossing.Falling) total += await SweepSideAsync(connection, WaitSide.Fall, ticks[crossing.PairId], token);
        }
        foreach (var trail in look.Trails) total += await FollowAsync(trail, ticks[trail.PairId], connection, token);
        return total;
    }

    private async Task<int> FollowAsync(TrailLook look, PairTick tick, NpgsqlConnection connection, CancellationToken token) =>
        (await ToTheEndAsync((rowsMax, now) => TrailBook.FollowAsync(connection, look, tick, rowsMax, now, token))).Claimed;

    private async Task<(BookLook Look, Dictionary<int, PairTick> Ticks)> LookAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var ticks = new Dictionary<int, PairTick>(_pairs.Count);
        foreach (var pair in _pairs)
        {
            // A price that is stale or failed the gate fires nothing.
            if (board.TryRatio(pair.Watched, pair.Base, now, out var ratio, out var evidence))
                ticks[pair.Id] = new PairTick(pair.Id, ratio, evidence);
        }
        return (await BookLook.ReadAsync(connection, [.. ticks.Values], [.. _pairs.Select(p => p.Id)], now, time.RealNow(), token), ticks);
    }

    private async Task<MovedRows> WakeAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var moved = await ToTheEndAsync((rowsMax, now) => Book.WakeAsync(connection, rowsMax, now, token));
        next.See(moved.NextWake);
        return moved;
    }

    private async Task<int> SweepSideAsync(NpgsqlConnection connection, WaitSide side, PairTick tick, CancellationToken token) =>
        (await ToTheEndAsync((rowsMax, now) => Book.ClaimCrossedAsync(connection, side, tick, rowsMax, now, token))).Claimed;

    // Each pass either claims a row or parks it on a bound that does not hold, so it ends; the last pass finds none.
    private async Task<MovedRows> ToTheEndAsync(Func<int, DateTimeOffset, Task<MovedRows>> move)
    {
        var (count, claimed) = (0, 0);
        while (true)
        {
            var moved = await move(options.Value.SweepBatchMax, time.GetUtcNow());
            (count, claimed) = (count + moved.Count, claimed + Claimed(moved.Claimed));
            if (moved.Count < options.Value.SweepBatchMax) return moved with { Count = count, Claimed = claimed };
        }
    }

    private int Claimed(int count)
    {
        if (count == 0) return 0;
        telemetry.SlicesTriggered(count);
        signal.Set();
        return count;
    }

    // Windows that closed and claims that timed out change their orders too, so these go through the orders' own locks.
    private async Task CloseOverdueAsync(NpgsqlConnection connection, CancellationToken token)
    {
        while (true)
        {
            var ids = await Book.OverdueAsync(connection, options.Value.SweepBatchMax, time.GetUtcNow(), time.RealNow(), token);
            if (ids.Count == 0) return;
            var closed = 0;
            await Isolation.RunAsync(ids, async batch => closed += await CloseAsync(batch, token),
                fault => telemetry.WorkerFailed(WorkerNames.Sweep, fault), token);
            if (ids.Count < options.Value.SweepBatchMax || closed == 0) return;
        }
    }

    // What another node is at is closed by that one: to wait for it would only make both slower.
    private async Task<int> CloseAsync(IReadOnlyList<Guid> ids, CancellationToken token)
    {
        var (now, realNow) = (time.GetUtcNow(), time.RealNow());
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var (timedOut, expired) = (0, 0);
        var orders = (await db.LockFreeOrdersAsync(ids, token)).Values;
        foreach (var order in orders)
        {
            timedOut += order.Slices.Count(slice => order.TimeOutClaim(slice.Number, now, realNow));
            order.Expire(now);
            expired += order.Slices.Count(slice => slice.Status == SliceStatus.Expired && slice.EndedAt == now);
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        if (timedOut > 0) telemetry.ClaimsTimedOut(timedOut);
        if (expired > 0) telemetry.SlicesExpired(expired);
        return orders.Count;
    }
}
