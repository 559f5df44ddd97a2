using System.ComponentModel;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL cluster that lives and dies with the service: on a unix socket in a 0700 folder, without a
/// port, with a password that only the service has. Data survive every end of the service, kill -9 included.
/// Throws <see cref="EmbeddedPostgresException"/> with one sentence when it cannot run.
/// </summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private const string name = "orderservice";
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(25);

    private readonly EmbeddedPostgresOptions options;
    private readonly ILogger logger;
    private readonly FileStream folderLock;
    private ClusterFolder folder = null!;
    private ServerProcess? server;
    private string socket = "";
    private Password? password;

    private EmbeddedServer(EmbeddedPostgresOptions options, ILogger logger, FileStream folderLock)
    {
        this.options = options;
        this.logger = logger;
        this.folderLock = folderLock;
    }

    /// <summary>The database of the service, as its owner, who may create databases but is no superuser.</summary>
    public string ConnectionString => ConnectionTo(name, name);

    /// <summary>The database <c>postgres</c> as superuser, for tests and repairs.</summary>
    public string AdminConnectionString => ConnectionTo("postgres", "postgres");

    public int ProcessId => server!.Id;

    /// <summary>Completes when the server has ended, whoever ended it.</summary>
    public Task Ended => server!.Ended;

    public static async Task<EmbeddedServer> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken token)
    {
        var data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataDirectory));
        try
        {
            Directory.CreateDirectory(data);
            var postgres = new EmbeddedServer(options, logger, Lock(data));
            try
            {
                await postgres.StartAsync(data, token);
                return postgres;
            }
            catch
            {
                await postgres.DisposeAsync();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException or Win32Exception)
        {
            throw new EmbeddedPostgresException($"The database in {data} cannot be started: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// The connection string of the server that another process of the service runs in this folder; null where none does.
    /// </summary>
    public static string? RunningIn(string data) =>
        ClusterFolder.RunningSocket(data) is (var root, var socket) && Password.Of(root) is { } secret
            ? ConnectionTo(socket, secret, name, name) : null;

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.StopAsync(options.StopTimeout, logger);
        if (folder is not null) SocketFolder.RemoveShort(folder);
        await folderLock.DisposeAsync();
    }

    private static FileStream Lock(string data)
    {
        try
        {
            // An exclusive flock on Unix: it goes with the process that holds it.
            var path = Path.Combine(data, "service.lock");
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            // others could hold it
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return file;
        }
        catch (IOException taken) when (taken is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new EmbeddedPostgresException(
                $"Another running service uses the data folder {data}: stop it, or set DATA_DIR to another folder.", taken);
        }
    }

    private async Task StartAsync(string data, CancellationToken token)
    {
        folder = await ClusterFolder.OpenAsync(data, logger, token);
        var binaries = await PostgresBinaries.FindAsync(options.BinDirectory, folder.Written, folder.Cluster, token);
        await folder.AwaitPreviousServerAsync(options.StopTimeout, logger, token);
        if (folder.Written is null)
        {
            logger.LogInformation("Creating a PostgreSQL {Major} database in {Folder}.", binaries.Major, folder.Cluster);
            await folder.InitializeAsync(binaries, options.Durable, token);
        }
        socket = await SocketFolder.CreateAsync(folder, token);
        folder.RotateLog();
        password = Password.Of(folder.Root);
        var asks = folder.AsksForPasswords;
        folder.Allow(withoutPassword: !asks);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(token);
        bounded.CancelAfter(options.StartTimeout);
        try
        {
            await ServeAsync(binaries, bounded.Token);
            await RecoverAsync(token);
            await CreateDatabaseAsync(bounded.Token);
            if (!asks) await AskForPasswordsAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new EmbeddedPostgresException(
                $"PostgreSQL did not accept connections within {options.StartTimeout.TotalSeconds:0} s; its log is {folder.Log}.");
        }
        logger.LogInformation("PostgreSQL {Major} serves {Folder} (process {Process}).", binaries.Major, folder.Cluster, server!.Id);
    }

    private async Task ServeAsync(PostgresBinaries binaries, CancellationToken token)
    {
        while (true)
        {
            var from = folder.LogLength;
            server = await ServerProcess.StartAsync(folder, [binaries.Postgres, "-D", folder.Cluster, .. Settings()], token);
            if (await AcceptsAsync(token)) return;
            var why = folder.LastLogLine(from);
            // Sessions of a server that was killed alone end by themselves within moments.
            if (!why.Contains("is still in use", StringComparison.Ordinal))
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL ended while it started: {string.Join(' ', await server.Ended, why).Trim()} Its log is {folder.Log}.");
            }
            await Task.Delay(pause * 10, token);
        }
    }

    private async Task<bool> AcceptsAsync(CancellationToken token)
    {
        while (!server!.Ended.IsCompleted)
        {
            try
            {
                await using var connection = new NpgsqlConnection(AdminConnectionString);
                await connection.OpenAsync(token);
                return true;
            }
            catch (NpgsqlException starting) when (starting is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
            {
                await Task.Delay(pause, token);
            }
        }
        return false;
    }

    // A cluster that was put back from a base backup replays its archive first, and can be read meanwhile, not written.
    private async Task RecoverAsync(CancellationToken token)
    {
        await using var source =
            NamedSource.Create(new NpgsqlConnectionStringBuilder(AdminConnectionString) { ApplicationName = "orderservice-start" });
        await using var ask = source.CreateCommand(
            "SELECT CASE WHEN NOT pg_is_in_recovery() THEN 'done' WHEN pg_get_wal_replay_pause_state() = 'paused' THEN 'paused' ELSE 'at it' END");
        for (var asked = 0; ; asked++)
        {
            var state = (string)(await ask.ExecuteScalarAsync(token))!;
            if (state == "done") return;
            if (state == "paused")
                throw new EmbeddedPostgresException($"The database in {folder.Root} was recovered to the moment that was asked for, and stands still there: set recovery_target_action = 'promote' in {folder.Cluster}/postgresql.auto.conf, and start again.");
            if (asked == 0) logger.LogInformation("PostgreSQL replays the archived log into {Folder}.", folder.Cluster);
            await Task.Delay(pause * 4, token);
        }
    }

    private IEnumerable<string> Settings()
    {
        var durable = options.Durable ? "on" : "off";
        (string Name, string Value)[] settings =
        [
            ("listen_addresses", ""), ("port", "5432"),
            ("unix_socket_directories", socket), ("unix_socket_permissions", "0700"),
            ("fsync", durable), ("synchronous_commit", durable), ("full_page_writes", durable),
            ("max_connections", $"{options.MaxConnections}"), ("shared_buffers", options.SharedBuffers), ("max_wal_size", "2GB"),
            // A new segment of the log holds every commit up while it is made; those that were are kept for a busy hour after a quiet one.
            ("min_wal_size", "512MB"),
            // Compiling a query costs more than any query of this service.
            ("jit", "off"),
            ("timezone", "UTC"), ("log_timezone", "UTC"), ("lc_messages", "C"),
            // Details of an error repeat the values of the row, which do not belong in a log.
            ("log_error_verbosity", "terse"), ("logging_collector", "off"),
        ];
        return settings.SelectMany(setting => (string[])["-c", $"{setting.Name}={setting.Value}"]);
    }

    private async Task CreateDatabaseAsync(CancellationToken token)
    {
        await using var source =
            NamedSource.Create(new NpgsqlConnectionStringBuilder(AdminConnectionString) { ApplicationName = "orderservice-start" });
        await using var roleExists = source.CreateCommand($"SELECT 1 FROM pg_roles WHERE rolname = '{name}'");
        if (await roleExists.ExecuteScalarAsync(token) is null)
        {
            await using var createRole = source.CreateCommand($"CREATE ROLE {name} LOGIN CREATEDB");
            await createRole.ExecuteNonQueryAsync(token);
        }
        await using var databaseExists = source.CreateCommand($"SELECT 1 FROM pg_database WHERE datname = '{name}'");
        if (await databaseExists.ExecuteScalarAsync(token) is not null) return;
        await using var createDatabase = source.CreateCommand($"CREATE DATABASE {name} OWNER {name}");
        await createDatabase.ExecuteNonQueryAsync(token);
    }

    // The password is on the disk before a role has it, and is asked for only when both have it: a start that is cut off in between begins
    // here again.
    private async Task AskForPasswordsAsync(CancellationToken token)
    {
        var wanted = Password.Create(folder.Root);
        await using (var source =
            NamedSource.Create(new NpgsqlConnectionStringBuilder(AdminConnectionString) { ApplicationName = "orderservice-start" }))
        {
            await using var set = source.CreateCommand(
                $"ALTER ROLE postgres PASSWORD '{wanted.Verifier()}'; ALTER ROLE {name} PASSWORD '{wanted.Verifier()}'");
            await set.ExecuteNonQueryAsync(token);
            folder.Allow(withoutPassword: false);
            await using var reload = source.CreateCommand("SELECT pg_reload_conf()");
            await reload.ExecuteNonQueryAsync(token);
        }
        password = wanted;
    }

    private string ConnectionTo(string database, string username) => ConnectionTo(socket, password, database, username);

    private static string ConnectionTo(string socket, Password? password, string database, string username) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = socket,
            Port = 5432,
            Database = database,
            Username = username,
            Password = password?.Text,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Pooling = database == name,
        }.ConnectionString;
}
