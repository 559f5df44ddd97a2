using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using System.Text.Json;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// What no slice waits for, at each beat of the engine: the start of an order, the end of its wait for a condition, the end of a pause.
/// Orders that a condition holds back, or a price outside their limit, are looked at while they last, a bounded number a beat; the next
/// beat goes on with the rest.
/// </summary>
internal sealed class AdvanceCurves(
    NpgsqlDataSource source, IDbContextFactory<OrdersDb> databases, CurveMarket market, CurveLimit limits, CurveExpressions expressions,
    ISwapRouter router, TimeProvider time, EngineTelemetry telemetry)
{
    private const int DueMax = 100;
    private const int PageMax = 1_000;
    private const int LooksMax = 10_000;

    private Guid _after;

    /// <summary>One beat; answers how many orders changed.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var (due, watched) = await CurveBook.LookAsync(source, DueMax, PageMax, _after, time.GetUtcNow(), token);
        if (due.Count == 0) return await WatchAsync(watched, token);
        var total = 0;
        for (; due.Count > 0; due = due.Count < DueMax ? [] : await CurveBook.DueAsync(source, DueMax, time.GetUtcNow(), token))
        {
            await Isolation.RunAsync(due, some => ApplyAsync(some, CurveCourse.Advance, token),
                fault => telemetry.WorkerFailed(WorkerNames.Curves, fault), token);
            total += due.Count;
        }
        return total + await WatchAsync(await WatchedAsync(token), token); // what began now may wait for its condition from here on
    }

    private Task<List<WatchedCurve>> WatchedAsync(CancellationToken token) => CurveBook.WatchedAsync(source, PageMax, _after, token);

    private async Task<int> WatchAsync(List<WatchedCurve> watched, CancellationToken token)
    {
        var total = 0;
        for (var looked = watched.Count; ; looked += watched.Count)
        {
            _after = watched.Count < PageMax ? Guid.Empty : watched[^1].Id;
            var moved = await MovedAsync(watched, token);
            if (moved.Count > 0)
            {
                await Isolation.RunAsync([.. moved.Keys],
                    some => ApplyAsync(some, (order, sight, now) => moved[order.Id](order, sight, now), token),
                    fault => telemetry.WorkerFailed(WorkerNames.Curves, fault), token);
                total += moved.Count;
            }
            if (watched.Count < PageMax || looked >= LooksMax) return total;
            watched = await WatchedAsync(token);
        }
    }

    // Looked at without a lock; whoever moves is asked again under its own.
    private async Task<Dictionary<Guid, Action<Order, CurveSight, DateTimeOffset>>> MovedAsync(
        List<WatchedCurve> watched, CancellationToken token)
    {
        var moved = new Dictionary<Guid, Action<Order, CurveSight, DateTimeOffset>>();
        var believed = expressions.Now();
        foreach (var order in watched)
        {
            if (order.Condition is { } condition && MoveOf(order, condition, believed) is { } move) moved[order.Id] = move;
        }
        var paused = watched.Where(order => order.Condition is null).Select(order => order.Id).ToArray();
        if (paused.Length == 0) return moved;
        foreach (var id in await Isolation.LookAsync(paused, some => ResumingAsync(some, token),
            fault => telemetry.WorkerFailed(WorkerNames.Curves, fault), token))
        {
            moved[id] = (same, sight, now) => CurvePauses.Resume(same, sight, bySystem: true, now);
        }
        return moved;
    }

    private async Task<List<Guid>> ResumingAsync(IReadOnlyList<Guid> paused, CancellationToken token)
    {
        var resuming = new List<Guid>();
        await using var db = await databases.CreateDbContextAsync(token);
        foreach (var order in await db.Orders.AsNoTracking().Include(o => o.Curve).Include(o => o.Slices).Where(o => paused.Contains(o.Id))
            .AsSplitQuery().ToListAsync(token))
        {
            if (await ResumesAsync(order, token)) resuming.Add(order.Id);
        }
        return resuming;
    }

    // It begins, or there is something for the next look to know.
    private Action<Order, CurveSight, DateTimeOffset>? MoveOf(WatchedCurve watched, string condition, BelievedNow believed)
    {
        var look = expressions.Look(watched, condition, believed);
        if (look is { Holds: true })
        {
            return (same, sight, now) =>
                CurveCourse.ConditionMet(same,
                    new OrderFact.ConditionMet { Seen = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(look.Seen) }, sight,
                    now);
        }
        var isUnknown = look?.IsAnyUnknown ?? true;
        return look?.Kept == watched.Kept && isUnknown == watched.IsBlind
            ? null : (same, _, now) => CurveCourse.Looked(same, look?.Kept, isUnknown, now);
    }

    private async Task<bool> ResumesAsync(Order order, CancellationToken token) => order switch
    {
        { Status: OrderStatus.Paused, Curve: { PausedBy: PausedBy.Person, ResumeWhen: { } condition } } =>
            expressions.Look(order, condition, null) is { Holds: true },
        { Status: OrderStatus.Paused, Curve.PausedBy: PausedBy.System } => await IsInsideAsync(order, token),
        _ => false,
    };

    // The believed price knows no fees: only a quote for the next slice tells whether the order would stay resumed. It is asked for only
    // while the price is inside.
    private async Task<bool> IsInsideAsync(Order order, CancellationToken token)
    {
        var (terms, asked) = (order.Terms, order.Curve!.Asked);
        if (limits.Now(order, CurveCourse.Executed(order)).IsRejected(out _, out var limit)) return false;
        if (limit is not { } worst) return true;
        if (market.PriceOf(terms, asked) is not { } price || !worst.Allows(price)) return false;
        if (CurveCourse.NextSize(order, time.GetUtcNow()) is not { } size) return true;
        var amount = asked.IsExactOut ? market.InputFor(terms, asked, size) ?? size : size;
        try
        {
            return !(await router.QuoteAsync(terms.SellToken, terms.BuyToken, amount, token)).IsRejected(out _, out var quote)
                && quote.AmountOut > TokenAmount.Zero && !limits.LeastOut(order, CurveCourse.Executed(order), quote).IsRejected(out _);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return false;
        }
    }

    private async Task ApplyAsync(IReadOnlyList<Guid> ids, Action<Order, CurveSight, DateTimeOffset> move, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.GetUtcNow();
        foreach (var order in (await db.LockOrdersAsync(ids, token)).Values)
        {
            if (order.Curve is not { } curve) continue;
            // Only an order that may begin needs to know what volume is expected.
            move(order,
                curve.ActivatedAt is null
                    ? await market.LookAheadAsync(order.Terms, curve.Asked, token) : market.Look(order.Terms, curve.Asked), now);
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
    }
}
