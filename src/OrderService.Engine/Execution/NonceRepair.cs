using System.Globalization;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>An account that pays, as the ledger has it.</summary>
internal sealed record NonceRow(string Address, long Next, long? Signed, long InFlight, long Free, long? Doubted);

/// <summary>
/// An account that calls itself, as its transactions have it: the chain's next nonce as it was last seen, the one that is taken next, what
/// waits, and how much of that was sent back by an operator.
/// </summary>
internal sealed record CallNonceRow(string Address, long Seen, long Next, long InFlight, bool WaitsForNext, long SentBack);

/// <summary>Shows the ledger of nonces, and sets an account's next one by an operator's word.</summary>
internal static class NonceRepair
{
    // Bytes that can never be mined leave their nonce unused, and so do fills that were given up.
    private const string SignedOf =
        """
        (SELECT max(t.nonce) FROM outgoing_transactions t WHERE t.solver = s.address AND t.purpose <> 'fill' AND t.void_as IS NULL)
        """;

    private const string ReadStatement =
        "SELECT s.address, s.next_nonce, " + SignedOf +
        """
        , (SELECT count(DISTINCT t.nonce) FROM outgoing_transactions t WHERE t.solver = s.address AND NOT t.is_final AND t.status IN ('prepared', 'sent')),
            (SELECT count(*) FROM free_nonces f WHERE f.solver = s.address), s.doubted_nonce
        FROM solvers s ORDER BY s.address
        """;

    /// <summary>All accounts.</summary>
    public static async Task<List<NonceRow>> ReadAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand(ReadStatement);
        await using var reader = await command.ExecuteReaderAsync(token);
        var rows = new List<NonceRow>();
        while (await reader.ReadAsync(token))
            rows.Add(new NonceRow(reader.GetString(0), reader.GetInt64(1), Number(2), reader.GetInt64(3), reader.GetInt64(4), Number(5)));
        return rows;

        long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }

    /// <summary>The accounts that have calls under way, or on their way back to their owners.</summary>
    public static async Task<List<CallNonceRow>> ReadCallsAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand(AccountNonces.CallsStatement);
        command.Add((await AccountNonces.CallingAsync(source, token)).ConvertAll(account => account.ToString()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(token);
        var calls = await AccountNonces.ReadAsync(reader, token);
        return [.. calls.OrderBy(of => of.Key, StringComparer.Ordinal)
            .Select(of =>
                new CallNonceRow(of.Key, of.Value.Seen, of.Value.Next, of.Value.InFlight, of.Value.WaitsForNext, of.Value.SentBack))];
    }

    /// <summary>
    /// Forgets the transfers back of an account that no block holds, so that their nonces are taken by calls; false for what is no account
    /// that calls.
    /// </summary>
    public static async Task<bool> ForgetSentBackAsync(NpgsqlDataSource source, string address, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        foreach (var statement in (string[])
        [
            "DELETE FROM transfers_back WHERE origin = $1 AND origin_nonce >= (SELECT seen_nonce FROM account_nonces WHERE address = $1)",
            "SELECT EXISTS (SELECT 1 FROM account_nonces WHERE address = $1)",
        ])
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Add(address);
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return reader.GetBoolean(0);
    }

    /// <summary>
    /// Sets the next nonce, ends the doubt, and forgets what was free or filled from there on. Null where it is done; a sentence where it
    /// is not: below what was signed here and may be mined it cannot go.
    /// </summary>
    public static async Task<string?> SetAsync(NpgsqlDataSource source, string address, long? next, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using var look = new NpgsqlCommand("SELECT " + SignedOf
            + " FROM (SELECT address FROM solvers WHERE address = $1 FOR NO KEY UPDATE) AS s", connection);
        look.Add(address);
        var found = await look.ExecuteScalarAsync(token);
        if (found is null) return $"{address} is no account that pays.";
        var least = found is long signed ? signed + 1 : 0;
        var to = next ?? least;
        if (to < least)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{address} has signed nonces up to {least - 1}: the next one cannot be {to}.");
        }
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in (string[])
        [
            "UPDATE solvers SET next_nonce = $2, doubted_nonce = NULL, doubted_since = NULL WHERE address = $1",
            "DELETE FROM free_nonces WHERE solver = $1 AND nonce >= $2",
            "DELETE FROM outgoing_versions v USING outgoing_transactions t WHERE t.id = v.transaction_id AND t.solver = $1 AND t.nonce >= $2 AND t.purpose = 'fill'",
            "DELETE FROM outgoing_transactions WHERE solver = $1 AND nonce >= $2 AND purpose = 'fill'",
        ])
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Add(address);
            command.Add(to);
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync(token);
        return null;
    }
}
