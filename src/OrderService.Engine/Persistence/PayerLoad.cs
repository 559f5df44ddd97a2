using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Persistence;

/// <summary>
/// What an account that pays has in flight, and the fees that are not yet taken off the balance that was last seen of it.
/// </summary>
internal readonly record struct PayerLoad(int InFlight, TokenAmount Unpaid)
{
    /// <summary>
    /// How many of the account's nonces wait to be mined, whatever stands on them. For a row <c>payer (address, next_nonce)</c>.
    /// </summary>
    public const string InFlightOf =
        """
        (SELECT count(DISTINCT t.nonce) FROM outgoing_transactions t WHERE t.solver = payer.address AND NOT t.is_final AND t.status IN ('prepared', 'sent'))
        """;

    /// <summary>
    /// The fees of the account's transactions from a nonce on, the highest of each nonce. For a row <c>payer (address, next_nonce)</c>: the
    /// balance of that nonce has paid for none of them.
    /// </summary>
    public const string UnpaidOf =
        """
        (SELECT coalesce(sum(fee), 0) FROM (SELECT max(t.fee) AS fee FROM outgoing_transactions t
            WHERE t.solver = payer.address AND t.nonce >= payer.next_nonce AND t.void_as IS NULL GROUP BY t.nonce) AS unpaid)
        """;

    private const string Statement = "SELECT address, " + InFlightOf + "::int, " + UnpaidOf
        + " FROM unnest($1, $2) AS payer (address, next_nonce)";

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
        while (await reader.ReadAsync(token))
            loads[reader.GetString(0)] = new PayerLoad(reader.GetInt32(1), new TokenAmount((UInt128)reader.GetFieldValue<BigInteger>(2)));
        return loads;
    }

    /// <summary>The same in a round trip of its own.</summary>
    public static async Task<Dictionary<string, PayerLoad>> ReadAsync(
        NpgsqlDataSource source, IReadOnlyList<Payer> payers, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(payers));
        await using var reader = await batch.ExecuteReaderAsync(token);
        return await ReadAsync(reader, token);
    }
}
