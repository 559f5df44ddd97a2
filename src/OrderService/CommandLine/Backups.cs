using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Events;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;

namespace OrderService.CommandLine;

/// <summary>What a backup says of itself: by what it is known whole, and to which key and schema it belongs.</summary>
internal sealed record BackupManifest(
    string MadeAt, int Schema, string MasterKeyId, long Orders, long Accounts, string DumpSha256, string KeySha256);

/// <summary>
/// A backup is a folder, 0700, of three files: a dump of the database, the master key that opens what is sealed in it, and a manifest.
/// Either alone is worth nothing to its owner; both together are the funds, to whoever has them.
/// </summary>
internal static class Backups
{
    private const string Dump = "orders.dump";
    private const string Manifest = "manifest.json";
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Takes one into a folder that is not there yet; half of one is removed.</summary>
    public static async Task<BackupManifest> TakeAsync(
        string connectionString, MasterKey key, string folder, DateTimeOffset now, CancellationToken token)
    {
        if (Directory.Exists(folder) || File.Exists(folder)) throw new CommandLineFault($"{folder} is there already: name a new folder.");
        PrivateFolder.Create(folder);
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await CheckKeyAsync(source, key, token);
            var dump = Path.Combine(folder, Dump);
            var schema = StoreSchema.Of(connectionString);
            await RunAsync("pg_dump", connectionString, ["--format=custom", "--file", dump, .. Only(connectionString)], token);
            var listed = await RunAsync("pg_restore", null, ["--list", dump], token);
            if (!listed.Contains($"TABLE DATA {schema} orders ", StringComparison.Ordinal))
            {
                throw new CommandLineFault("The dump holds no orders: it was not taken from a database of this service.",
                    CommandLineFault.Refused);
            }
            var keyFile = Path.Combine(folder, MasterKeyFile.OwnName);
            WritePrivate(keyFile, key.Reveal() + "\n");
            var manifest = new BackupManifest(now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                (int)await CountAsync(source, "SELECT max(number) FROM schema_migrations", token), key.Id,
                await OrdersAsync(source, token),
                await CountAsync(source, "SELECT count(*) FROM accounts", token), await HashAsync(dump, token),
                await HashAsync(keyFile, token));
            WritePrivate(Path.Combine(folder, Manifest), JsonSerializer.Serialize(manifest, Readable));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(dump, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return manifest;
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>What a folder holds, where it is whole: every file as it was written, and the key the one that it names.</summary>
    public static async Task<(BackupManifest Manifest, MasterKey Key)> CheckAsync(string folder, CancellationToken token)
    {
        var (dump, key, told) = (Path.Combine(folder, Dump), Path.Combine(folder, MasterKeyFile.OwnName), Path.Combine(folder, Manifest));
        foreach (var file in (string[])[dump, key, told])
        {
            if (!File.Exists(file))
                throw new CommandLineFault($"{folder} is no backup: it has no {Path.GetFileName(file)}.", CommandLineFault.Refused);
        }
        BackupManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllTextAsync(told, token), Readable)!;
        }
        catch (JsonException)
        {
            throw new CommandLineFault($"{told} cannot be read.", CommandLineFault.Refused);
        }
        foreach (var (file, hash) in ((string, string)[])[(dump, manifest.DumpSha256), (key, manifest.KeySha256)])
        {
            if (await HashAsync(file, token) != hash)
            {
                throw new CommandLineFault($"{file} is not as it was written: its SHA-256 is another than the manifest's.",
                    CommandLineFault.Refused);
            }
        }
        var master = MasterKeyFile.Read(key);
        return master.Id == manifest.MasterKeyId
            ? (manifest, master)
            : throw new CommandLineFault($"{key} is not the master key that the backup names.", CommandLineFault.Refused);
    }

