using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>Keeps the nonces of the accounts that pay in step with the chain, and closes gaps: a nonce that nobody uses holds up every transaction behind it.</summary>
internal sealed class NonceWorker(IDbContextFactory<OrdersDb> databases, ISwapRouter router, SendStored send, PayerWatch watch, IOptions<ExecutionOptions> options, WorkerContext context) : PeriodicWorker(WorkerNames.Nonces, context)
{
    /// <summary>Looks at every account once; returns how many transactions were sent to fill gaps.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var sent = 0;
        foreach (var solver in router.Solvers) sent += await KeepAsync(solver, token);
        await watch.TickAsync(token);
        return sent;
    }

    protected override TimeSpan Pause => options.Value.NonceInterval;

    protected override bool NeedsTime => true;

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);

    private async Task<int> KeepAsync(StacksAddress solver, CancellationToken token)
    {
        var chainNext = await router.NextNonceAsync(solver, token);
        var now = Time.GetUtcNow();
        if (!await IsPlausibleAsync(solver, chainNext, now, token)) return 0;
        await using (var db = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            await NonceLedger.LockAsync(db, solver, token);
            await NonceLedger.ReconcileAsync(db, solver, chainNext, now, token);
            if (await DoubtedNonces.ClearAsync(db, solver, token)) Telemetry.NonceBelieved(solver.ToString(), chainNext);
            foreach (var nonce in await NonceLedger.TakeGapsAsync(db, solver, chainNext, router.InFlightMax, now - options.Value.GapFillAfter, token))
            {
                var fill = router.Fill(solver, nonce);
                await NonceFills.AddAsync(db, fill, now, token);
                Telemetry.NonceFilled(solver.ToString(), nonce);
            }
            // No attempt can be mined before it, so it is outbid like any that waits too long.
            if (await NonceFills.FindStuckAsync(db, solver, chainNext, now - options.Value.ReplaceAfter, token) is { } stuck && router.Raise(stuck) is { } higher)
            {
                await NonceFills.AddAsync(db, higher, now, token);
                Telemetry.FeeRaised(higher.TxId, higher.Fee.ToString(), $"nonce {stuck.Nonce} of {solver}");
            }
            await transaction.CommitAsync(token);
        }
        // What the chain has passed is done; a reorg that goes back behind it makes it due again.
        var due = await DueAsync(solver, chainNext, now, token);
        await send.HandleAsync(due, token);
        return due.Count;
    }

    // What is above all that was signed here was used by somebody else with the account's key, who can be shown; or it is not so, and a ledger that followed it would never come back.
    private async Task<bool> IsPlausibleAsync(StacksAddress solver, ulong chainNext, DateTimeOffset now, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var next = await DoubtedNonces.NextAsync(db, solver, token) ?? 0;
        if (chainNext <= (ulong)next || (chainNext <= long.MaxValue && await router.IsNonceShownAsync(solver, chainNext - 1, token))) return true;
        if (await DoubtedNonces.DoubtAsync(db, solver, chainNext, now, token)) Telemetry.NonceDoubted(solver.ToString(), next, chainNext);
        return false;
    }

    private async Task<List<PreparedTransaction>> DueAsync(StacksAddress solver, ulong chainNext, DateTimeOffset now, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await NonceFills.TakeDueAsync(db, solver, chainNext, now - options.Value.ResendAfter, now, token);
    }
}
