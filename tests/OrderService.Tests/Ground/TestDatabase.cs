using Npgsql;

namespace OrderService.Tests.Ground;

/// <summary>A migrated, empty database of one's own; it is dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresCluster cluster;

    private TestDatabase(PostgresCluster cluster, string connectionString)
    {
        this.cluster = cluster;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var cluster = await PostgresCluster.SharedAsync();
        return new TestDatabase(cluster, await cluster.CloneAsync());
    }

    /// <summary>One that holds what a dump in SQL says, and nothing more: no migration runs before its user's.</summary>
    public static async Task<TestDatabase> RestoreAsync(string sql)
    {
        var cluster = await PostgresCluster.SharedAsync();
        var database = new TestDatabase(cluster, await cluster.CreateEmptyAsync());
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
        return database;
    }

    public async ValueTask DisposeAsync() => await cluster.DropAsync(ConnectionString);
}
