using System.Text;
using Npgsql;
using OrderService.Engine.Persistence;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Sealing;

/// <summary>The secrets that messages to webhooks are signed with: the store has them sealed, each worth nothing in another row.</summary>
internal static class WebhookSecrets
{
    /// <summary>Seals one for its endpoint.</summary>
    public static byte[] Close(ReadOnlySpan<byte> secret, Guid endpoint, MasterKey master) =>
        Seal.Close(secret, Associated(endpoint), master);

    /// <summary>The secret; null where the master key is another, or the row was changed.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> stored, Guid endpoint, MasterKey master) =>
        Seal.Open(stored, Associated(endpoint), master);

    /// <summary>
    /// Seals all anew, in the transaction that the connection is in; throws <see cref="MasterKeyException"/> where one does not open.
    /// </summary>
    public static async Task RotateAsync(NpgsqlConnection connection, MasterKey from, MasterKey to, CancellationToken token)
    {
        var rows = new List<(Guid Id, byte[] Secret, byte[]? Before)>();
        await using (var read = new NpgsqlCommand("SELECT id, secret, secret_before FROM webhook_endpoints FOR UPDATE", connection))
        await using (var reader = await read.ExecuteReaderAsync(token))
        {
            while (await reader.ReadAsync(token))
            {
                var id = reader.GetGuid(0);
                rows.Add(
                    (id, Anew(reader.GetFieldValue<byte[]>(1), id), reader.IsDBNull(2) ? null : Anew(reader.GetFieldValue<byte[]>(2), id)));
            }
        }
        await using var write = new NpgsqlCommand("UPDATE webhook_endpoints w SET secret = n.secret, secret_before = n.before FROM unnest($1, $2, $3) AS n (id, secret, before) WHERE w.id = n.id", connection);
        write.AddColumn(Uuid, rows, row => row.Id);
        write.AddColumn(Bytea, rows, row => row.Secret);
        write.AddColumn(Bytea, rows, row => row.Before);
        await write.ExecuteNonQueryAsync(token);

        byte[] Anew(byte[] stored, Guid id) => Open(stored, id, from) is { } secret ? Close(secret, id, to)
            : throw new MasterKeyException(
                $"The secret of webhook {id:N} cannot be opened: its row was changed. Nothing was encrypted anew.");
    }

    private static byte[] Associated(Guid endpoint) => Encoding.ASCII.GetBytes($"order-service/webhook/1|{endpoint:N}");
}
