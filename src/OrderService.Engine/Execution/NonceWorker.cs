using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// Keeps the nonces of the accounts that call, and of those that pay, in step with the chain, and closes gaps: a nonce that nobody uses
/// holds up every transaction behind it.
/// </summary>
internal sealed class NonceWorker(
    IDbContextFactory<OrdersDb> databases, ISwapRouter router, IManagedSigner signer, KeepAccountNonces accounts, SendStored send,
    PayerWatch watch, IOptions<ExecutionOptions> options, WorkerContext context) : PeriodicWorker(WorkerNames.Nonces, context)
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

    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => options.Value.NonceInterval;

    protected override bool NeedsTime => true;

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);

    private async Task<int> KeepAsync(StacksAddress solver, CancellationToken token)
    {
        var chainNext = await router.NextNonceAsync(solver, token);
        var now = Time.GetUtcNow();
        if (!await IsPlausibleAsync(solver, chainNext, now, token)) return 0;
        var fills = new List<PreparedTransaction>();
        await using (var db = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            await NonceLedger.LockAsync(db, solver, token);
            await NonceLedger.ReconcileAsync(db, solver, chainNext, now, token);
            if (await DoubtedNonces.ClearAsync(db, solver, token)) Telemetry.NonceBelieved(solver.ToString(), chainNext);
            foreach (var gap in await NonceLedger.TakeGapsAsync(db, solver, chainNext, router.InFlightMax, now - options.Value.GapFillAfter,
                token))
            {
                if (await FillAsync(db, solver, gap, now, token) is { } fill) fills.Add(fill);
            }
            await transaction.CommitAsync(token);
        }
        await send.HandleAsync(fills, token);
        return fills.Count;
    }

    // A place that calls wait behind is filled on both nonces, or not yet where the account's key cannot be had now.
    private async Task<PreparedTransaction?> FillAsync(
        OrdersDb db, StacksAddress solver, FreeNonce gap, DateTimeOffset now, CancellationToken token)
    {
        CallOrigin? call = null;
        if (gap.IsNeeded)
        {
            var account = StacksAddress.Parse(gap.Origin!, null);
            if ((await signer.OfAsync(account, token)).IsRejected(out _, out var own))
            {
                await db.Database.ExecuteSqlAsync($"INSERT INTO free_nonces (solver, nonce, freed_at, origin, origin_nonce) VALUES ({gap.Address}, {gap.Nonce}, {now}, {gap.Origin}, {gap.OriginNonce})", token);
                return null;
            }
            call = new CallOrigin(own, checked((ulong)gap.OriginNonce!.Value));
        }
        var fill = router.Fill(solver, checked((ulong)gap.Nonce), call);
        await NonceFills.AddAsync(db, fill, now, token);
        Telemetry.NonceFilled(call?.Signer.Account.ToString() ?? gap.Address, call?.Nonce ?? checked((ulong)gap.Nonce));
        return fill;
    }

    // What is above all that was signed here was used by somebody else with the account's key, who can be shown; or it is not so, and a
    // ledger that followed it would never come back.
    private async Task<bool> IsPlausibleAsync(StacksAddress solver, ulong chainNext, DateTimeOffset now, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var next = await DoubtedNonces.NextAsync(db, solver, token) ?? 0;
        if (chainNext <= (ulong)next || (chainNext <= long.MaxValue && await router.IsNonceShownAsync(solver, chainNext - 1, token)))
            return true;
        if (await DoubtedNonces.DoubtAsync(db, solver, chainNext, now, token)) Telemetry.NonceDoubted(solver.ToString(), next, chainNext);
        return false;
    }
}
