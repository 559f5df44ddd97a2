using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// Keeps the nonces of the accounts that have calls under way in step with the chain. A nonce that holds up others and has a place with
/// their payer is filled there like any gap of that payer's. One that has none, because somebody else used the payer's nonce, or the
/// account's in a block that is gone, is filled in the place of the first call that waits behind it, and so on with what is then missing:
/// none of those calls can be mined any more, and each is tried again.
/// </summary>
internal sealed class KeepAccountNonces(
    IDbContextFactory<OrdersDb> databases, NpgsqlDataSource source, LookAtAccount look, ISwapRouter router, IManagedSigner signer,
    SendStored send, IOptions<ExecutionOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    private readonly Dictionary<StacksAddress, (long Nonce, DateTimeOffset Since)> _missing = [];

    /// <summary>Looks at every account that has calls under way.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        var calling = await AccountNonces.CallingAsync(source, token);
        foreach (var ended in _missing.Keys.Except(calling).ToArray()) _missing.Remove(ended);
        var (inFlight, doubted) = (0, 0);
        foreach (var account in calling)
        {
            try
            {
                if (await KeepAsync(account, token) is { } calls) inFlight += calls.InFlight;
                else doubted++;
            }
            catch (Exception outage) when (Outage.Is(outage))
            {
                // Looked at again: a node that fails one answer holds up nobody but whom it was about.
            }
        }
        telemetry.CallsSeen(calling.Count, inFlight, _missing.Count, doubted);
    }

    // Null where its nonce is doubted.
    private async Task<AccountCalls?> KeepAsync(StacksAddress account, CancellationToken token)
    {
        if ((await look.SeeAsync(account, token)).IsRejected(out _, out var calls)) return null;
        var next = calls.Next;
        if (!calls.WaitsForNext)
        {
            _missing.Remove(account);
            return calls;
        }
        if (!_missing.TryGetValue(account, out var missing) || missing.Nonce != next)
            _missing[account] = missing = (next, time.RealNow());
        if (missing.Since + options.Value.GapFillAfter <= time.RealNow()) await TakePlacesAsync(account, next, token);
        return calls;
    }

    // All of them at once: one that was put aside and sent again behind the others would leave its nonce missing before those.
    private async Task TakePlacesAsync(StacksAddress account, long nonce, CancellationToken token)
    {
        if ((await signer.OfAsync(account, token)).IsRejected(out _, out var own)) return;
        var noop = new RouterCall.Noop { Origin = new CallOrigin(own, checked((ulong)nonce)) };
        var fee = await router.FeeAsync(noop, token);
        var now = time.GetUtcNow();
        var fills = new List<PreparedTransaction>();
        await using (var db = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            var caller = new AccountLock([account], options.Value.CallsInFlightMax);
            await caller.TakeAsync(db.TransactionConnection(), token);
            // somebody was quicker
            if (caller.CallsOf(account) is not { } calls || calls.Next != nonce || calls.Behind(nonce) is not { Count: > 0 } behind) return;
            foreach (var payer in behind.Select(place => place.Payer!).Distinct().Order(StringComparer.Ordinal))
                await NonceLedger.LockAsync(db, StacksAddress.Parse(payer, null), token);
            if (await HasPlaceAsync(db, new CallTurn(account, nonce, calls), token)) return; // whoever keeps the payer's nonces fills it
            for (var i = 0; i < behind.Count; i++)
            {
                var waiting = new PreparedTransaction("", [], StacksAddress.Parse(behind[i].Payer!, null),
                    checked((ulong)behind[i].PayerNonce), await PaidAsync(db, behind[i], token));
                fills.Add(router.Outbid(waiting, noop with { Origin = new CallOrigin(own, checked((ulong)(nonce + i))) }, fee));
                await NonceFills.AddAsync(db, fills[i], now, token);
            }
            await transaction.CommitAsync(token);
        }
        for (var i = 0; i < fills.Count; i++) telemetry.NonceFilled(account.ToString(), checked((ulong)(nonce + i)));
        await send.HandleAsync(fills, token);
    }

    private static async Task<bool> HasPlaceAsync(OrdersDb db, CallTurn turn, CancellationToken token)
    {
        var free = await db.Database.SqlQuery<FreeNonce>(
            $"""
            SELECT solver AS "Address", nonce AS "Nonce", origin AS "Origin", origin_nonce AS "OriginNonce", true AS "IsNeeded"
            FROM free_nonces WHERE origin = {turn.Account.ToString()} AND origin_nonce = {turn.Nonce}
            """).ToListAsync(token);
        return free.Exists(place => turn.Fits(place.Address, place.Nonce));
    }

    // The highest fee that any version in that place offers.
    private static async Task<TokenAmount> PaidAsync(OrdersDb db, CallPlace place, CancellationToken token)
    {
        var fees = await db.Database.SqlQuery<System.Numerics.BigInteger>(
            $"""SELECT max(fee) AS "Value" FROM account_calls WHERE solver = {place.Payer} AND nonce = {place.PayerNonce} AND NOT is_mined""").ToListAsync(token);
        return new TokenAmount((UInt128)fees.Single());
    }
}
