using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Crypto;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Sealing;

/// <summary>
/// The signatures of all stored orders, changed in the transaction that the connection is in: sealed for the first time, or under another
/// master key.
/// </summary>
internal static class SealedOrders
{
    private const int BatchMax = 5_000;

    private const string Read =
        """
        SELECT id, signature, terms_signature FROM orders
        WHERE id > $1 AND (signature IS NOT NULL OR terms_signature IS NOT NULL) ORDER BY id LIMIT $2 FOR NO KEY UPDATE
        """;

    private const string Write =
        "UPDATE orders o SET signature = n.signature, terms_signature = n.terms_signature FROM unnest($1, $2, $3) AS n (id, signature, terms_signature) WHERE o.id = n.id";

    private sealed record Row(Guid Id, byte[]? Signature, byte[]? Terms);

    /// <summary>True where an order is sealed: then no other master key will do.</summary>
    public static async Task<bool> AreThereAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM orders WHERE length(signature) = $1)", connection);
        command.Add(SignatureSeal.Size);
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>Seals what an older version stored in clear.</summary>
    public static Task<long> SealAsync(NpgsqlConnection connection, MasterKey master, CancellationToken token) => ChangeAsync(
        connection,
        (id, isOfTerms, stored) => stored.Length == RecoverableSignature.Size ? SignatureSeal.Close(stored, id, isOfTerms, master) : stored,
        token);

    /// <summary>Seals all anew; throws <see cref="MasterKeyException"/> where one does not open.</summary>
    public static Task<long> RotateAsync(NpgsqlConnection connection, MasterKey from, MasterKey to, CancellationToken token) => ChangeAsync(
        connection,
        (id, isOfTerms, stored) => SignatureSeal.Open(stored, id, isOfTerms, from) is { } rsv
            ? SignatureSeal.Close(rsv, id, isOfTerms, to)
            : throw new MasterKeyException(
                $"The signature of order {id} cannot be opened: its row was changed. Nothing was encrypted anew."),
        token);

    private static async Task<long> ChangeAsync(
        NpgsqlConnection connection, Func<Guid, bool, byte[], byte[]> change, CancellationToken token)
    {
        var (after, changed) = (Guid.Empty, 0L);
        while (true)
        {
            var rows = await ReadAsync(connection, after, token);
            if (rows.Count == 0) return changed;
            await using var command = new NpgsqlCommand(Write, connection);
            command.AddColumn(Uuid, rows, r => r.Id);
            command.AddColumn(Bytea, rows, r => r.Signature is { } stored ? change(r.Id, false, stored) : null);
            command.AddColumn(Bytea, rows, r => r.Terms is { } stored ? change(r.Id, true, stored) : null);
            await command.ExecuteNonQueryAsync(token);
            changed += rows.Count;
            after = rows[^1].Id;
        }
    }

    private static async Task<List<Row>> ReadAsync(NpgsqlConnection connection, Guid after, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(Read, connection);
        command.Add(after);
        command.Add(BatchMax);
        await using var reader = await command.ExecuteReaderAsync(token);
        var rows = new List<Row>();
        while (await reader.ReadAsync(token)) rows.Add(new Row(reader.GetGuid(0), Bytes(reader, 1), Bytes(reader, 2)));
        return rows;
    }

    private static byte[]? Bytes(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
