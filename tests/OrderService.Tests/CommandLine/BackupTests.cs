using System.Diagnostics;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Sealing;
using OrderService.Tests.Accounts;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.CommandLine;

/// <summary>The verbs backup and restore: what was taken is what comes back, and what is not whole is refused.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class BackupTests : IAsyncLifetime
{
    private readonly string _folder = PostgresCluster.NewFolder("backup");

    private string KeyFile => Path.Combine(_folder, "key");

    private string To => Path.Combine(_folder, "taken");

    public BackupTests()
    {
        File.WriteAllText(KeyFile, new string('5', 64));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => ServerFolder.RemoveAsync(_folder);

    [LocalPostgresFact]
    public async Task O3_What_a_backup_took_is_swapped_and_opened_where_it_was_restored()
    {
        await using var database = await TestDatabase.CreateAsync();
        Order order;
        await using (var world = await EngineWorld.StartAsync(database.ConnectionString))
        {
            order = await world.CreateAsync(world.Terms());
            var account = await world.OpenAccountAsync(5_000_000);
            (await world.TryCreateManagedAsync(account, 2_000_000, parts: 2)).Error.ShouldBeNull();
        }
        var taken = await CommandRun.OfAsync("backup", "--to", To, "--key-file", KeyFile, "--connection", database.ConnectionString);
        taken.ExitCode.ShouldBe(0, taken.Error);
        taken.Error.ShouldContain("2 orders and 1 accounts");
        foreach (var file in Directory.GetFiles(To))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        File.GetUnixFileMode(To).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var back = Path.Combine(_folder, "back.key");
        var empty = await (await PostgresCluster.SharedAsync()).CreateEmptyAsync();
        var restored = await CommandRun.OfAsync("restore", "--from", To, "--key-file", back, "--connection", empty);
        restored.ExitCode.ShouldBe(0, restored.Error);
        MasterKeyFile.Read(back).Id.ShouldBe(MasterKeyFile.Read(KeyFile).Id);
        await using (var world = await EngineWorld.StartAsync(empty))
        {
            for (var beat = 0; beat < 6; beat++)
            {
                await world.BeatAsync();
                world.Time.Advance(TimeSpan.FromSeconds(30));
            }
            (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
            // the account's key was opened too
            (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed'")).ShouldBe(2);
        }
        var again = await CommandRun.OfAsync("restore", "--from", To, "--key-file", back, "--connection", empty);
        (again.ExitCode, again.Error).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(1), a => a.Error.ShouldContain("is not empty"));
        await (await PostgresCluster.SharedAsync()).DropAsync(empty);
    }

    [LocalPostgresFact]
    public async Task O3_A_backup_of_a_store_in_a_schema_of_its_own_takes_no_neighbour()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var world = await EngineWorld.StartAsync(database.ConnectionString)) await world.CreateAsync(world.Terms());
        var own = await NeighbourStore.CreateAsync(database.ConnectionString, "shop");
        Order order;
        await using (var world = await EngineWorld.StartAsync(own)) order = await world.CreateAsync(world.Terms());
        var taken = await CommandRun.OfAsync("backup", "--to", To, "--key-file", KeyFile, "--connection", own);
        taken.ExitCode.ShouldBe(0, taken.Error);

        var empty = await (await PostgresCluster.SharedAsync()).CreateEmptyAsync();
        var there = new NpgsqlConnectionStringBuilder(empty) { SearchPath = "shop" }.ConnectionString;
        var restored =
            await CommandRun.OfAsync("restore", "--from", To, "--key-file", Path.Combine(_folder, "back.key"), "--connection", there);
        restored.ExitCode.ShouldBe(0, restored.Error);
        await using (var world = await EngineWorld.StartAsync(there))
        {
            await world.BeatAsync();
            (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
            (await world.ScalarAsync("SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'simulator')")).ShouldBe(0);
        }
        await (await PostgresCluster.SharedAsync()).DropAsync(empty);
    }

    [LocalPostgresFact]
    public async Task O3_What_is_not_whole_or_belongs_to_another_key_is_refused_and_leaves_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var world = await EngineWorld.StartAsync(database.ConnectionString)) await world.CreateAsync(world.Terms());
        var other = Path.Combine(_folder, "other");
        MasterKeyFile.Create(other);
        await RefusedAsync("is not the one that this database is sealed with", "backup", "--to", To, "--key-file", other, "--connection",
            database.ConnectionString);
        Directory.Exists(To).ShouldBeFalse();
        (await CommandRun.OfAsync("backup", "--to", To, "--key-file", KeyFile, "--connection",
            database.ConnectionString)).ExitCode.ShouldBe(0);
        var twice = await CommandRun.OfAsync("backup", "--to", To, "--key-file", KeyFile, "--connection", database.ConnectionString);
        twice.ExitCode.ShouldBe(2);

        var nowhere = "Host=127.0.0.1;Port=1;Database=none;Username=nobody"; // not reached
        await RefusedAsync("holds another master key", "restore", "--from", To, "--key-file", other, "--connection", nowhere);
        await RefusedAsync("is no backup", "restore", "--from", _folder, "--key-file", KeyFile, "--connection", nowhere);
        var dump = Path.Combine(To, "orders.dump");
        var bytes = await File.ReadAllBytesAsync(dump);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(dump, bytes);
        await RefusedAsync("is not as it was written", "restore", "--from", To, "--key-file", KeyFile, "--connection", nowhere);
    }

    [LocalPostgresFact]
    public async Task O3_A_backup_of_a_running_service_is_restored_into_a_new_data_folder()
    {
        var (first, second) = (Path.Combine(_folder, "first"), Path.Combine(_folder, "second"));
        var order = Wallet.ManualOrder();
        await using (var service = await ServiceProcess.StartEmbeddedAsync(first))
        {
            (await service.CreateAsync(order))!.Status.ShouldBe(200);
            var (exit, told) = await VerbAsync(first, "backup", "--to", To);
            exit.ShouldBe(0, told);
            // Where the password is in a file that the connection string names, the programs that dump are told of it.
            var file = Path.Combine(_folder, "pgpass");
            await File.WriteAllTextAsync(file,
                $"*:*:*:*:{(await File.ReadAllTextAsync(Path.Combine(first, "postgres", "password"))).Trim()}\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var socket = Path.Combine(first, "postgres", "socket");
            var by = Path.Combine(_folder, "by-file");
            (exit, told) = await VerbAsync(Path.Combine(_folder, "none"), "backup", "--to", by, "--connection",
                $"Host={socket};Database=orderservice;Username=orderservice;Passfile={file}");
            exit.ShouldBe(0, told);
        }
        var (code, text) = await VerbAsync(second, "restore", "--from", To);
        code.ShouldBe(0, text);
        File.GetUnixFileMode(Path.Combine(second, "master.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var restored = await ServiceProcess.StartEmbeddedAsync(second, ServiceProcess.LongLease);
        (await restored.ReadAsync(order.Uuid))!.Status.ShouldBe(200);
        await restored.PricesAsync();
        (await restored.ExecuteAsync(order.Uuid))!.Status.ShouldBe(200); // its signature was opened
    }

    private static async Task RefusedAsync(string why, params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        (run.ExitCode, run.Error).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain(why));
    }

    private static async Task<(int ExitCode, string Text)> VerbAsync(string data, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ServiceProcess.Program, .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DATA_DIR"] = data;
        start.Environment["Accounts__MasterKey"] = new string('5', 64);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
