using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Persistence;

namespace OrderService.Benchmarks.Ground;

/// <summary>
/// A throwaway Postgres of one benchmark, started as the service starts its own: on a unix socket, with fsync and synchronous_commit on.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const string FolderPrefix = "orderservice-bench-";
    private readonly EmbeddedServer _postgres;

    private Cluster(string folder, EmbeddedServer postgres) => (Folder, _postgres) = (folder, postgres);

    /// <summary>A folder of the benchmark's own; removed at the end.</summary>
    public string Folder { get; }

    /// <summary>The postmaster: its children are every process of this Postgres.</summary>
    public int ProcessId => _postgres.ProcessId;

    public string Socket => new NpgsqlConnectionStringBuilder(_postgres.ConnectionString).Host!;

    public static async Task<Cluster> StartAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Guid.NewGuid():N}"[..27])).FullName;
        var postgres = await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder, Durable = true },
            NullLogger.Instance, CancellationToken.None);
        var cluster = new Cluster(folder, postgres);
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(
            "SELECT count(*) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'on'");
        if (await command.ExecuteScalarAsync() is not 3L) throw new InvalidOperationException("this Postgres is not durable");
        return cluster;
    }

    /// <summary>An empty database.</summary>
    public async Task<string> CreateEmptyAsync(string name)
    {
        await ExecuteAsync(_postgres.ConnectionString, $"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    /// <summary>An empty, migrated database.</summary>
    public async Task<string> CreateAsync(string name)
    {
        var created = await CreateEmptyAsync(name);
        await using var source = NpgsqlDataSource.Create(created);
        await Migrator.ApplyAsync(source, CancellationToken.None);
        return created;
    }

    /// <summary>A copy of a database to which nobody is connected.</summary>
    public async Task<string> CloneAsync(string template, string name)
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_postgres.ConnectionString, $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        return ConnectionTo(name);
    }

    // As superuser: an autovacuum worker may be at work in it.
    public Task DropAsync(string name) => ExecuteAsync(AdminOf(_postgres.ConnectionString), $"DROP DATABASE {name} WITH (FORCE)");

    /// <summary>As superuser: for what a loader of millions may leave out.</summary>
    public static string AdminOf(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = "postgres", Pooling = false }.ConnectionString;

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = database }.ConnectionString;
}
