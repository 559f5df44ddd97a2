using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>
/// The connection of the group-commit writer, a pool of one: the shared pool hands out each of its connections in turn, so that every batch
/// would meet another backend, whose caches have gone cold.
/// </summary>
internal sealed class WriterSource(NpgsqlConnectionStringBuilder settings) : IDisposable
{
    // a batch leaves in one piece: each of many would wake the backend, only to have it wait for the next
    private const int BatchBytes = 256 * 1024;

    private readonly NpgsqlDataSource _source = NamedSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
    {
        MaxPoolSize = 1,
        WriteBufferSize = BatchBytes,
        ApplicationName = "orderservice-writer",
    });

    /// <summary>Opens it, or throws as any connection does.</summary>
    public NpgsqlConnection Open() => _source.OpenConnection();

    /// <inheritdoc cref="StoreHosts.PutFirst"/>
    public void Prefer(StoreHost host) => StoreHosts.PutFirst(_source, host);

    /// <summary>Closes what is pooled, and what is at work as it comes back.</summary>
    public void Clear() => _source.Clear();

    public void Dispose() => _source.Dispose();
}
