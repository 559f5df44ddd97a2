using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Outbids what waits too long: the same call on the same nonce at a higher fee. Only the first of each account's queue, since those behind wait for it and not for a fee.</summary>
internal sealed class RaiseFees(IDbContextFactory<OrdersDb> databases, StoredBytes bytes, ISwapRouter router, SendStored send, IOptions<ExecutionOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>Raises what is stuck of these.</summary>
    public async Task HandleAsync(IReadOnlyList<AttemptLook> waiting, CancellationToken token)
    {
        var now = time.GetUtcNow();
        foreach (var queue in waiting.GroupBy(look => look.Attempt.Solver))
        {
            var first = queue.MinBy(look => look.Attempt.Nonce)!.Attempt;
            if (first.PreparedAt + options.Value.ReplaceAfter * (first.Raises + 1) > now) continue;
            if (router.Raise(first.Transaction()) is { } higher) await RaiseAsync(first, higher, now, token);
        }
    }

    private async Task RaiseAsync(SwapAttempt seen, PreparedTransaction higher, DateTimeOffset now, CancellationToken token)
    {
        string uuid;
        await using (var db = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            var order = (await db.LockOrdersAsync([seen.OrderId], token))[seen.OrderId];
            uuid = order.Terms.Uuid.ToString();
            var attempt = await db.Attempts.SingleAsync(a => a.Id == seen.Id, token);
            if (!attempt.Status.IsLive() || attempt.Raises != seen.Raises) return; // settled, or raised by another node
            if (attempt.Kind == AttemptKind.Swap && order.Find(attempt.SliceNumber).IsPast(now)) return; // it has no more time: the spend of its uuid outbids it
            var outbid = Settlement.Raised(order, attempt, higher with { Raw = bytes.Close(higher.Raw, higher.TxId) }, now);
            // Known already where these bytes were outbid before, mined all the same, and orphaned.
            if (!await db.Versions.AnyAsync(v => v.TxId == outbid.TxId, token)) db.Versions.Add(outbid);
            await db.SaveWithNewsAsync(now, token);
            await transaction.CommitAsync(token);
        }
        telemetry.FeeRaised(higher.TxId, higher.Fee.ToString(), uuid);
        await send.HandleAsync([higher], token);
    }
}
