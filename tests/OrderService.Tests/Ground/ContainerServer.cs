using System.Globalization;
using Npgsql;
using Testcontainers.PostgreSql;

namespace OrderService.Tests.Ground;

/// <summary>
/// The tests' Postgres in a container, for a machine that has a container engine and no server of its own; <c>./test --container</c>.
/// </summary>
internal static class ContainerServer
{
    /// <summary>The image of docker-compose.yml, unless <c>ORDERSERVICE_TEST_IMAGE</c> names another.</summary>
    private const string Image = "postgres:17.6-bookworm";

    private const string Role = "orderservice";

    public static bool IsAskedFor => Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_CONTAINER") == "1";

    /// <summary>Starts it, with a role as the service's own server has it. It ends with this process.</summary>
    public static async Task<TestServer> StartAsync(int maxConnections)
    {
        var container = new PostgreSqlBuilder(Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_IMAGE") ?? Image)
            .WithUsername("postgres").WithDatabase("postgres").WithPassword(Guid.NewGuid().ToString("N"))
            .WithCommand("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "jit=off", "-c",
                "timezone=UTC",
                "-c", string.Create(CultureInfo.InvariantCulture, $"max_connections={maxConnections}"), "-c", "max_wal_size=2GB", "-c",
                "shared_buffers=256MB")
            .Build();
        await container.StartAsync();
        // The engine's own reaper ends what a killed process leaves; where it has none, this does at a usual end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => container.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        var admin = new NpgsqlConnectionStringBuilder(container.GetConnectionString())
        {
            SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable, Pooling = false,
        };
        var password = Guid.NewGuid().ToString("N");
        await using var source = NpgsqlDataSource.Create(admin);
        await using (var role = source.CreateCommand($"CREATE ROLE {Role} LOGIN CREATEDB PASSWORD '{password}'"))
            await role.ExecuteNonQueryAsync();
        await using (var database = source.CreateCommand($"CREATE DATABASE {Role} OWNER {Role}")) await database.ExecuteNonQueryAsync();
        var own = new NpgsqlConnectionStringBuilder(admin.ConnectionString)
        {
            Database = Role, Username = Role, Password = password, Pooling = true,
        };
        return new TestServer(own.ConnectionString, admin.ConnectionString);
    }
}
