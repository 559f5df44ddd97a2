using System.Diagnostics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>Where bytes wait for a block, and what became of those that did.</summary>
internal sealed class SimulatedMempool(LedgerSource ledger, TimeProvider time)
{
    // One snapshot answers everything. A nonce below the account's, that of who pays or of who calls, whose id is unknown was used by
    // another transaction, since the miner writes both in one commit: these bytes can never be mined, and that is written down so that
    // their status can be told.
    private const string SubmitSql =
        """
        WITH account AS (
            SELECT n.next_nonce, coalesce((SELECT o.next_nonce FROM simulator.nonces o WHERE o.address = $7), 0) > $8 AS is_overtaken, coalesce((SELECT a.balance FROM simulator.accounts a WHERE a.address = n.address AND a.token = '.stx'), 0) >= $5 AS can_pay
            FROM simulator.nonces n WHERE n.address = $2),
        known AS (
            SELECT 1 FROM simulator.transactions WHERE tx_id = $1 AND status <> 'replaced' UNION ALL SELECT 1 FROM simulator.mempool WHERE tx_id = $1),
        taken AS (
            INSERT INTO simulator.mempool (tx_id, solver, nonce, raw, fee, received_at, origin, origin_nonce)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8 FROM account WHERE next_nonce <= $3 AND is_overtaken IS NOT TRUE AND can_pay AND NOT EXISTS (SELECT 1 FROM known)
            ON CONFLICT DO NOTHING RETURNING 1),
        outbid AS (
            UPDATE simulator.mempool m SET tx_id = $1, raw = $4, fee = $5, received_at = $6, origin = $7, origin_nonce = $8 FROM account
            WHERE m.solver = $2 AND m.nonce = $3 AND m.fee < $5 AND is_overtaken IS NOT TRUE AND can_pay AND NOT EXISTS (SELECT 1 FROM known)
                AND NOT EXISTS (SELECT 1 FROM simulator.mempool x WHERE x.origin = $7 AND x.origin_nonce = $8 AND (x.solver, x.nonce) <> ($2, $3)) RETURNING 1),
        replaced AS (
            INSERT INTO simulator.transactions (tx_id, solver, nonce, status, uuid_used)
            SELECT $1, $2, $3, 'replaced', false FROM account WHERE (next_nonce > $3 OR is_overtaken) AND NOT EXISTS (SELECT 1 FROM known)
            ON CONFLICT DO NOTHING)
        SELECT CASE WHEN EXISTS (SELECT 1 FROM known) OR EXISTS (SELECT 1 FROM taken) OR EXISTS (SELECT 1 FROM outbid) THEN 'accepted'
                    WHEN NOT EXISTS (SELECT 1 FROM account) THEN 'unfunded'
                    WHEN (SELECT next_nonce > $3 OR coalesce(is_overtaken, false) FROM account) THEN 'bad_nonce'
                    WHEN NOT (SELECT can_pay FROM account) THEN 'unfunded'
                    ELSE 'conflicting' END
        """;

    private const string StatusSql =
        """
        SELECT asked.tx_id, t.status, t.amount_out, t.reason, t.uuid_used, t.block_height, t.block_time
        FROM unnest($1) AS asked (tx_id)
        LEFT JOIN simulator.transactions t ON t.tx_id = asked.tx_id
        LEFT JOIN simulator.mempool m ON m.tx_id = asked.tx_id
        WHERE t.tx_id IS NOT NULL OR m.tx_id IS NOT NULL
        """;

    /// <summary>Takes bytes, or says why not. What was taken before is taken again without effect.</summary>
    public async Task<SubmitOutcome> AddAsync(PreparedTransaction transaction, CancellationToken token)
    {
        var answer = await TryAddAsync(transaction, token);
        // the same bytes, sent twice at once, conflict with themselves: a second look sees them
        if (answer == "conflicting") answer = await TryAddAsync(transaction, token);
        return answer switch
        {
            "accepted" => new SubmitOutcome.Accepted(),
            "unfunded" => new SubmitOutcome.Refused("NotEnoughFunds", IsDefinite: true) { IsOfPayer = true },
            "bad_nonce" => new SubmitOutcome.Refused("BadNonce", IsDefinite: false),
            "conflicting" => new SubmitOutcome.Refused("ConflictingNonceInMempool", IsDefinite: false),
            _ => throw new UnreachableException($"unknown answer {answer}"),
        };
    }

    /// <summary>What the chain says of each id; one statement for all.</summary>
    public async Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<string> txIds, CancellationToken token)
    {
        var statuses = new Dictionary<string, TransactionStatus>(StringComparer.Ordinal);
        foreach (var txId in txIds) statuses[txId] = new TransactionStatus.Unknown();
        if (statuses.Count == 0) return statuses;
        await using var command = ledger.Command(StatusSql);
        await using var reader = await command.With(statuses.Keys.ToArray()).ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token)) statuses[reader.GetString(0)] = Read(reader);
        return statuses;
    }

    /// <summary>The nonce of the account's next block; 0 for one that never paid or called.</summary>
    public async Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token)
    {
        await using var command = ledger.Command("SELECT next_nonce FROM simulator.nonces WHERE address = $1");
        return await command.With(solver.ToString()).ExecuteScalarAsync(token) is long nonce ? checked((ulong)nonce) : 0;
    }

    private async Task<string?> TryAddAsync(PreparedTransaction transaction, CancellationToken token)
    {
        await using var command = ledger.Command(SubmitSql);
        command.With(transaction.TxId).With(transaction.Solver.ToString()).With(checked((long)transaction.Nonce)).With(transaction.Raw)
            .WithUnits(transaction.Fee.Units).With(time.GetUtcNow().UtcDateTime)
            .With(transaction.Origin?.Account.ToString())
            .With(transaction.Origin is { } origin ? checked((long)origin.Nonce) : (long?)null);
        return (string?)await command.ExecuteScalarAsync(token);
    }

    private static TransactionStatus Read(NpgsqlDataReader reader) => (reader.IsDBNull(1) ? null : reader.GetString(1)) switch
    {
        null => new TransactionStatus.Pending(),
        "succeeded" =>
            new TransactionStatus.Succeeded(new TokenAmount(reader.Units(2)), reader.GetInt64(5), reader.GetFieldValue<DateTimeOffset>(6),
                IsFinal: true),
        "aborted" => new TransactionStatus.Aborted(
            reader.GetString(3), reader.GetBoolean(4), reader.GetInt64(5), reader.GetFieldValue<DateTimeOffset>(6), IsFinal: true),
        _ => new TransactionStatus.Replaced(),
    };
}
