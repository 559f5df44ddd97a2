using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using OrderService.Execution;
using OrderService.Stacks.Addresses;

namespace OrderService.Persistence;

/// <summary>One nonce of one account.</summary>
internal readonly record struct AccountNonce(StacksAddress Solver, ulong Nonce);

/// <summary>Nonces that were chosen under locks, and what has to be written in the same transaction so that they are taken.</summary>
internal sealed record TakenNonces(IReadOnlyList<AccountNonce> Nonces, IReadOnlyList<NpgsqlBatchCommand> Writes);

/// <summary>The nonces of the accounts that pay. Taking happens under a lock on the account's row, so no nonce is given twice.</summary>
internal static class NonceLedger
{
    /// <summary>What is in flight, a row (solver, nonce) each. Versions of one transaction are one.</summary>
    public const string InFlightRows =
        """
        SELECT solver, nonce FROM attempts WHERE status IN ('prepared', 'sent')
        UNION SELECT t.solver, t.nonce FROM withdrawal_transactions t JOIN withdrawals w ON w.id = t.withdrawal_id WHERE t.is_live AND w.status = 'sent'
        """;

    /// <summary>Makes an account known, starting at the chain's own next nonce. What is known already is not touched.</summary>
    public static Task RegisterAsync(OrdersDb db, StacksAddress solver, ulong nextNonce, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO solvers (address, next_nonce) VALUES ({solver.ToString()}, {checked((long)nextNonce)}) ON CONFLICT DO NOTHING", token);

    /// <summary>Locks the account's row until the end of the caller's transaction, so that nobody takes from it meanwhile.</summary>
    public static Task LockAsync(OrdersDb db, StacksAddress solver, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM solvers WHERE address = {solver.ToString()} FOR NO KEY UPDATE", token);

    /// <summary>
    /// Takes a nonce inside the caller's transaction; none where the accounts have no room. First one that was given back, since everything behind such a gap waits for it,
    /// then the next one of the account with the least in flight.
    /// </summary>
    public static async Task<AccountNonce?> TakeAsync(OrdersDb db, IReadOnlyList<StacksAddress> solvers, int turn, int inFlightMax, CancellationToken token)
    {
        var connection = db.TransactionConnection();
        var taken = await ChooseAsync(connection, solvers, turn, inFlightMax, null, 1, token);
        if (taken.Nonces.Count == 0) return null;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var write in taken.Writes) batch.BatchCommands.Add(write);
        await batch.ExecuteNonQueryAsync(token);
        return taken.Nonces[0];
    }

    /// <summary>
    /// Begins a transaction on the connection, locks the claims and then the accounts, and chooses as many nonces, in the same way, as claims hold: fewer where the accounts
    /// have no room. The caller writes what was chosen.
    /// </summary>
    public static Task<TakenNonces> BeginAsync(NpgsqlConnection connection, ClaimLock claims, IReadOnlyList<StacksAddress> solvers, int turn, int inFlightMax, CancellationToken token) =>
        ChooseAsync(connection, solvers, turn, inFlightMax, claims, 0, token);

    private static async Task<TakenNonces> ChooseAsync(NpgsqlConnection connection, IReadOnlyList<StacksAddress> solvers, int turn, int inFlightMax, ClaimLock? claims, int count, CancellationToken token)
    {
        var addresses = solvers.Select(s => s.ToString()).ToArray();
        var counts = inFlightMax < int.MaxValue;
        // An account that another executor is taking from is left to it, unless it is the same with all of them.
        var (accounts, free) = await LockAsync(connection, addresses, "FOR NO KEY UPDATE SKIP LOCKED", counts, claims, token);
        count = claims?.Held.Count ?? count;
        if (count > 0 && accounts.Count == 0) (accounts, free) = await LockAsync(connection, addresses, "FOR NO KEY UPDATE", counts, null, token);
        if (accounts.Count == 0) return new TakenNonces([], []);

        var taken = free.OrderBy(f => f.Nonce).Take(count).ToList();
        var queues = accounts.Select((account, i) => new Queue(account, account.InFlight + taken.Count(f => f.Address == account.Address), (i + turn) % accounts.Count)).ToList();
        var next = new List<(string Address, long Nonce)>();
        while (taken.Count + next.Count < count && queues.Where(q => q.InFlight < inFlightMax).MinBy(q => (q.InFlight, q.Turn)) is { } least) next.Add((least.Account.Address, least.Take()));
        return new TakenNonces(
            [.. taken.Concat(next).Select(one => new AccountNonce(StacksAddress.Parse(one.Address, null), checked((ulong)one.Nonce)))],
            Writes(taken, queues.FindAll(q => q.Taken > 0)));
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

    // One round trip, a statement each: each sees what the holder of the locks before us committed.
    private static async Task<(List<Account> Accounts, List<(string Address, long Nonce)> Free)> LockAsync(NpgsqlConnection connection, string[] addresses, string how, bool counts, ClaimLock? claims, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (claims is not null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL READ COMMITTED"));
            batch.BatchCommands.Add(claims.Command());
        }
        Add($"SELECT address, next_nonce FROM solvers WHERE address = ANY($1) ORDER BY address {how}");
        Add("SELECT solver, nonce FROM free_nonces WHERE solver = ANY($1)");
        if (counts) Add($"SELECT solver, count(*)::int FROM ({InFlightRows}) AS waiting WHERE solver = ANY($1) GROUP BY solver");
        await using var reader = await batch.ExecuteReaderAsync(token);
        if (claims is not null)
        {
            await claims.ReadAsync(reader, token);
            await reader.NextResultAsync(token);
        }
        var locked = await PairsAsync<long>(reader, token);
        await reader.NextResultAsync(token);
        var free = await PairsAsync<long>(reader, token);
        await reader.NextResultAsync(token);
        var inFlight = (await PairsAsync<int>(reader, token)).ToDictionary(pair => pair.Address, pair => pair.Number);
        return (locked.ConvertAll(pair => new Account(pair.Address, pair.Number, inFlight.GetValueOrDefault(pair.Address))), free.FindAll(f => locked.Exists(l => l.Address == f.Address)));

        void Add(string statement)
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Add(addresses);
            batch.BatchCommands.Add(command);
        }
    }

    private static List<NpgsqlBatchCommand> Writes(List<(string Address, long Nonce)> taken, List<Queue> advanced)
    {
        var writes = new List<NpgsqlBatchCommand>();
        if (taken.Count > 0) Add("DELETE FROM free_nonces f USING unnest($1, $2) AS taken (solver, nonce) WHERE f.solver = taken.solver AND f.nonce = taken.nonce", taken);
        if (advanced.Count > 0) Add("UPDATE solvers s SET next_nonce = ahead.nonce FROM unnest($1, $2) AS ahead (address, nonce) WHERE s.address = ahead.address", advanced.ConvertAll(q => (q.Account.Address, q.Next)));
        return writes;

        void Add(string statement, List<(string Address, long Nonce)> rows)
        {
            var command = new NpgsqlBatchCommand(statement);
            command.AddColumn(NpgsqlDbType.Text, rows, row => row.Address);
            command.AddColumn(NpgsqlDbType.Bigint, rows, row => row.Nonce);
            writes.Add(command);
        }
    }

    private static async Task<List<(string Address, T Number)>> PairsAsync<T>(NpgsqlDataReader reader, CancellationToken token)
    {
        var pairs = new List<(string, T)>();
        while (await reader.ReadAsync(token)) pairs.Add((reader.GetString(0), reader.GetFieldValue<T>(1)));
        return pairs;
    }

    private sealed record Account(string Address, long NextNonce, int InFlight);

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
