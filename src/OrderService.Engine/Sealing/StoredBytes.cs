using System.Text;
using Npgsql;
using OrderService.Engine.Persistence;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Sealing;

/// <summary>
/// The bytes of a transaction that is about to be sent hold the intent that moves an owner's funds: the store has them sealed. What was
/// sent before it was stored is public, and may be in clear.
/// </summary>
internal sealed class StoredBytes(MasterKeyRing ring)
{
    private MasterKey Master => ring.Key ?? throw new InvalidOperationException("the start takes the master key before anything is sent");

    /// <summary>Seals them for the row of their transaction.</summary>
    public byte[] Close(byte[] raw, string txId) => Seal.Close(raw, Associated(txId), Master);

    /// <summary>The bytes to send.</summary>
    public byte[] Open(byte[] stored, string txId) => Seal.Open(stored, Associated(txId), Master) ?? stored;

    /// <summary>
    /// Seals those of every transaction that is still followed under another master key, in the transaction that the connection is in.
    /// </summary>
    public static async Task RotateAsync(NpgsqlConnection connection, MasterKey from, MasterKey to, CancellationToken token)
    {
        await RotateAsync(connection, "outgoing_transactions", "NOT is_final", from, to, token);
        await RotateAsync(connection, "outgoing_versions", "transaction_id IN (SELECT id FROM outgoing_transactions WHERE NOT is_final)",
            from, to, token);
    }

    private static async Task RotateAsync(
        NpgsqlConnection connection, string table, string which, MasterKey from, MasterKey to, CancellationToken token)
    {
        var rows = new List<(string TxId, byte[] Raw)>();
        await using (var read = new NpgsqlCommand($"SELECT tx_id, raw FROM {table} WHERE {which} FOR NO KEY UPDATE", connection))
        await using (var reader = await read.ExecuteReaderAsync(token))
        {
            while (await reader.ReadAsync(token))
            {
                var (txId, stored) = (reader.GetString(0), reader.GetFieldValue<byte[]>(1));
                if (Seal.Open(stored, Associated(txId), from) is { } raw) rows.Add((txId, Seal.Close(raw, Associated(txId), to)));
            }
        }
        await using var write = new NpgsqlCommand(
            $"UPDATE {table} t SET raw = n.raw FROM unnest($1, $2) AS n (tx_id, raw) WHERE t.tx_id = n.tx_id", connection);
        write.AddColumn(Text, rows, r => r.TxId);
        write.AddColumn(Bytea, rows, r => r.Raw);
        await write.ExecuteNonQueryAsync(token);
    }

    private static byte[] Associated(string txId) => Encoding.ASCII.GetBytes($"order-service/transaction/1|{txId}");
}
