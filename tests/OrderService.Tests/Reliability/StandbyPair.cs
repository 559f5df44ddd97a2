using System.Diagnostics;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>Two servers, of which the second is the first one's synchronous standby. They end with the tests, however these end.</summary>
internal sealed class StandbyPair : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PostgresBinaries _binaries;
    private readonly ServerAccount _account;
    private readonly List<Process> _shells = [];

    private StandbyPair(string folder, PostgresBinaries binaries, ServerAccount account) =>
        (_folder, _binaries, _account) = (folder, binaries, account);

    /// <summary>Leads to whichever of the two takes writes.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder { Host = $"{SocketOf("a")},{SocketOf("b")}", Username = "postgres",
            Database = "orders" }.ConnectionString;

    /// <summary>Leads to the standby, whatever it is by now.</summary>
    public string StandbyConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Host = SocketOf("b") }.ConnectionString;

    /// <summary>Both, the second one waiting for the first one's log; commits do not wait for it yet.</summary>
    public static async Task<StandbyPair> StartAsync()
    {
        var folder = PostgresCluster.NewFolder("standby");
        var account = await ServerAccount.ForNewAsync(folder, CancellationToken.None)
            ?? throw new InvalidOperationException($"no account can run a server in {folder}");
        var pair =
            new StandbyPair(folder, await PostgresBinaries.FindAsync(asked: null, written: null, "", CancellationToken.None), account);
        await pair.RunAsync(pair._binaries.InitDb, "-D", pair.DataOf("a"), "-U", "postgres", "-A", "trust", "-N");
        await pair.ServeAsync("a");
        await pair.ExecuteAsync("a", "CREATE DATABASE orders");
        await pair.RunAsync(Path.Combine(pair._binaries.Folder, "pg_basebackup"), "-d",
            $"host={pair.SocketOf("a")} user=postgres application_name=b", "-D", pair.DataOf("b"), "-R", "-c", "fast");
        await pair.ServeAsync("b");
        return pair;
    }

    /// <summary>From here on each commit of the first waits for the second.</summary>
    public async Task WaitForStandbyAsync()
    {
        await ExecuteAsync("a", "ALTER SYSTEM SET synchronous_standby_names = 'b'");
        await ExecuteAsync("a", "SELECT pg_reload_conf()");
        await Until.Async(() => ScalarAsync("a", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"),
            standbys => standbys is 1L);
    }

    /// <summary>The standby's processes stand still, or go on.</summary>
    public void Stop(bool isStopped) => ServerProcesses.Send(DataOf("b"), isStopped ? KillPoint.Stop : KillPoint.Continue);

    /// <summary>The first one's processes stand still: whoever calls it waits.</summary>
    public void StopPrimary() => ServerProcesses.Send(DataOf("a"), KillPoint.Stop);

    /// <summary>kill -9 of all processes of the first.</summary>
    public void KillPrimary() => ServerProcesses.Send(DataOf("a"), KillPoint.Kill);

    /// <summary>The standby takes writes from here on.</summary>
    public Task PromoteAsync() => ExecuteAsync("b", "SELECT pg_promote()");

    public async ValueTask DisposeAsync()
    {
        Stop(isStopped: false);
        ServerProcesses.Send(DataOf("a"), KillPoint.Continue);
        foreach (var shell in _shells)
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync();
            shell.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private string DataOf(string name) => Path.Combine(_folder, $"{name}-data");

    private string SocketOf(string name) => Path.Combine(_folder, name);

    private async Task ServeAsync(string name)
    {
        Directory.CreateDirectory(SocketOf(name));
        await _account.GiveAsync(SocketOf(name), CancellationToken.None);
        const string script = "\"$@\" >>\"$0/log\" 2>&1 & cat; kill -QUIT $!; wait";
        string[] server = [_binaries.Postgres, "-D", DataOf(name), "-k", SocketOf(name), "-c", "listen_addresses=", "-c", "fsync=off", "-c",
            "max_connections=200"];
        _shells.Add(Process.Start(Tool.StartInfo([.. _account.Prefix, "sh", "-c", script, SocketOf(name), .. server]))!);
        await Until.Async(() => ServesAsync(name), serves => serves);
    }

    private async Task<bool> ServesAsync(string name)
    {
        try
        {
            return await ScalarAsync(name, "SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false; // it starts
        }
    }

    private async Task RunAsync(params string[] command)
    {
        var outcome = await Tool.RunAsync([.. _account.Prefix, .. command], CancellationToken.None);
        outcome.Succeeded.ShouldBeTrue(outcome.Error);
    }

    private async Task ExecuteAsync(string name, string sql) => await ScalarAsync(name, sql);

    private async Task<object?> ScalarAsync(string name, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = SocketOf(name), Username = "postgres", Database = "postgres", Pooling = false,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
