using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Persistence;

/// <summary>What an account that pays has in flight, and the fees that are not yet taken off the balance that was last seen of it.</summary>
internal readonly record struct PayerLoad(int InFlight, TokenAmount Unpaid)
{
    /// <summary>How many of the account's transactions wait to be mined, versions of one counted once. For a row <c>payer (address, next_nonce)</c>: a fill below that was mined.</summary>
    public const string InFlightOf =
        """
        (SELECT count(*) FROM (
            SELECT a.nonce FROM attempts a WHERE a.solver = payer.address AND a.status IN ('prepared', 'sent')
            UNION SELECT t.nonce FROM withdrawal_transactions t JOIN withdrawals w ON w.id = t.withdrawal_id WHERE t.solver = payer.address AND t.is_live AND w.status = 'sent'
            UNION SELECT n.nonce FROM nonce_fills n WHERE n.solver = payer.address AND n.nonce >= payer.next_nonce) AS waiting)
        """;

    /// <summary>The fees of the account's transactions from a nonce on, the highest of each nonce. For a row <c>payer (address, next_nonce)</c>: the balance of that nonce has paid for none of them.</summary>
    public const string UnpaidOf =
        """
        (SELECT coalesce(sum(fee), 0) FROM (SELECT max(fee) AS fee FROM (
            SELECT a.nonce, a.fee FROM attempts a WHERE a.solver = payer.address AND a.nonce >= payer.next_nonce AND a.status IN ('prepared', 'sent', 'confirmed', 'reverted')
            UNION ALL SELECT t.nonce, t.fee FROM withdrawal_transactions t WHERE t.solver = payer.address AND t.nonce >= payer.next_nonce AND NOT t.is_rejected
            UNION ALL SELECT n.nonce, n.fee FROM nonce_fills n WHERE n.solver = payer.address AND n.nonce >= payer.next_nonce) AS ahead GROUP BY nonce) AS unpaid)
        """;

    private const string Statement = "SELECT address, " + InFlightOf + "::int, " + UnpaidOf + " FROM unnest($1, $2) AS payer (address, next_nonce)";

    /// <summary>The statement, for a batch.</summary>
    public static NpgsqlBatchCommand Command(IReadOnlyList<Payer> payers)
    {
        var command = new NpgsqlBatchCommand(Statement);
        command.AddColumn(NpgsqlDbType.Text, payers, payer => payer.Address.ToString());
        command.AddColumn(NpgsqlDbType.Bigint, payers, payer => (long)Math.Min(payer.NextNonce, long.MaxValue));
        return command;
    }

    /// <summary>Reads its answer, by address.</summary>
    public static async Task<Dictionary<string, PayerLoad>> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var loads = new Dictionary<string, PayerLoad>(StringComparer.Ordinal);
        while (await reader.ReadAsync(token)) loads[reader.GetString(0)] = new PayerLoad(reader.GetInt32(1), new TokenAmount((UInt128)reader.GetFieldValue<BigInteger>(2)));
        return loads;
    }

    /// <summary>The same in a round trip of its own.</summary>
    public static async Task<Dictionary<string, PayerLoad>> ReadAsync(NpgsqlDataSource source, IReadOnlyList<Payer> payers, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(payers));
        await using var reader = await batch.ExecuteReaderAsync(token);
        return await ReadAsync(reader, token);
    }
}
