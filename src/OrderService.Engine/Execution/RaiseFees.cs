using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Accounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Outbids what waits too long: the same call on the same nonce at a higher fee. Only the first of each account's queue, since those behind
/// wait for it and not for a fee.
/// </summary>
internal sealed class RaiseFees(
    IDbContextFactory<OrdersDb> databases, StoredBytes bytes, ISwapRouter router, SendStored send, IOptions<ExecutionOptions> options,
    TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>Raises what is stuck of these.</summary>
    public async Task HandleAsync(IReadOnlyList<OutgoingLook> waiting, CancellationToken token)
    {
        var now = time.GetUtcNow();
        foreach (var queue in waiting.Select(look => look.Transaction).GroupBy(one => one.Solver))
        {
            // Where a fill was given the place of a call, that call will not be mined.
            var first = queue.MinBy(one => (one.Nonce, one is NonceFill ? 0 : 1))!;
            if (first.PreparedAt + options.Value.ReplaceAfter * (first.Raises + 1) > now) continue;
            if (router.Raise(first.Transaction()) is { } higher) await RaiseAsync(first, higher, now, token);
        }
    }

    private async Task RaiseAsync(OutgoingTransaction seen, PreparedTransaction higher, DateTimeOffset now, CancellationToken token)
    {
        string name;
        await using (var db = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            var locked = await LockedTransactions.TakeAsync(db, [seen], token);
            // settled, or raised by another node
            if (locked.All is not [var one] || !one.Status.IsLive() || one.Raises != seen.Raises) return;
            if (Outbid(db, locked, one, higher with { Raw = bytes.Close(higher.Raw, higher.TxId) }, now) is not { } outbid) return;
            // Known already where these bytes were outbid before, mined all the same, and orphaned.
            if (!await db.Versions.AnyAsync(v => v.TxId == outbid.TxId, token)) db.Versions.Add(outbid);
            name = locked.NameOf(one);
            await db.SaveWithNewsAsync(now, token);
            await transaction.CommitAsync(token);
        }
        telemetry.FeeRaised(higher.TxId, higher.Fee.ToString(), name);
        await send.HandleAsync([higher], token);
    }

    private static OutgoingVersion? Outbid(
        OrdersDb db, LockedTransactions locked, OutgoingTransaction one, PreparedTransaction higher, DateTimeOffset now)
    {
        switch (one)
        {
            case SwapAttempt attempt:
                var order = locked.Orders[attempt.OrderId];
                // It has no more time: the spend of its uuid outbids it.
                return attempt.Kind == AttemptKind.Swap && order.Find(attempt.SliceNumber).IsPast(now)
                    ? null : Settlement.Raised(order, attempt, higher, now);
            case WithdrawalTransaction transfer:
                var withdrawal = locked.Withdrawals[transfer.WithdrawalId];
                var before = withdrawal.Outbid(transfer, higher, now);
                db.Tell(new WithdrawalOutbid(withdrawal.AccountId, withdrawal.Id, higher.TxId, higher.Fee, before.TxId),
                    withdrawal.Recipient, Actors.System, now);
                return before;
            default:
                db.Tell(new NonceFilled(one.Solver, one.Nonce, higher.TxId, higher.Fee), owner: null, Actors.System, now);
                return one.Raise(higher, now);
        }
    }
}
