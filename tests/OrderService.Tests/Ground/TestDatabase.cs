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

    public async ValueTask DisposeAsync() => await cluster.DropAsync(ConnectionString);
}
