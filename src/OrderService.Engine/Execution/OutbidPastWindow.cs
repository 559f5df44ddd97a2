using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Takes the nonces from swaps whose window has closed before they were mined: the spend of their uuid, or a call of the account that does
/// nothing, outbids them, so that either is mined and never both. Whichever the chain takes settles the slice. Nothing of such a swap is
/// sent again.
/// </summary>
internal sealed class OutbidPastWindow(
    IDbContextFactory<OrdersDb> databases, AuthoriseSlice authorise, StoredBytes bytes, ISwapRouter router, SendStored send,
    TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>Outbids what is past its window of these.</summary>
    public async Task HandleAsync(IReadOnlyList<OutgoingLook> waiting, CancellationToken token)
    {
        var swaps = waiting.Select(look => look.Transaction).OfType<SwapAttempt>().Where(attempt => attempt.Kind == AttemptKind.Swap)
            .ToDictionary(attempt => attempt.Id);
        if (swaps.Count == 0) return;
        var sends = new List<PreparedTransaction>();
        foreach (var id in await PastAsync([.. swaps.Keys], token))
        {
            if (await OutbidAsync(swaps[id], token) is { } spend) sends.Add(spend);
        }
        if (sends.Count > 0) await send.HandleAsync(sends, token);
    }

    private async Task<List<long>> PastAsync(long[] attempts, CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Database.SqlQuery<long>(
            $"""
            SELECT a.id AS "Value" FROM attempts a JOIN slices s ON s.order_id = a.order_id AND s.number = a.slice_number
            WHERE a.id = ANY({attempts}) AND a.kind = 'swap' AND a.status IN ('prepared', 'sent') AND s.not_after < {now} ORDER BY a.id
            """).ToListAsync(token);
    }

    private async Task<PreparedTransaction?> OutbidAsync(SwapAttempt seen, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var order = await db.Orders.AsNoTracking().Include(o => o.Slices.Where(s => s.Number == seen.SliceNumber))
            .SingleAsync(o => o.Id == seen.OrderId, token);
        if (await SpendAsync(new SliceOfOrder(order, seen.SliceNumber), seen, token) is not { } spend) return null;
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var locked = (await db.LockOrdersAsync([seen.OrderId], token))[seen.OrderId];
        var attempt = await db.Attempts.SingleAsync(a => a.Id == seen.Id, token);
        var now = time.GetUtcNow();
        if (!attempt.Status.IsLive() || attempt.Kind != AttemptKind.Swap || attempt.Raises != seen.Raises
            || !locked.Find(seen.SliceNumber).IsPast(now))
        {
            return null;
        }
        await db.Database.ExecuteSqlAsync($"UPDATE outgoing_versions SET kind = 'swap' WHERE transaction_id = {seen.Id} AND kind IS NULL",
            token);
        var outbid = Settlement.OutbidBySpend(locked, attempt, spend with { Raw = bytes.Close(spend.Raw, spend.TxId) }, now);
        // known already where it was mined before, and orphaned
        if (!await db.Versions.AnyAsync(v => v.TxId == outbid.TxId, token)) db.Versions.Add(outbid);
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        telemetry.FeeRaised(spend.TxId, spend.Fee.ToString(), locked.Terms.Uuid.ToString());
        return spend;
    }

    // Without an intent its uuid cannot be spent, and without the venue nothing is signed: the next look tries again.
    private async Task<PreparedTransaction?> SpendAsync(SliceOfOrder of, SwapAttempt seen, CancellationToken token)
    {
        try
        {
            if ((await authorise.HandleAsync(of.Header, of.Slice, token)).IsRejected(out _, out SliceAuthority? by)) return null;
            var call = by.Spend();
            return router.Outbid(seen.Transaction(), call, await router.FeeAsync(call, token));
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return null;
        }
    }
}
