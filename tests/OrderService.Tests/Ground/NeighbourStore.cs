using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Tests.Ground;

/// <summary>Another store in a test's database: migrated, in a schema of its own.</summary>
internal static class NeighbourStore
{
    /// <summary>Makes it, and returns how to connect to it.</summary>
    public static async Task<string> CreateAsync(string connectionString, string schema)
    {
        var store = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema, MaxPoolSize = 10 }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(store) { Pooling = false });
        await Migrator.ApplyAsync(source, CancellationToken.None);
        return store;
    }
}