    /// <summary>
    /// Fills an empty database with a backup that was checked, and begins a new log of events there; returns the log's id.
    /// </summary>
    public static async Task<string> FillAsync(
        string folder, BackupManifest manifest, MasterKey key, string connectionString, CancellationToken token)
    {
        if (manifest.Schema > Migrator.Embedded().Max(migration => migration.Number))
        {
            throw new CommandLineFault("The backup was taken by a newer version of this program: restore it with that one.",
                CommandLineFault.Refused);
        }
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var (store, simulator) = (StoreSchema.Of(connectionString), StoreSchema.SimulatorOf(connectionString));
        if (await CountAsync(source, $"SELECT count(*) FROM pg_tables WHERE schemaname IN ('{store}', '{simulator}')", token) > 0)
        {
            throw new CommandLineFault("The database is not empty: restore into a new one, or into a DATA_DIR without a database.",
                CommandLineFault.Refused);
        }
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await RunAsync("pg_restore", connectionString,
            ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", database, Path.Combine(folder, Dump)],
            token);
        await Migrator.ApplyAsync(source, token);
        await CheckKeyAsync(source, key, token);
        var (orders, accounts) = (await OrdersAsync(source, token),
            await CountAsync(source, "SELECT count(*) FROM accounts", token));
        // The counts were taken just after the dump, while orders may have come.
        if (orders > manifest.Orders || accounts > manifest.Accounts)
            throw new CommandLineFault("What was restored is not what the manifest says.", CommandLineFault.Refused);
        return await EventLog.BeginAsync(source, token);
    }

    /// <summary>Writes a file that only its owner can read.</summary>
    public static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    // Without anything sealed there may be no row, and any key will do.
    private static async Task CheckKeyAsync(NpgsqlDataSource source, MasterKey key, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT check_value FROM master_key");
        if (await command.ExecuteScalarAsync(token) is byte[] value && !CryptographicOperations.FixedTimeEquals(value, key.CheckValue))
        {
            throw new CommandLineFault($"The master key (id {key.Id}) is not the one that this database is sealed with.",
                CommandLineFault.Refused);
        }
    }

    private static async Task<string> RunAsync(
        string program, string? connectionString, IReadOnlyList<string> arguments, CancellationToken token)
    {
        var binaries = await PostgresBinaries.FindProgramAsync(program, token);
        var to = new NpgsqlConnectionStringBuilder(connectionString ?? "");
        string[] target = connectionString is null
            ? []
            : ["--host", to.Host!, "--port", to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--username",
                to.Username ?? "", "--no-password"];
        string[] database = program == "pg_dump" ? [to.Database!] : [];
        var done = await Tool.RunAsync([binaries, .. target, .. arguments, .. database], token, Limit,
            connectionString is null ? [] : VariablesOf(to));
        return done.Succeeded
            ? done.Output : throw new CommandLineFault($"{program} failed: {done.Error.Split('\n')[0]}", CommandLineFault.Refused);
    }

    // A store in a schema of its own has neighbours in its database.
    private static string[] Only(string connectionString) =>
        StoreSchema.IsOwn(connectionString)
            ? [$"--schema={StoreSchema.Of(connectionString)}", $"--schema={StoreSchema.SimulatorOf(connectionString)}"] : [];

    // What the programs read from their environment, so that they prove themselves and ask for proof as the service does.
    private static IEnumerable<(string, string)> VariablesOf(NpgsqlConnectionStringBuilder to)
    {
        if (to.Password is { Length: > 0 } password) yield return ("PGPASSWORD", password);
        if (to.Passfile is { Length: > 0 } passfile) yield return ("PGPASSFILE", passfile);
        if (to.RootCertificate is { Length: > 0 } root) yield return ("PGSSLROOTCERT", root);
        yield return ("PGSSLMODE", to.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var mode => mode.ToString().ToLowerInvariant(),
        });
    }

    // A version before kept those that have ended beside the others.
    private static async Task<long> OrdersAsync(NpgsqlDataSource source, CancellationToken token) =>
        await CountAsync(source, "SELECT count(*) FROM orders", token)
            + (await CountAsync(source, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'ended_orders'", token) == 0
                ? 0 : await CountAsync(source, "SELECT count(*) FROM ended_orders", token));

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql, CancellationToken token)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(token), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> HashAsync(string path, CancellationToken token)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, token));
    }
}
