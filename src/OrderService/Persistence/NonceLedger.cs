using Microsoft.EntityFrameworkCore;
using OrderService.Stacks.Addresses;

namespace OrderService.Persistence;

/// <summary>One nonce of one account.</summary>
internal readonly record struct AccountNonce(StacksAddress Solver, ulong Nonce);

/// <summary>The nonces of the accounts that pay. Taking happens under a lock on the account's row, so no nonce is given twice.</summary>
internal static class NonceLedger
{
    /// <summary>Makes an account known, starting at the chain's own next nonce. What is known already is not touched.</summary>
    public static Task RegisterAsync(OrdersDb db, StacksAddress solver, ulong nextNonce, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO solvers (address, next_nonce) VALUES ({solver.ToString()}, {checked((long)nextNonce)}) ON CONFLICT DO NOTHING", token);

    /// <summary>Locks the account's row until the end of the caller's transaction, so that nobody takes from it meanwhile.</summary>
    public static Task LockAsync(OrdersDb db, StacksAddress solver, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM solvers WHERE address = {solver.ToString()} FOR UPDATE", token);

    /// <summary>
    /// Takes nonces inside the caller's transaction, fewer than asked for where the accounts have no room: first those that were given back,
    /// since everything behind such a gap waits for it, then the next ones of the account with the least in flight.
    /// </summary>
    public static async Task<List<AccountNonce>> TakeAsync(OrdersDb db, IReadOnlyList<StacksAddress> solvers, int turn, int count, int inFlightMax, CancellationToken token)
    {
        var addresses = solvers.Select(s => s.ToString()).ToArray();
        var accounts = await LockFreeAsync(db, addresses, token);
        var locked = accounts.Select(a => a.Address).ToArray();
        var free = await db.Database.SqlQuery<GivenBack>(
            $"""
            DELETE FROM free_nonces WHERE (solver, nonce) IN (SELECT solver, nonce FROM free_nonces WHERE solver = ANY({locked}) ORDER BY nonce LIMIT {count})
            RETURNING solver AS "Solver", nonce AS "Nonce"
            """).ToListAsync(token);
        var taken = free.OrderBy(f => f.Nonce).Select(f => Of(f.Solver, f.Nonce)).ToList();
        if (taken.Count == count) return taken;

        var inFlight = inFlightMax == int.MaxValue ? [] : await InFlightAsync(db, locked, token);
        var queues = accounts.Select((account, i) => new Queue(account, inFlight.GetValueOrDefault(account.Address) + free.Count(f => f.Solver == account.Address), (i + turn) % accounts.Count)).ToList();
        while (taken.Count < count && queues.Where(q => q.InFlight < inFlightMax).MinBy(q => (q.InFlight, q.Turn)) is { } least) taken.Add(Of(least.Account.Address, least.Take()));
        foreach (var queue in queues.Where(q => q.Taken > 0))
            await db.Database.ExecuteSqlAsync($"UPDATE solvers SET next_nonce = {queue.Next} WHERE address = {queue.Account.Address}", token);
        return taken;
    }

    /// <summary>How many more transactions the accounts may have in flight.</summary>
    public static async Task<int> RoomAsync(OrdersDb db, IReadOnlyList<StacksAddress> solvers, int inFlightMax, CancellationToken token)
    {
        if (inFlightMax == int.MaxValue) return int.MaxValue;
        var addresses = solvers.Select(s => s.ToString()).ToArray();
        var inFlight = await InFlightAsync(db, addresses, token);
        return addresses.Sum(address => Math.Max(0, inFlightMax - inFlight.GetValueOrDefault(address)));
    }

    /// <summary>Gives back the nonce of bytes that can never be mined.</summary>
    public static Task FreeAsync(OrdersDb db, string solver, long nonce, DateTimeOffset now, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO free_nonces (solver, nonce, freed_at) VALUES ({solver}, {nonce}, {now}) ON CONFLICT DO NOTHING", token);

    /// <summary>
    /// Brings the ledger to what the chain shows, inside the caller's transaction: nonces that others used are passed over, and one that
    /// nothing of ours stands on, which a reorg or an operator's own transaction can leave behind, is free again.
    /// </summary>
    public static async Task ReconcileAsync(OrdersDb db, StacksAddress solver, ulong chainNext, DateTimeOffset now, CancellationToken token)
    {
        var (address, next) = (solver.ToString(), checked((long)chainNext));
        await RegisterAsync(db, solver, chainNext, token);
        await db.Database.ExecuteSqlAsync($"UPDATE solvers SET next_nonce = greatest(next_nonce, {next}) WHERE address = {address}", token);
        await db.Database.ExecuteSqlAsync($"DELETE FROM free_nonces WHERE solver = {address} AND nonce < {next}", token);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO free_nonces (solver, nonce, freed_at)
            SELECT {address}, missing.nonce, {now} FROM (
                SELECT generate_series({next}, (SELECT next_nonce - 1 FROM solvers WHERE address = {address})) AS nonce
                EXCEPT SELECT nonce FROM attempts WHERE solver = {address} AND nonce >= {next} AND status IN ('prepared', 'sent', 'confirmed', 'reverted')
                EXCEPT SELECT nonce FROM withdrawal_transactions WHERE solver = {address} AND nonce >= {next} AND NOT is_rejected
                EXCEPT SELECT nonce FROM nonce_fills WHERE solver = {address}) AS missing
            ON CONFLICT DO NOTHING
            """, token);
    }

    /// <summary>Takes the nonces that have been free for too long while something behind them waits.</summary>
    public static async Task<List<ulong>> TakeGapsAsync(OrdersDb db, StacksAddress solver, DateTimeOffset freedBefore, CancellationToken token)
    {
        var address = solver.ToString();
        var gaps = await db.Database.SqlQuery<long>(
            $"""
            DELETE FROM free_nonces f WHERE solver = {address} AND freed_at <= {freedBefore} AND (
                EXISTS (SELECT 1 FROM attempts a WHERE a.solver = f.solver AND a.nonce > f.nonce AND a.status IN ('prepared', 'sent'))
                OR EXISTS (SELECT 1 FROM withdrawal_transactions w WHERE w.solver = f.solver AND w.nonce > f.nonce AND w.is_live)
                OR EXISTS (SELECT 1 FROM nonce_fills n WHERE n.solver = f.solver AND n.nonce > f.nonce))
            RETURNING nonce AS "Value"
            """).ToListAsync(token);
        return [.. gaps.Order().Select(n => (ulong)n)];
    }

    // An account that another executor is taking from is left to it, unless it is the same with all of them.
    private static async Task<List<Account>> LockFreeAsync(OrdersDb db, string[] addresses, CancellationToken token)
    {
        var accounts = await db.Database.SqlQuery<Account>(
            $"SELECT address AS \"Address\", next_nonce AS \"NextNonce\" FROM solvers WHERE address = ANY({addresses}) ORDER BY address FOR UPDATE SKIP LOCKED").ToListAsync(token);
        return accounts.Count > 0 ? accounts : await db.Database.SqlQuery<Account>(
            $"SELECT address AS \"Address\", next_nonce AS \"NextNonce\" FROM solvers WHERE address = ANY({addresses}) ORDER BY address FOR UPDATE").ToListAsync(token);
    }

    private static Task<Dictionary<string, int>> InFlightAsync(OrdersDb db, string[] addresses, CancellationToken token) =>
        db.Database.SqlQuery<Load>(
            $"""
            SELECT solver AS "Solver", count(*)::int AS "Count" FROM (
                SELECT solver, nonce FROM attempts WHERE status IN ('prepared', 'sent') AND solver = ANY({addresses})
                UNION SELECT t.solver, t.nonce FROM withdrawal_transactions t JOIN withdrawals w ON w.id = t.withdrawal_id WHERE t.is_live AND w.status = 'sent' AND t.solver = ANY({addresses})) AS waiting
            GROUP BY solver
            """)
            .ToDictionaryAsync(l => l.Solver, l => l.Count, token);

    private static AccountNonce Of(string address, long nonce) => new(StacksAddress.Parse(address, null), checked((ulong)nonce));

    private sealed record Account(string Address, long NextNonce);

    private sealed record GivenBack(string Solver, long Nonce);

    private sealed record Load(string Solver, int Count);

    private sealed class Queue(Account account, int inFlight, int turn)
    {
        public Account Account => account;

        public int Turn => turn;

        public int Taken { get; private set; }

        public int InFlight => inFlight + Taken;

        public long Next => account.NextNonce + Taken;

        public long Take()
        {
            var nonce = Next;
            Taken++;
            return nonce;
        }
    }
}
