using System.Diagnostics;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// The steps of "To a moment" in docs/operations.md, on the embedded server: a base backup and the archived log bring the store back to a
/// moment between two orders.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PointInTimeTests : IAsyncLifetime
{
    private readonly string _folder = PostgresCluster.NewFolder("moment");
    private ServerAccount _account = null!;

    private string Data => Path.Combine(_folder, "data");

    private string Cluster => Path.Combine(Data, "postgres", "cluster");

    private string Archive => Path.Combine(_folder, "wal");

    private string Base => Path.Combine(_folder, "base");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Archive);
        _account = await ServerAccount.ForNewAsync(_folder, CancellationToken.None)
            ?? throw new InvalidOperationException($"no account can run a server in {_folder}");
        await _account.GiveAsync(Archive, CancellationToken.None);
    }

    public Task DisposeAsync() => ServerFolder.RemoveAsync(_folder);

    [LocalPostgresFact]
    public async Task A_store_brought_back_to_a_moment_has_the_order_before_it_and_not_the_one_after()
    {
        await using (var first = await ServiceProcess.StartEmbeddedAsync(Data))
        {
            await AdminAsync("ALTER SYSTEM SET archive_mode = on");
            await AdminAsync($"ALTER SYSTEM SET archive_command = 'test ! -f {Archive}/%f && cp %p {Archive}/%f.part && sync {Archive}/%f.part && mv {Archive}/%f.part {Archive}/%f'");
        }
        var (before, after) = (Wallet.ManualOrder(), Wallet.ManualOrder());
        string moment, log;
        await using (var service = await ServiceProcess.StartEmbeddedAsync(Data))
        {
            await CopyAsync();
            (await service.CreateAsync(before))!.Status.ShouldBe(200);
            moment = (string)(await AdminAsync("SELECT clock_timestamp()::text"))!;
            (await service.CreateAsync(after))!.Status.ShouldBe(200);
            log = await LogAsync();
            var segment = Path.Combine(Archive, (string)(await AdminAsync("SELECT pg_walfile_name(pg_switch_wal())"))!);
            await Until.Async(() => Task.FromResult(File.Exists(segment)), isArchived => isArchived);
        }

        Directory.Move(Cluster, Cluster + ".before");
        await RunAsync("cp", "-a", Base, Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "recovery.signal"), "");
        await File.AppendAllTextAsync(Path.Combine(Cluster, "postgresql.auto.conf"), $"""

            restore_command = 'cp {Archive}/%f %p'
            recovery_target_time = '{moment}'
            recovery_target_action = 'promote'

            """);
        await _account.GiveAsync(Cluster, CancellationToken.None);
        var begun = await NewLogAsync();

        await using var restored = await ServiceProcess.StartEmbeddedAsync(Data, ServiceProcess.LongLease);
        begun.ShouldNotBe(log);
        (await LogAsync()).ShouldBe(begun);
        (await restored.ReadAsync(before.Uuid))!.Status.ShouldBe(200);
        (await restored.ReadAsync(after.Uuid))!.Status.ShouldBe(404);
        (await restored.CreateAsync(after))!.Status.ShouldBe(200); // whoever has the signed body can post it again
        await restored.PricesAsync();
        (await restored.ExecuteAsync(before.Uuid))!.Status.ShouldBe(200); // its signature is opened
    }

    private async Task CopyAsync()
    {
        var binaries = await PostgresBinaries.FindAsync(asked: null, written: null, "", CancellationToken.None);
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "postgres", "password"))).Trim();
        var outcome = await Tool.RunAsync([Path.Combine(binaries.Folder, "pg_basebackup"), "--host", Socket, "--username", "postgres",
            "--pgdata", Base, "--checkpoint", "fast"], CancellationToken.None, null, ("PGPASSWORD", password));
        outcome.Succeeded.ShouldBeTrue(outcome.Error);
    }

    private string Socket => EmbeddedServer.RunningIn(Data) is { } running
        ? new NpgsqlConnectionStringBuilder(running).Host! : throw new InvalidOperationException("no server runs");

    private async Task<string> LogAsync() => (string)(await AdminAsync("SELECT log_id::text FROM event_log", "orderservice"))!;

    private async Task<object?> AdminAsync(string sql, string database = "postgres")
    {
        var admin = new NpgsqlConnectionStringBuilder(EmbeddedServer.RunningIn(Data))
        {
            Username = "postgres", Database = database, Pooling = false,
        };
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task<string> NewLogAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ServiceProcess.Dll("src/OrderService", "OrderService.dll"), "new-log"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DATA_DIR"] = Data;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return (await output).Trim().Split('\n')[^1];
    }

    private static async Task RunAsync(params string[] command)
    {
        var outcome = await Tool.RunAsync(command, CancellationToken.None);
        outcome.Succeeded.ShouldBeTrue(outcome.Error);
    }
}
