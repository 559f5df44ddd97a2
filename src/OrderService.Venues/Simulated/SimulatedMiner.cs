using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Venues.Simulated;

/// <summary>A block that was mined; more may wait where it was full.</summary>
internal sealed record MinedBlock(long Height, IReadOnlyList<Outcome> Outcomes, bool IsFull);

/// <summary>
/// Mines blocks. One transaction of the store is one block: it holds the ledger's lock, reads what the block touches, runs the calls in
/// memory and writes everything back, so a crash leaves a whole block or none. Any number of processes may try; one at a time mines.
/// </summary>
internal sealed class SimulatedMiner(
    LedgerSource ledger, SimulatedWorld world, SimulatedReserves reserves, SimulatedOptions options, TimeProvider time)
{
    private sealed record Waiting(MinedTransaction Transaction, long NextNonce, DateTime ReceivedAt, long OriginNext)
    {
        // Used by another transaction: it can be in no block.
        public bool IsOvertaken => Transaction.Nonce < NextNonce || Transaction.Own?.AccountNonce < OriginNext;
    }

    // The lowest nonces of each account, so that many that wait behind a gap hide nobody.
    private const string WaitingSql =
        """
        SELECT m.tx_id, m.solver, m.nonce, m.fee, m.raw, n.next_nonce, m.received_at, coalesce((SELECT o.next_nonce FROM simulator.nonces o WHERE o.address = m.origin), 0)
        FROM simulator.nonces n
        CROSS JOIN LATERAL (SELECT * FROM simulator.mempool m WHERE m.solver = n.address ORDER BY m.nonce LIMIT $1) m
        ORDER BY m.solver, m.nonce
        """;

    /// <summary>Mines what waits, now. Null where nothing could be mined or another process is at it.</summary>
    public Task<MinedBlock?> MineAsync(CancellationToken token) => MineAsync(TimeSpan.Zero, token);

    /// <summary>Mines what waits where the last block is at least this old.</summary>
    public async Task<MinedBlock?> MineAsync(TimeSpan sinceLast, CancellationToken token)
    {
        await using var connection = await ledger.OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        if (!await LedgerSql.TryLockForBlockAsync(ledger, connection, token)) return null;
        var now = time.GetUtcNow();
        var (last, minedAt) = await ReadTipAsync(connection, token);
        if (sinceLast > TimeSpan.Zero && now - minedAt < sinceLast) return null;

        var waiting = await ReadWaitingAsync(connection, token);
        if (waiting.Count == 0) return null;
        var stale = waiting.Where(one => one.IsOvertaken).Select(one => one.Transaction).ToList();
        var candidates = InOrder(waiting.FindAll(one => !one.IsOvertaken)).Take(options.BlockSizeMax).ToList();
        var block = await RunAsync(connection, candidates, token);
        var height = last + 1;
        await BlockWriter.WriteAsync(ledger, connection, block, stale, height, now, token);
        await transaction.CommitAsync(token);
        reserves.Invalidate();
        return block.Outcomes.Count == 0 ? null : new MinedBlock(height, block.Outcomes, candidates.Count == options.BlockSizeMax);
    }

    private async Task<BlockExecution> RunAsync(NpgsqlConnection connection, List<MinedTransaction> candidates, CancellationToken token)
    {
        var block = new BlockExecution(
            world, await ReadBalancesAsync(connection, candidates, token), await LedgerSql.ReadReservesAsync(ledger, connection, token),
            await ReadUsedUuidsAsync(connection, candidates, token));
        var stuck = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            // An account that cannot pay stops there, and whoever it pays for: what follows has higher nonces.
            var caller = candidate.Own?.Account.ToString() ?? "";
            if (stuck.Contains(candidate.Solver) || stuck.Contains(caller)) continue;
            if (!block.TryRun(candidate)) stuck.UnionWith([candidate.Solver, caller]);
        }
        return block;
    }

    // Each account's run of nonces without a gap; among accounts, whose turn it is goes by arrival. What an account calls itself also waits
    // for its own nonce.
    private static IEnumerable<MinedTransaction> InOrder(List<Waiting> waiting)
    {
        var nextOf = waiting.Where(one => one.Transaction.Own is not null).GroupBy(one => one.Transaction.Own!.Account)
            .ToDictionary(caller => caller.Key, caller => caller.First().OriginNext);
        var queues = waiting.GroupBy(one => one.Transaction.Solver)
            .Select(account => new Queue<Waiting>(account.TakeWhile((one, index) => one.Transaction.Nonce == one.NextNonce + index)))
            .Where(queue => queue.Count > 0);
        var heads = new PriorityQueue<Queue<Waiting>, DateTime>(queues.Select(queue => (queue, queue.Peek().ReceivedAt)));
        var parked = new List<Queue<Waiting>>();
        while (heads.TryDequeue(out var queue, out _))
        {
            if (queue.Peek().Transaction.Own is { } own)
            {
                if (own.AccountNonce != nextOf[own.Account])
                {
                    parked.Add(queue);
                    continue;
                }
                nextOf[own.Account]++;
                heads.EnqueueRange(parked.Select(waits => (waits, waits.Peek().ReceivedAt)));
                parked.Clear();
            }
            yield return queue.Dequeue().Transaction;
            if (queue.TryPeek(out var next)) heads.Enqueue(queue, next.ReceivedAt);
        }
    }

    private async Task<(long Height, DateTimeOffset? MinedAt)> ReadTipAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command =
            ledger.Command("SELECT height, mined_at FROM simulator.blocks ORDER BY height DESC LIMIT 1", connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : (0, null);
    }

    private async Task<List<Waiting>> ReadWaitingAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = ledger.Command(WaitingSql, connection);
        await using var reader = await command.With(options.BlockSizeMax).ExecuteReaderAsync(token);
        var waiting = new List<Waiting>();
        while (await reader.ReadAsync(token))
        {
            var raw = reader.GetFieldValue<byte[]>(4);
            var call = SimulatedCall.TryRead(raw, out var read) ? read : null; // nearly all are; bytes are never both
            var own = call is null && SimulatedOwnCall.TryRead(raw, out var called) ? called : null;
            waiting.Add(new Waiting(
                new MinedTransaction(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), new TokenAmount(reader.Units(3)), call)
                {
                    Own = own,
                },
                reader.GetInt64(5), reader.GetDateTime(6), reader.GetInt64(7)));
        }
        return waiting;
    }

    private async Task<Dictionary<Holding, UInt128>> ReadBalancesAsync(
        NpgsqlConnection connection, List<MinedTransaction> candidates, CancellationToken token)
    {
        var touched = new HashSet<Holding> { new(world.FeeCollector.ToString(), TokenId.Stx) };
        foreach (var candidate in candidates)
        {
            touched.Add(new Holding(candidate.Solver, TokenId.Stx));
            if (candidate.Funds is not { } funds) continue;
            touched.Add(funds.From);
            if (funds.Swap is { } swap) touched.Add(new Holding(swap.Recipient.ToString(), swap.BuyToken));
            if (funds.To is { } to) touched.Add(new Holding(to.ToString(), funds.From.Token));
        }
        await using var command = ledger.Command(
            "SELECT a.address, a.token, a.balance FROM simulator.accounts a JOIN unnest($1, $2) AS touched (address, token) USING (address, token)", connection);
        command.With(touched.Select(one => one.Account).ToArray()).With(touched.Select(one => one.Token.ToString()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(token);
        var balances = new Dictionary<Holding, UInt128>(touched.Count);
        while (await reader.ReadAsync(token))
            balances[new Holding(reader.GetString(0), TokenId.Parse(reader.GetString(1)))] = reader.Units(2);
        return balances;
    }

    private async Task<HashSet<string>> ReadUsedUuidsAsync(
        NpgsqlConnection connection, List<MinedTransaction> candidates, CancellationToken token)
    {
        await using var command = ledger.Command("SELECT uuid FROM simulator.used_uuids WHERE uuid = ANY ($1)", connection);
        command.With(candidates.Where(one => one.Call is not null).Select(one => one.Call!.Intent.Uuid).ToArray());
        await using var reader = await command.ExecuteReaderAsync(token);
        var used = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(token)) used.Add(reader.GetString(0));
        return used;
    }
}
