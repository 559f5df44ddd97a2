using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.EmbeddedPostgres;

namespace OrderService.Tests.Ground;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string folder = PostgresCluster.NewFolder("embedded");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [LocalPostgresFact]
    public async Task A_new_folder_gets_a_durable_cluster_that_keeps_its_rows()
    {
        await using (var first = await StartAsync(folder))
        {
            (await ScalarAsync(first.ConnectionString, "SELECT current_user || ' ' || current_database()")).ShouldBe(
                "orderservice orderservice");
            foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
                (await ScalarAsync(first.ConnectionString, $"SHOW {setting}")).ShouldBe("on");
            (await ScalarAsync(first.ConnectionString, "SHOW listen_addresses")).ShouldBe("");
            await ScalarAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        }
        await using var second = await StartAsync(folder);
        (await ScalarAsync(second.ConnectionString, "SELECT value FROM kept")).ShouldBe(42);
    }

    [LocalPostgresFact]
    public async Task The_socket_folder_is_closed_to_others()
    {
        await using var postgres = await StartAsync(folder);
        var socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        new DirectoryInfo(socket).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [LocalPostgresFact]
    public async Task A_killed_server_ends_visibly_and_starts_again_with_what_was_committed()
    {
        await using (var killed = await StartAsync(folder))
        {
            await ScalarAsync(killed.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
            Process.GetProcessById(killed.ProcessId).Kill();
            await killed.Ended.WaitAsync(Until.Limit);
        }
        await using var again = await StartAsync(folder);
        (await ScalarAsync(again.ConnectionString, "SELECT value FROM kept")).ShouldBe(42);
    }

    [LocalPostgresFact]
    public async Task A_killed_service_takes_its_server_along_and_its_successor_starts_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var (child, answer) = await PostgresChild.StartAsync(folder);
            using var disposed = child;
            answer[0].ShouldBe("ready", string.Join('|', answer));
            await ScalarAsync(answer[2], $"CREATE TABLE kept_{round} AS SELECT 42 AS value");
            await child.KillAsync();
        }
        await using var successor = await StartAsync(folder);
        (await ScalarAsync(successor.ConnectionString, "SELECT k.value + l.value + m.value FROM kept_0 k, kept_1 l, kept_2 m")).ShouldBe(
            126);
    }

    [LocalPostgresFact]
    public async Task A_second_service_on_the_same_folder_is_refused()
    {
        await using var first = await StartAsync(folder);
        (await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(folder))).Message.ShouldStartWith(
            "Another running service uses the data folder");

        var (child, answer) = await PostgresChild.StartAsync(folder);
        using var disposed = child;
        answer[0].ShouldBe("refused");
        answer[1].ShouldStartWith("Another running service uses the data folder");
        (await ScalarAsync(first.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [LocalPostgresFact]
    public async Task A_home_that_only_its_owner_may_enter_is_good_enough()
    {
        var data = Path.Combine(PrivateFolder.Create(Path.Combine(folder, "home")), "clone", "data");
        for (var round = 0; round < 2; round++)
        {
            await using var postgres = await StartAsync(data);
            (await ScalarAsync(postgres.ConnectionString, "SELECT 1")).ShouldBe(1);
        }
    }

    [LocalPostgresFact]
    public async Task A_long_or_odd_path_gets_a_short_socket_folder_that_goes_with_the_server()
    {
        var data = Path.Combine(folder, "a, \"very\" 'long' $HOME;ö", new string('x', 100));
        string socket;
        await using (var postgres = await StartAsync(data))
        {
            socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
            (await ScalarAsync(postgres.ConnectionString, "SELECT 1")).ShouldBe(1);
            Directory.Exists(socket).ShouldBeTrue();
        }
        Directory.Exists(socket).ShouldBeFalse();
    }

    [LocalPostgresFact]
    public async Task A_stale_pid_file_that_names_a_living_stranger_is_no_obstacle()
    {
        await using (await StartAsync(folder)) { }
        var pidFile = Path.Combine(folder, "postgres", "cluster", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n{Path.GetDirectoryName(pidFile)}\n1\n5432\n\n\n  1 1\nready\n");
        await using var postgres = await StartAsync(folder);
        (await ScalarAsync(postgres.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    // The stranger is of the server's own account: of another's, Postgres itself sees that it cannot be a server here.
    [LocalPostgresFact]
    public async Task A_stale_socket_lock_that_names_a_living_stranger_is_no_obstacle()
    {
        string socket;
        await using (var first = await StartAsync(folder)) socket = new NpgsqlConnectionStringBuilder(first.ConnectionString).Host!;
        await using var stranger = await StartAsync(Path.Combine(folder, "stranger"));
        await File.WriteAllTextAsync(Path.Combine(socket, ".s.PGSQL.5432.lock"), $"{stranger.ProcessId}\n{folder}\n1\n5432\n{socket}\n");
        await using var postgres = await StartAsync(folder);
        (await ScalarAsync(postgres.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [LocalPostgresFact]
    public async Task Data_of_another_version_are_refused_in_one_sentence()
    {
        await using (await StartAsync(folder)) { }
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres", "cluster", "PG_VERSION"), "9\n");
        (await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(folder))).Message.ShouldContain(
            "were written by PostgreSQL 9, but only PostgreSQL");
    }

    [LocalPostgresFact]
    public async Task A_folder_without_the_programs_is_refused_in_one_sentence()
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, BinDirectory = "/nowhere" };
        (await Should.ThrowAsync<EmbeddedPostgresException>(
            () => EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None)))
            .Message.ShouldStartWith("There is no PostgreSQL server in /nowhere");
    }

    [LocalPostgresFact]
    public async Task A_setting_that_postgres_refuses_is_told_in_its_own_words()
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, SharedBuffers = "much" };
        (await Should.ThrowAsync<EmbeddedPostgresException>(
            () => EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None)))
            .Message.ShouldContain("invalid value for parameter \"shared_buffers\"");
    }

    [LocalPostgresFact]
    public async Task S9_Nothing_of_the_services_environment_is_in_the_servers()
    {
        Environment.SetEnvironmentVariable("Accounts__MasterKeyOfThisTest", "a-secret");
        try
        {
            await using var postgres = await StartAsync(folder);
            var names = (await File.ReadAllTextAsync($"/proc/{postgres.ProcessId}/environ")).Split('\0',
                StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')[0]).ToList();
            names.ShouldContain("LC_ALL");
            names.Where(name => name.Contains("__", StringComparison.Ordinal)).ShouldBeEmpty();
            ((string)(await ScalarAsync(postgres.AdminConnectionString,
                "CREATE TEMP TABLE seen (line text); COPY seen FROM PROGRAM 'env'; SELECT string_agg(line, ' ') FROM seen"))!).ShouldNotContain("a-secret");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Accounts__MasterKeyOfThisTest", null);
        }
    }

    [LocalPostgresFact]
    public async Task S9_Who_reaches_the_socket_without_the_password_is_refused()
    {
        await using var postgres = await StartAsync(folder);
        foreach (var own in new[] { postgres.ConnectionString, postgres.AdminConnectionString })
        {
            foreach (var wrong in new[] { "orderservice", new string('0', 64) })
            {
                var stranger = new NpgsqlConnectionStringBuilder(own) { Password = wrong }.ConnectionString;
                (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(stranger, "SELECT 1"))).SqlState.ShouldBe(
                    PostgresErrorCodes.InvalidPassword);
            }
        }
        new FileInfo(Path.Combine(folder, "postgres", "password")).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        new FileInfo(Path.Combine(folder, "service.lock")).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [LocalPostgresFact]
    public async Task S9_A_cluster_without_passwords_gets_them_and_keeps_its_rows()
    {
        await using (var before = await StartAsync(folder))
        {
            await ScalarAsync(before.AdminConnectionString,
                "ALTER ROLE postgres PASSWORD NULL; ALTER ROLE orderservice PASSWORD NULL; CREATE TABLE kept AS SELECT 42 AS value; SELECT 1");
        }
        // as a version before wrote it
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres", "cluster", "pg_hba.conf"), "local all all trust\n");
        File.Delete(Path.Combine(folder, "postgres", "password"));
        for (var start = 0; start < 2; start++)
        {
            await using var after = await StartAsync(folder);
            (await ScalarAsync(after.AdminConnectionString, "SELECT value FROM kept")).ShouldBe(42);
            (await ScalarAsync(after.AdminConnectionString,
                "SELECT count(*) FROM pg_authid WHERE rolname IN ('postgres', 'orderservice') AND rolpassword LIKE 'SCRAM-SHA-256$%'")).ShouldBe(2L);
            await Should.ThrowAsync<PostgresException>(() =>
                ScalarAsync(new NpgsqlConnectionStringBuilder(after.ConnectionString) { Password = "wrong" }.ConnectionString, "SELECT 1"));
        }
    }

    private static Task<EmbeddedServer> StartAsync(string data) =>
        EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataDirectory = data }, NullLogger.Instance, CancellationToken.None);

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection =
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
