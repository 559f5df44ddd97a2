using Npgsql;
using OrderService.Domain.Amounts;

namespace OrderService.Venues.Simulated;

/// <summary>Writes what a block changed in one round trip, each table with one statement.</summary>
internal sealed class BlockWriter(LedgerSource ledger, NpgsqlBatch batch)
{
    /// <summary>Writes the block and removes from the mempool what is in it or can never be in any.</summary>
    public static async Task WriteAsync(
        LedgerSource ledger, NpgsqlConnection connection, BlockExecution block, List<MinedTransaction> stale, long height,
        DateTimeOffset now, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        new BlockWriter(ledger, batch).AddAll(block, stale, height, now);
        await batch.ExecuteNonQueryAsync(token);
    }

    private void AddAll(BlockExecution block, List<MinedTransaction> stale, long height, DateTimeOffset now)
    {
        if (block.Outcomes.Count > 0)
        {
            AddBlock(block.Outcomes, height, now);
            AddState(block);
            AddSwaps(block.Outcomes, height);
        }
        if (stale.Count > 0)
        {
            // Mined before, and sent again while that block was being written; or overtaken, which no status but this one may say.
            Add("INSERT INTO simulator.transactions (tx_id, solver, nonce, status, uuid_used) SELECT *, 'replaced', false FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING")
                .WithMany(stale, one => one.TxId).WithMany(stale, one => one.Solver).WithMany(stale, one => one.Nonce);
        }
        Add("DELETE FROM simulator.mempool WHERE tx_id = ANY ($1)")
            .WithMany(stale.Concat(block.Outcomes.Select(outcome => outcome.Transaction)), one => one.TxId);
    }

    private void AddBlock(IReadOnlyList<Outcome> outcomes, long height, DateTimeOffset now)
    {
        Add("INSERT INTO simulator.blocks (height, mined_at, size) VALUES ($1, $2, $3)").With(height).With(now.UtcDateTime)
            .With(outcomes.Count);
        Add(
            """
            INSERT INTO simulator.transactions (tx_id, solver, nonce, status, amount_out, reason, uuid_used, origin, origin_nonce, block_height, block_time)
            SELECT *, $10::bigint, $11::timestamptz FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """)
            .WithMany(outcomes, one => one.Transaction.TxId).WithMany(outcomes, one => one.Transaction.Solver)
            .WithMany(outcomes, one => one.Transaction.Nonce)
            .WithMany(outcomes, one => one.Reason is null ? "succeeded" : "aborted").WithManyUnits(outcomes, one => one.AmountOut)
            .WithMany(outcomes, one => one.Reason).WithMany(outcomes, one => one.IsUuidUsed)
            .WithMany(outcomes, one => one.Transaction.Own?.Account.ToString()).WithMany(outcomes, one => one.Transaction.Own?.AccountNonce)
            .With(height).With(now.UtcDateTime);
    }

    private void AddState(BlockExecution block)
    {
        var nonces = block.Outcomes.GroupBy(outcome => outcome.Transaction.Solver, outcome => outcome.Transaction.Nonce).ToList();
        Add("UPDATE simulator.nonces n SET next_nonce = block.next FROM unnest($1, $2) AS block (solver, next) WHERE n.address = block.solver")
            .WithMany(nonces, account => account.Key).WithMany(nonces, account => account.Max() + 1);
        var called = block.Outcomes.Select(outcome => outcome.Transaction.Own).OfType<SimulatedOwnCall>()
            .GroupBy(own => own.Account.ToString(), own => own.AccountNonce).ToList();
        Add("INSERT INTO simulator.nonces (address, next_nonce) SELECT * FROM unnest($1, $2) ON CONFLICT (address) DO UPDATE SET next_nonce = excluded.next_nonce")
            .WithMany(called, account => account.Key).WithMany(called, account => account.Max() + 1);
        Add("INSERT INTO simulator.used_uuids (uuid, tx_id) SELECT * FROM unnest($1, $2)")
            .WithMany(block.SpentUuids, one => one.Uuid).WithMany(block.SpentUuids, one => one.TxId);
        var balances = block.Balances.ToList();
        Add(
            """
            INSERT INTO simulator.accounts (address, token, balance) SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (address, token) DO UPDATE SET balance = excluded.balance
            """)
            .WithMany(balances, one => one.Key.Account).WithMany(balances, one => one.Key.Token.ToString())
            .WithManyUnits(balances, one => new TokenAmount(one.Value));
        var pools = block.Pools.ToList();
        Add("UPDATE simulator.pools p SET reserve_a = block.a, reserve_b = block.b FROM unnest($1, $2, $3) AS block (id, a, b) WHERE p.id = block.id")
            .WithMany(pools, one => one.Key.ToString())
            .WithManyUnits(pools, one => new TokenAmount(one.Value.A)).WithManyUnits(pools, one => new TokenAmount(one.Value.B));
    }

    private void AddSwaps(IReadOnlyList<Outcome> outcomes, long height)
    {
        var swaps = outcomes.Where(outcome => outcome is { Reason: null, Transaction.Funds: { Swap: not null } })
            .Select(outcome =>
                (Use: UseOf(outcome.Transaction), Sold: outcome.Transaction.Funds!.Value, Swap: outcome.Transaction.Funds!.Value.Swap!,
                    outcome.AmountOut, outcome.Transaction.TxId)).ToList();
        Add(
            """
            INSERT INTO simulator.swaps (uuid, owner, token_in, amount_in, token_out, amount_out, recipient, tx_id, block_height)
            SELECT *, $9::bigint FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            """)
            .WithMany(swaps, one => one.Use).WithMany(swaps, one => one.Sold.From.Account)
            .WithMany(swaps, one => one.Sold.From.Token.ToString()).WithManyUnits(swaps, one => new TokenAmount(one.Sold.Amount))
            .WithMany(swaps, one => one.Swap.BuyToken.ToString()).WithManyUnits(swaps, one => one.AmountOut)
            .WithMany(swaps, one => one.Swap.Recipient.ToString()).WithMany(swaps, one => one.TxId).With(height);
    }

    // What is used once: the uuid, or the account's nonce.
    private static string UseOf(MinedTransaction transaction) =>
        transaction.Call?.Intent.Uuid ?? $"{transaction.Own!.Account}/{transaction.Own.AccountNonce}";

    private NpgsqlBatchCommand Add(string sql)
    {
        var command = ledger.Part(sql);
        batch.BatchCommands.Add(command);
        return command;
    }
}
