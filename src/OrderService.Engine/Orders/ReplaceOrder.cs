using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>An order, and the one that took its place.</summary>
internal sealed record ReplacedOrder(Order Old, Order New);

/// <summary>
/// Cancels an order and stores the one that takes its place, both in one transaction or neither. No swap of the old one follows: where one
/// may still confirm, or it has ended or is ending, neither is done. The same call again finds what it has done.
/// </summary>
internal sealed class ReplaceOrder(
    PlaceOrder place, FindOrder find, EndedOrders ended, IDbContextFactory<OrdersDb> databases, MessageLedger messages, NextWake next,
    EngineTelemetry telemetry, TimeProvider time)
{
    /// <summary>Why an order was cancelled so.</summary>
    public const string Reason = "replaced_by_order";

    /// <summary>The refusal of a leg: the order that took its place would be in no group.</summary>
    public static OrderError.Conflict InGroup { get; } = new("order_in_group",
        "The order is a leg of a group, which another order cannot take the place of: cancel the group and make another");

    public async Task<Result<ReplacedOrder>> HandleAsync(OrderUuid old, NewOrder wanted, Caller caller, CancellationToken token)
    {
        var done = await ReplaceAsync(old, wanted, caller, token);
        telemetry.Answered(done.IsRejected(out var why, out var replaced) ? why : replaced.New, wanted.Dialect);
        return done;
    }

    private async Task<Result<ReplacedOrder>> ReplaceAsync(OrderUuid old, NewOrder wanted, Caller caller, CancellationToken token)
    {
        if (wanted.Terms.Owner != caller.Owner) return ChangeOrder.OtherWallet;
        if ((await place.PrepareAsync(wanted, token)).IsRejected(out var why, out var ready)) return why;
        if (ready.Row is not { } row)
        {
            return await find.HandleAsync(old, token) is { Order: { Reason: Reason } before }
                ? new ReplacedOrder(before, ready.Order) : new OrderError.Exists("uuid");
        }
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.GetUtcNow();
        if (caller.Message is { } message && (await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        if (((await db.LockOrdersAsync([old.Key], token)).GetValueOrDefault(old.Key)
            ?? (await ended.ReadAsync(db, [old.Key], token)).GetValueOrDefault(old.Key)) is not { } order || order.Terms.Uuid != old)
        {
            return await find.AbsentAsync(old, token) is { } gone && gone.Owner == caller.Owner ? gone.Refusal : new OrderError.NotFound();
        }
        if (order.Terms.Owner != caller.Owner) return ChangeOrder.OtherWallet;
        if (order.Terms.GroupId is not null) return InGroup;
        order.ActedOnBy(caller.Actor);
        if (Cancel(order, now) is { } no)
        {
            db.ChangeTracker.Clear(); // nothing of the order changes, but the message was used all the same
            await transaction.CommitAsync(token);
            return await RepeatedAsync(order, row.Order, token) ?? no;
        }
        await db.SaveWithNewsAsync(now, token);
        // somebody stored one a moment ago: all is rolled back
        if ((await OrderInsert.WriteAsync(db.TransactionConnection(), [row], token)).Count == 0) return new OrderError.Exists("uuid");
        await transaction.CommitAsync(token);
        next.See(row.Order);
        return new ReplacedOrder(order, row.Order);
    }

    private static OrderError? Cancel(Order order, DateTimeOffset now)
    {
        if (order.Status == OrderStatus.Cancelling) return new OrderError.NotOpen("cancelling");
        if (order.Cancel(now, reason: Reason).IsRejected(out var why, out var outcome)) return why;
        return outcome is CancelOutcome.InFlight inFlight ? new OrderError.InFlight(inFlight.TxId) : null;
    }

    // What this very call has done before, where it has.
    private async Task<Result<ReplacedOrder>?> RepeatedAsync(Order old, Order wanted, CancellationToken token)
    {
        if (old.Reason != Reason || await find.SameAsync(wanted, token) is not { } known) return null;
        return known.IsRejected(out var other, out var stored) ? other : new ReplacedOrder(old, stored);
    }
}
