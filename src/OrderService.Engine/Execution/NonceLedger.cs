using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>The nonces of the accounts that pay. Taking happens under a lock on the account's row, so no nonce is given twice.</summary>
internal static class NonceLedger
{
    // The lowest of what is missing holds up the rest, so more than this is looked at when these are done.
    private const int MissingMax = 10_000;

    private const string Free = "FOR NO KEY UPDATE SKIP LOCKED";
    private const string Waiting = "FOR NO KEY UPDATE";

    private const string GapsStatement =
        """
        DELETE FROM free_nonces f WHERE solver = {0} AND nonce IN (SELECT nonce FROM free_nonces f WHERE solver = {0} AND freed_at <= {1}
            AND EXISTS (SELECT 1 FROM outgoing_transactions t WHERE t.solver = f.solver AND t.nonce > f.nonce AND NOT t.is_final AND t.status IN ('prepared', 'sent'))
            ORDER BY nonce LIMIT greatest(0, {2} - (
                SELECT count(DISTINCT nonce) FROM outgoing_transactions WHERE solver = {0} AND nonce >= {3} AND purpose = 'fill' AND NOT is_final AND status IN ('prepared', 'sent'))))
        RETURNING f.solver AS "Address", f.nonce AS "Nonce", f.origin AS "Origin", f.origin_nonce AS "OriginNonce",
        """ + AccountNonces.IsNeeded + " AS \"IsNeeded\"";

