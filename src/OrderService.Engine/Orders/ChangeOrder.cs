using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>The frame of every change that an owner asks for: one transaction in which the message is used up, the order is locked, asked, and saved.</summary>
internal sealed class ChangeOrder(IDbContextFactory<OrdersDb> databases, MessageLedger messages, TimeProvider time)
{
    public async Task<Result<T>> HandleAsync<T>(OrderUuid uuid, Caller caller, Func<Order, DateTimeOffset, Result<T>> ask, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.GetUtcNow();
        if (caller.Message is { } message && (await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        var orders = await db.LockOrdersAsync([uuid.Key], token);
        if (!orders.TryGetValue(uuid.Key, out var order) || order.Terms.Uuid != uuid) return new OrderError.NotFound();
        if (order.Terms.Owner != caller.Owner) return new OrderError.Forbidden("wrong_wallet", "The order belongs to another wallet");
        order.ActedOnBy(caller.Actor);
        var answer = ask(order, time.GetUtcNow());
        // A refusal changes nothing of the order, but the message was used all the same.
        await db.SaveWithNewsAsync(token);
        await transaction.CommitAsync(token);
        return answer;
    }
}
