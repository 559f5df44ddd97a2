using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>Keeps the nonces of the accounts that call, and of those that pay, in step with the chain, and closes gaps: a nonce that nobody uses holds up every transaction behind it.</summary>
internal sealed class NonceWorker(IDbContextFactory<OrdersDb> databases, ISwapRouter router, IManagedSigner signer, KeepAccountNonces accounts, SendStored send, PayerWatch watch, IOptions<ExecutionOptions> options, WorkerContext context) : PeriodicWorker(WorkerNames.Nonces, context)
{
    /// <summary>Looks at every account once; returns how many transactions were sent to fill gaps.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        await accounts.TickAsync(token);
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
            foreach (var gap in await NonceLedger.TakeGapsAsync(db, solver, chainNext, router.InFlightMax, now - options.Value.GapFillAfter, token)) await FillAsync(db, solver, gap, now, token);
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

    // A place that calls wait behind is filled on both nonces, or not yet where the account's key cannot be had now.
    private async Task FillAsync(OrdersDb db, StacksAddress solver, FreeNonce gap, DateTimeOffset now, CancellationToken token)
    {
        CallOrigin? call = null;
        if (gap.IsNeeded)
        {
            var account = StacksAddress.Parse(gap.Origin!, null);
            if ((await signer.OfAsync(account, token)).IsRejected(out _, out var own))
            {
                await db.Database.ExecuteSqlAsync($"INSERT INTO free_nonces (solver, nonce, freed_at, origin, origin_nonce) VALUES ({gap.Address}, {gap.Nonce}, {now}, {gap.Origin}, {gap.OriginNonce})", token);
                return;
            }
            call = new CallOrigin(own, checked((ulong)gap.OriginNonce!.Value));
        }
        await NonceFills.AddAsync(db, router.Fill(solver, checked((ulong)gap.Nonce), call), now, token);
        Telemetry.NonceFilled(call?.Signer.Account.ToString() ?? gap.Address, call?.Nonce ?? checked((ulong)gap.Nonce));
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
