using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// The last list that an address answered, kept in the store for a start while it answers nothing. Throws what the store throws.
/// </summary>
internal sealed class KeptVaultList(NpgsqlDataSource store, Uri address)
{
    // What changes from one reading to the next is reserves, which only rank routes.
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri));
    private DateTimeOffset? _keptAt;

    /// <summary>The list and when it was read; null where none was.</summary>
    public async Task<(byte[] Body, DateTimeOffset ReadAt)?> FindAsync(CancellationToken token)
    {
        await using var command = store.CreateCommand("SELECT body, read_at FROM vault_lists WHERE address_hash = $1");
        command.Add(_key);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>Keeps a list in the place of the one before, but not at every reading.</summary>
    public async Task KeepAsync(byte[] body, DateTimeOffset readAt, CancellationToken token)
    {
        if (_keptAt is { } last && readAt - last < Pace) return;
        await using var command = store.CreateCommand(
            "INSERT INTO vault_lists (address_hash, body, read_at) VALUES ($1, $2, $3) ON CONFLICT (address_hash) DO UPDATE SET body = excluded.body, read_at = excluded.read_at");
        command.Add(_key);
        command.Add(body);
        command.Add(readAt.UtcDateTime);
        await command.ExecuteNonQueryAsync(token);
        _keptAt = readAt;
    }
}
