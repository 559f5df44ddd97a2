using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Persistence;

/// <summary>What an account that pays has sent that the chain has not decided: swaps, spends, withdrawals and transactions that only use a nonce, versions of one counted once.</summary>
internal sealed record PayerLedger(long NextNonce, long InFlight, long Gaps, DateTimeOffset? OldestAt)
{
    private const string Statement =
        """
        SELECT s.address, s.next_nonce, sent.count, (SELECT count(*) FROM free_nonces f WHERE f.solver = s.address), sent.oldest
        FROM unnest($1, $2) AS payer (address, next_nonce) JOIN solvers s ON s.address = payer.address CROSS JOIN LATERAL (
            SELECT count(DISTINCT nonce) AS count, min(at) AS oldest FROM (
                SELECT a.nonce, a.prepared_at AS at FROM attempts a WHERE a.solver = s.address AND a.status IN ('prepared', 'sent')
                UNION ALL SELECT t.nonce, t.prepared_at FROM withdrawal_transactions t JOIN withdrawals w ON w.id = t.withdrawal_id
                    WHERE t.solver = s.address AND t.is_live AND w.status = 'sent'
                UNION ALL SELECT n.nonce, n.made_at FROM nonce_fills n WHERE n.solver = s.address AND n.nonce >= payer.next_nonce) AS one) AS sent
        """;

    /// <summary>Of each account that is known, by its address. A fill below the nonce that the chain was last seen at is done.</summary>
    public static async Task<Dictionary<string, PayerLedger>> ReadAsync(NpgsqlDataSource source, IReadOnlyList<Payer> payers, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        var command = new NpgsqlBatchCommand(Statement);
        command.AddColumn(NpgsqlDbType.Text, payers, payer => payer.Address.ToString());
        command.AddColumn(NpgsqlDbType.Bigint, payers, payer => (long)Math.Min(payer.NextNonce, long.MaxValue));
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        var ledgers = new Dictionary<string, PayerLedger>(StringComparer.Ordinal);
        while (await reader.ReadAsync(token))
            ledgers[reader.GetString(0)] = new PayerLedger(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4));
        return ledgers;
    }
}