    /// <summary>Makes an account known, starting at the chain's own next nonce. What is known already is not touched.</summary>
    public static Task RegisterAsync(OrdersDb db, StacksAddress solver, ulong nextNonce, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO solvers (address, next_nonce) VALUES ({solver.ToString()}, {checked((long)nextNonce)}) ON CONFLICT DO NOTHING", token);

    /// <summary>Locks the account's row until the end of the caller's transaction, so that nobody takes from it meanwhile.</summary>
    public static Task LockAsync(OrdersDb db, StacksAddress solver, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM solvers WHERE address = {solver.ToString()} FOR NO KEY UPDATE", token);

    /// <summary>
    /// Takes a nonce for a transaction of this fee, inside the caller's transaction; none where no account has room and can pay.
    /// </summary>
    public static async Task<AccountNonce?> TakeAsync(
        OrdersDb db, AccountLock callers, CallTurn? call, IReadOnlyList<Payer> payers, TokenAmount fee, int turn, int inFlightMax,
        CancellationToken token)
    {
        var connection = db.TransactionConnection();
        var queues = await LockAsync(connection, payers, callers, FeeLock.None, turn, inFlightMax, null, token);
        if (await PlaceAsync(connection, queues, fee, null, call, token) is not { } taken) return null;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var write in queues.Writes()) batch.BatchCommands.Add(write);
        await batch.ExecuteNonQueryAsync(token);
        return taken;
    }

    /// <summary>
    /// Begins a transaction on the connection, asks whether sends are paused and locks, in one round trip, the claims, then the slots of
    /// their groups, then the holds, then the nonces of accounts that call themselves, then the owners' fee budgets, then one of the
    /// accounts that pay. The caller takes places and writes what it took.
    /// </summary>
    public static Task<PayerQueues> BeginAsync(
        NpgsqlConnection connection, PauseLock pause, ClaimLock claims, GroupLock groups, HoldLock holds, AccountLock accounts,
        FeeLock fees, IReadOnlyList<Payer> payers, int turn, int inFlightMax, CancellationToken token) =>
        LockAsync(connection, payers, accounts, fees, turn, inFlightMax, (pause, claims, groups, holds), token);

    /// <summary>
    /// Takes a place in what is locked. Where there is none, the other accounts are locked too: those that nobody else takes from, or where
    /// somebody takes from each, one that is waited for.
    /// </summary>
    public static async Task<AccountNonce?> PlaceAsync(
        NpgsqlConnection connection, PayerQueues queues, TokenAmount fee, FeeCharge? charge, CallTurn? call, CancellationToken token)
    {
        if (queues.Take(fee, charge, call) is { } taken) return taken;
        if (queues.IsWhole) return null;
        queues.Widen(await AskAsync(connection, queues.Of, AccountLock.None, Free, int.MaxValue, null, token));
        if (queues.IsEmpty) queues.Widen(await AskAsync(connection, queues.Of, AccountLock.None, Waiting, 1, null, token));
        return queues.Take(fee, charge, call);
    }

    /// <summary>Gives back the place of bytes that can never be mined.</summary>
    public static Task FreeAsync(OrdersDb db, PreparedTransaction dead, DateTimeOffset now, CancellationToken token)
    {
        var (solver, nonce, origin, originNonce) = (dead.Solver.ToString(), checked((long)dead.Nonce), dead.Origin?.Account.ToString(),
            (long?)dead.Origin?.Nonce);
        return db.Database.ExecuteSqlAsync(
            $"INSERT INTO free_nonces (solver, nonce, freed_at, origin, origin_nonce) VALUES ({solver}, {nonce}, {now}, {origin}, {originNonce}) ON CONFLICT DO NOTHING", token);
    }

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
                SELECT generate_series({next}, (SELECT least(next_nonce - 1, {next} + {MissingMax}) FROM solvers WHERE address = {address})) AS nonce
                EXCEPT SELECT nonce FROM outgoing_transactions WHERE solver = {address} AND nonce >= {next} AND void_as IS NULL) AS missing
            ON CONFLICT DO NOTHING
            """, token);
    }

    /// <summary>
    /// Takes the nonces that have been free for too long while something behind them waits, the lowest first: no more than so many are ever
    /// filled at once, those that the chain has not passed included. Each with the call whose place it was, where calls of the same account
    /// wait for that.
    /// </summary>
    public static async Task<List<FreeNonce>> TakeGapsAsync(
        OrdersDb db, StacksAddress solver, ulong chainNext, int fillsMax, DateTimeOffset freedBefore, CancellationToken token)
    {
        var (address, next) = (solver.ToString(), checked((long)chainNext));
        var gaps = await db.Database.SqlQueryRaw<FreeNonce>(GapsStatement, address, freedBefore, fillsMax, next).ToListAsync(token);
        return [.. gaps.OrderBy(gap => gap.Nonce)];
    }

    // One account, so that others send beside this; an account that another executor is taking from is left to it. Calls stand with
    // accounts that are known only here, so theirs need all that are free.
    private static async Task<PayerQueues> LockAsync(
        NpgsqlConnection connection, IReadOnlyList<Payer> payers, AccountLock callers, FeeLock fees, int turn, int inFlightMax,
        (PauseLock, ClaimLock, GroupLock, HoldLock)? first, CancellationToken token)
    {
        var queues = new PayerQueues([], [], payers, fees, turn, inFlightMax);
        var found = await AskAsync(connection, queues.Of, callers, Free, callers.IsEmpty ? 1 : int.MaxValue, first, token);
        queues.Widen(found, isWhole: !callers.IsEmpty && found.Locked.Count > 0);
        return queues;
    }

    // One round trip, a statement each: each sees what the holder of the locks before us committed.
    private static async Task<(List<LockedPayer> Locked, List<FreeNonce> Free)> AskAsync(
        NpgsqlConnection connection, PayerQuestion of, AccountLock callers, string how, int most,
        (PauseLock Pause, ClaimLock Claims, GroupLock Groups, HoldLock Holds)? first, CancellationToken token)
    {
        var (payers, fees, inFlightMax) = (of.Payers, of.Fees, of.InFlightMax);
        var (addresses, counts) = (payers.Select(payer => payer.Address.ToString()).ToArray(), inFlightMax < int.MaxValue);
        await using var batch = new NpgsqlBatch(connection);
        if (first is { } locks)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL READ COMMITTED"));
            foreach (var command in PauseLock.Commands()) batch.BatchCommands.Add(command);
            batch.BatchCommands.Add(locks.Claims.Command());
            foreach (var command in locks.Groups.Commands().Concat(locks.Holds.Commands()).Concat(callers.Commands())
                .Concat(fees.Commands()))
            {
                batch.BatchCommands.Add(command);
            }
        }
        foreach (var command in callers.PayerCommands()) batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(Accounts(addresses, how, of.Turn, most));
        Add($"SELECT f.solver, f.nonce, f.origin, f.origin_nonce, {AccountNonces.IsNeeded} FROM free_nonces f WHERE f.solver = ANY($1)");
        if (counts) batch.BatchCommands.Add(PayerLoad.Command(payers));
        await using var reader = await batch.ExecuteReaderAsync(token);
        if (first is { } asked)
        {
            await asked.Pause.ReadAsync(reader, token);
            await asked.Claims.ReadAsync(reader, token);
            await reader.NextResultAsync(token);
            await asked.Groups.ReadAsync(reader, token);
            await asked.Holds.ReadAsync(reader, token);
            await callers.ReadAsync(reader, token);
            await fees.ReadAsync(reader, token);
        }
        await callers.ReadPayersAsync(reader, token);
        var locked = new List<LockedPayer>();
        while (await reader.ReadAsync(token))
            locked.Add(new LockedPayer(reader.GetString(0), reader.GetInt64(1), default, PayerFees.Read(reader, 2)));
        await reader.NextResultAsync(token);
        var free = await FreeAsync(reader, token);
        await reader.NextResultAsync(token);
        var loads = counts ? await PayerLoad.ReadAsync(reader, token) : [];
        return (locked.ConvertAll(payer => payer with { Load = loads.GetValueOrDefault(payer.Address) }), free);

        void Add(string statement)
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Add(addresses);
            batch.BatchCommands.Add(command);
        }
    }

    // One with a nonce that was given back first, since what stands behind it waits for it; else each in its turn.
    private static NpgsqlBatchCommand Accounts(string[] addresses, string how, int turn, int most)
    {
        var command = new NpgsqlBatchCommand(
            $"""
            SELECT address, next_nonce, {PayerFees.Columns} FROM solvers s WHERE address = ANY($1) AND doubted_nonce IS NULL
            ORDER BY EXISTS (SELECT FROM free_nonces f WHERE f.solver = s.address) DESC, (array_position($1, address) + $2) % cardinality($1) LIMIT $3 {how}
            """);
        command.Add(addresses);
        command.Add(addresses.Length == 0 ? 0 : turn % addresses.Length);
        command.Add(most);
        return command;
    }

    private static async Task<List<FreeNonce>> FreeAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var free = new List<FreeNonce>();
        while (await reader.ReadAsync(token))
        {
            free.Add(new FreeNonce(reader.GetString(0), reader.GetInt64(1), reader.TextOrNull(2),
                reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.GetBoolean(4)));
        }
        return free;
    }
}
