using Npgsql;

namespace OrderService.Persistence;

/// <summary>The connection of the group-commit writer, a pool of one: the shared pool hands out each of its connections in turn, so that every batch would meet another backend, whose caches have gone cold.</summary>
internal sealed class WriterSource(NpgsqlConnectionStringBuilder settings) : IDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxPoolSize = 1, ApplicationName = "orderservice-writer" });

    /// <summary>Opens it, or throws as any connection does.</summary>
    public NpgsqlConnection Open() => _source.OpenConnection();

    public void Dispose() => _source.Dispose();
}
