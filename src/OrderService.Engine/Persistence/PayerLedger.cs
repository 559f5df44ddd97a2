using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Persistence;

/// <summary>What an account that pays has sent that the chain has not decided: whatever it is for, versions of one counted once.</summary>
internal sealed record PayerLedger(long NextNonce, long InFlight, long Gaps, DateTimeOffset? OldestAt)
{
    private const string Statement =
        """
        SELECT s.address, s.next_nonce, sent.count, (SELECT count(*) FROM free_nonces f WHERE f.solver = s.address), sent.oldest
        FROM unnest($1) AS payer (address) JOIN solvers s ON s.address = payer.address CROSS JOIN LATERAL (
            SELECT count(DISTINCT t.nonce) AS count, min(t.prepared_at) AS oldest FROM outgoing_transactions t WHERE t.solver = s.address AND NOT t.is_final AND t.status IN ('prepared', 'sent')) AS sent
        """;

    /// <summary>Of each account that is known, by its address.</summary>
    public static async Task<Dictionary<string, PayerLedger>> ReadAsync(
        NpgsqlDataSource source, IReadOnlyList<Payer> payers, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        var command = new NpgsqlBatchCommand(Statement);
        command.AddColumn(NpgsqlDbType.Text, payers, payer => payer.Address.ToString());
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        var ledgers = new Dictionary<string, PayerLedger>(StringComparer.Ordinal);
        while (await reader.ReadAsync(token))
        {
            ledgers[reader.GetString(0)] = new PayerLedger(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4));
        }
        return ledgers;
    }
}
