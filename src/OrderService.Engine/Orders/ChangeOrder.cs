using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>
/// The frame of every change that an owner asks for: one transaction in which the message is used up, the orders are locked, asked, and
/// saved.
/// </summary>
internal sealed class ChangeOrder(IDbContextFactory<OrdersDb> databases, EndedOrders ended, MessageLedger messages, TimeProvider time)
{
    /// <summary>The refusal of a caller whose order it is not.</summary>
    public static OrderError.Forbidden OtherWallet { get; } = new("wrong_wallet", "The order belongs to another wallet");

    /// <summary>Asks one order.</summary>
    public async Task<Result<T>> HandleAsync<T>(
        OrderUuid uuid, Caller caller, Func<Order, DateTimeOffset, Result<T>> ask, CancellationToken token) =>
            (await HandleAsync([uuid], caller, ask, token)).IsRejected(out var why, out var answers) ? why : answers[0];

    /// <summary>
    /// Asks several, each for itself: one that refuses changes nothing of the others. The answers are in the order of the uuids.
    /// </summary>
    public Task<Result<Result<T>[]>> HandleAsync<T>(
        IReadOnlyList<OrderUuid> uuids, Caller caller, Func<Order, DateTimeOffset, Result<T>> ask, CancellationToken token) =>
            RunAsync([.. uuids.Select(uuid => uuid.Key)], caller, (order, at) => order.Terms.Uuid == uuids[at], ask, token);

    /// <summary>The same of orders that a list has found; with none the message alone is used up.</summary>
    public Task<Result<Result<T>[]>> HandleAsync<T>(
        IReadOnlyList<Guid> ids, Caller caller, Func<Order, DateTimeOffset, Result<T>> ask, CancellationToken token) =>
            RunAsync(ids, caller, (_, _) => true, ask, token);

    private async Task<Result<Result<T>[]>> RunAsync<T>(
        IReadOnlyList<Guid> ids, Caller caller, Func<Order, int, bool> isMeant, Func<Order, DateTimeOffset, Result<T>> ask,
        CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if (caller.Message is { } message && (await messages.RecordAsync(db, message, time.GetUtcNow(), token)).IsRejected(out var used))
            return used;
        var orders = await db.LockOrdersAsync(ids, token);
        // What has left has ended for good: it answers as it would have, and nothing of it is saved.
        foreach (var (id, left) in await ended.ReadAsync(db, [.. ids.Where(id => !orders.ContainsKey(id))], token)) orders[id] = left;
        var (answers, isAsked, now) = (new Result<T>[ids.Count], false, time.GetUtcNow());
        for (var at = 0; at < answers.Length; at++)
        {
            if (Own(orders.GetValueOrDefault(ids[at]), at).IsRejected(out var why, out var order))
            {
                answers[at] = !orders.ContainsKey(ids[at]) && await ended.EndAsync(ids[at], token) is { } end && end.Owner == caller.Owner
                    ? end.Refusal : why;
                continue;
            }
            order.ActedOnBy(caller.Actor);
            (answers[at], isAsked) = (ask(order, now), true);
        }
        if (!isAsked && ids.Count > 0) return answers;
        // A refusal changes nothing of the order, but the message was used all the same.
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        return answers;

        Result<Order> Own(Order? order, int at)
        {
            if (order is null || !isMeant(order, at)) return new OrderError.NotFound();
            return order.Terms.Owner == caller.Owner ? order : OtherWallet;
        }
    }
}
