using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Persistence;

namespace OrderService.Tests.Ground;

/// <summary>
/// One throwaway Postgres for the whole test run, and in it one migrated database that every test database is cloned
/// from. It is the machine's own, or where <c>./test --container</c> asks for it, one in a container. A machine with neither fails the
/// tests.
/// </summary>
internal sealed class PostgresCluster
{
    private const string template = "template_orderservice";
    private const string folderPrefix = "orderservice-tests-";
    private const int MaxConnections = 400;

    private static readonly Lazy<Task<PostgresCluster>> shared = new(StartAsync);

    private static readonly int HangSeconds = (int)Until.Limit.TotalSeconds;

    private readonly TestServer server;
    private int created;

    private PostgresCluster(TestServer server) => this.server = server;

    public static Task<PostgresCluster> SharedAsync() => shared.Value;

    /// <summary>
    /// A fresh folder for a test's own cluster, directly under the system's folder for such things, where every user can go.
    /// </summary>
    public static string NewFolder([CallerMemberName] string name = "") =>
        Directory.CreateDirectory(
            Path.Combine(Path.GetTempPath(), $"{folderPrefix}{Guid.NewGuid():N}"[..30] + "-" + name[..Math.Min(name.Length, 12)])).FullName;

    public Task<string> CloneAsync() => CreateAsync($" TEMPLATE {template}");

    /// <summary>A database with nothing in it, not even the schema.</summary>
    public Task<string> CreateEmptyAsync() => CreateAsync("");

    private async Task<string> CreateAsync(string options)
    {
        var name = $"test_{Interlocked.Increment(ref created)}";
        await ExecuteAsync($"CREATE DATABASE {name}{options}");
        return new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = name, MaxPoolSize = 40, Timeout = HangSeconds, CommandTimeout = HangSeconds,
        }.ConnectionString;
    }

    public async Task DropAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(connection);
        // As superuser: an autovacuum worker may be at work there, and only a superuser may end it.
        var drop = $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)";
        for (var tries = 1; ; tries++)
        {
            try
            {
                await ExecuteAsync(drop, server.AdminConnectionString);
                return;
            }
            catch (PostgresException inUse) when (inUse.SqlState == PostgresErrorCodes.ObjectInUse && tries < 20)
            {
                // Postgres waits five seconds for the sessions that it ended, which may not come to end themselves that soon.
            }
        }
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        var server = ContainerServer.IsAskedFor ? await ContainerServer.StartAsync(MaxConnections) : await StartLocalAsync();
        var cluster = new PostgresCluster(server);
        await cluster.ExecuteAsync($"CREATE DATABASE {template}");
        var migrated = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = template, Pooling = false };
        await using (var source = NpgsqlDataSource.Create(migrated)) await Migrator.ApplyAsync(source, CancellationToken.None);
        return cluster;
    }

    private static async Task<TestServer> StartLocalAsync()
    {
        var folder = NewFolder("shared");
        RemoveAtExit(folder);
        var postgres = await EmbeddedServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = folder, Durable = false, MaxConnections = MaxConnections }, NullLogger.Instance,
            CancellationToken.None);
        return new TestServer(postgres.ConnectionString, postgres.AdminConnectionString);
    }

    // The host of the tests may be killed, and is when it takes more than a moment to exit. So a shell outside of it
    // waits for the end of a pipe that only the host holds, stops the server and removes the folder.
    private static void RemoveAtExit(string folder)
    {
        const string script = """
            cat
            pid=$1/postgres/cluster/postmaster.pid
            for pause in $(seq 100); do
                [ -e "$pid" ] || break
                kill -INT "$(head -n 1 "$pid")"
                sleep 0.1
            done
            rm -rf "$1"
            """;
        var remover = Process.Start(new ProcessStartInfo("sh", ["-c", $"{{ {script}\n}} >/dev/null 2>&1", "sh", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // The handler also keeps the pipe alive: the garbage collector would close it in the middle of the run.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => remover.StandardInput.Close();
    }

    private async Task ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString ?? server.ConnectionString)
            {
                Pooling = false, Timeout = HangSeconds, CommandTimeout = HangSeconds,
            }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
