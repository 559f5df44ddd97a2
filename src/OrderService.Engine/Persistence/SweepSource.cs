using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>The connections of the sweep and the executors, <see cref="StoreConnections.Execution"/>.</summary>
internal sealed class SweepSource(NpgsqlConnectionStringBuilder settings) : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource _source = NamedSource.Create(settings);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken token) => _source.OpenConnectionAsync(token);

    /// <summary>Closes what is pooled, and what is at work as it comes back.</summary>
    public void Clear() => _source.Clear();

    /// <inheritdoc cref="StoreHosts.PutFirst"/>
    public void Prefer(StoreHost host) => StoreHosts.PutFirst(_source, host);

    public void Dispose() => _source.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
