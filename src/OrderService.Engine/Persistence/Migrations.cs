using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Persistence;

/// <summary>
/// One numbered step of the schema: a file <c>Migrations/NNNN_name.sql</c> that is never edited after its release. What nodes of the
/// version before can work beside, such as a new table or a column with a default, begins with the line <c>-- expands</c>. What may not
/// hold a table up, such as an index on one that has rows, begins with <c>-- concurrently</c>: its statements run one by one outside of a
/// transaction, so each must be right where it was cut off before.
/// </summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>A program that does not know it works all the same.</summary>
    public bool IsExpanding => IsConcurrent || Sql.StartsWith("-- expands\n", StringComparison.Ordinal);

    /// <summary>It runs outside of a transaction.</summary>
    public bool IsConcurrent => Sql.StartsWith("-- concurrently\n", StringComparison.Ordinal);

    /// <summary>SHA-256 of the text with LF line ends, so that a checkout with other line ends is the same file.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

/// <summary>The database was migrated by other files than this program has; the message says which and what to do.</summary>
internal sealed class MigrationException(string message) : Exception(message);

/// <summary>Brings a database to the schema of this program: each file once, in order, forward only.</summary>
internal static partial class Migrator
{
    // Any number will do as long as it stays the same: every node of the service asks for this lock.
    private const long advisoryLock = 7_310_579_425_001;

    // Whoever waits for a table's lock has all others wait behind him: he lets them pass after this long, and tries again.
    private const string LockLimit = "3s";
    private const int TriesMax = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Task ApplyAsync(NpgsqlDataSource source, CancellationToken token, ILogger? log = null) =>
        ApplyAsync(source, Embedded(), token, log);

    /// <summary>Safe to call from many processes at once: one applies, the others find it done.</summary>
    internal static async Task ApplyAsync(
        NpgsqlDataSource source, IReadOnlyList<Migration> migrations, CancellationToken token, ILogger? log = null)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await ExecuteAsync(connection, "SET statement_timeout = 0; SET lock_timeout = 0", token);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({advisoryLock})", token);
        try
        {
            await CreateSchemaAsync(connection, StoreSchema.Of(source.ConnectionString), token);
            await ExecuteAsync(connection, """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    number     int         PRIMARY KEY,
                    name       text        NOT NULL,
                    checksum   text        NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now()
                );
                ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS expands boolean NOT NULL DEFAULT false
                """, token);
            var applied = await AppliedAsync(connection, token);
            Verify(applied, migrations);
            foreach (var migration in migrations.Where(migration => !applied.ContainsKey(migration.Number))
                .OrderBy(migration => migration.Number))
            {
                await ApplyAsync(connection, migration, StoreSchema.SimulatorOf(source.ConnectionString), log, token);
            }
        }
        finally
        {
            // A connection that broke has lost the lock already; it must not hide what broke it.
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({advisoryLock}); RESET statement_timeout; RESET lock_timeout",
                    CancellationToken.None);
            }
        }
    }

    /// <summary>The files embedded in this program, by number.</summary>
    internal static IReadOnlyList<Migration> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            var match = FileName().Match(resource);
            if (!match.Success) throw new MigrationException($"The embedded file {resource} is not named NNNN_name.sql.");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            migrations.Add(
                new Migration(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value, reader.ReadToEnd()));
        }
        var twice = migrations.GroupBy(migration => migration.Number).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new MigrationException(
                $"Two migrations have the number {twice.Key:0000}: {string.Join(" and ", twice.Select(migration => migration.Name))}.");
        }
        return [.. migrations.OrderBy(migration => migration.Number)];
    }

    // A store in a schema of its own makes that where it is not there yet, which asks for the right to.
    private static async Task CreateSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken token)
    {
        await using var select =
            new NpgsqlCommand("SELECT to_regnamespace($1) IS NOT NULL", connection) { Parameters = { new() { Value = schema } } };
        if (!(bool)(await select.ExecuteScalarAsync(token))!) await ExecuteAsync(connection, $"CREATE SCHEMA {schema}", token);
    }

    private static void Verify(Dictionary<int, AppliedMigration> applied, IReadOnlyList<Migration> migrations)
    {
        var known = migrations.ToDictionary(migration => migration.Number);
        foreach (var (number, (name, checksum, expands)) in applied.OrderBy(row => row.Key))
        {
            if (!known.TryGetValue(number, out var migration))
            {
                if (expands) continue;
                throw new MigrationException($"The database has the migration {number:0000}_{name}, which this program does not know: it was written by a newer version; run that version or a later one.");
            }
            if (migration.Checksum != checksum)
                throw new MigrationException($"The migration {number:0000}_{migration.Name} has been edited since it was applied to this database: restore the file and put the change into a new one.");
        }
        // A number below an applied one would run on a schema that it was not written for.
        var late = migrations.FirstOrDefault(
            migration => !applied.ContainsKey(migration.Number) && applied.Keys.Any(number => number > migration.Number));
        if (late is not null)
        {
            throw new MigrationException(
                $"The migration {late.Number:0000}_{late.Name} was added behind one that is applied already: give it the next number.");
        }
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, Migration migration, string simulator, ILogger? log, CancellationToken token)
    {
        var sql = StoreSchema.WithSimulator(migration.Sql, simulator);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await (migration.IsConcurrent
                    ? ApplyAloneAsync(connection, migration, sql, token) : ApplyWholeAsync(connection, migration, sql, token));
                return;
            }
            catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable && tries < TriesMax)
            {
                if (log is not null) EngineLog.MigrationWaits(log, migration.Number, migration.Name, tries);
                await Task.Delay(Pause, token);
            }
        }
    }

    private static async Task ApplyWholeAsync(NpgsqlConnection connection, Migration migration, string sql, CancellationToken token)
    {
        await using var transaction = await connection.BeginTransactionAsync(token);
        await ExecuteAsync(connection, $"SET LOCAL lock_timeout = '{LockLimit}'", token);
        await ExecuteAsync(connection, sql, token);
        await RecordAsync(connection, migration, token);
        await transaction.CommitAsync(token);
    }

    private static async Task ApplyAloneAsync(NpgsqlConnection connection, Migration migration, string sql, CancellationToken token)
    {
        foreach (var statement in sql.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            await ExecuteAsync(connection, statement, token);
        await RecordAsync(connection, migration, token);
    }

    private static async Task RecordAsync(NpgsqlConnection connection, Migration migration, CancellationToken token)
    {
        await using var record =
            new NpgsqlCommand("INSERT INTO schema_migrations (number, name, checksum, expands) VALUES ($1, $2, $3, $4)", connection)
            {
                Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum },
                    new() { Value = migration.IsExpanding } },
            };
        await record.ExecuteNonQueryAsync(token);
    }

    private static async Task<Dictionary<int, AppliedMigration>> AppliedAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var select = new NpgsqlCommand("SELECT number, name, checksum, expands FROM schema_migrations", connection);
        await using var rows = await select.ExecuteReaderAsync(token);
        var applied = new Dictionary<int, AppliedMigration>();
        while (await rows.ReadAsync(token))
            applied.Add(rows.GetInt32(0), new AppliedMigration(rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(token);
    }

    private sealed record AppliedMigration(string Name, string Checksum, bool Expands);

    [GeneratedRegex(@"\.(\d{4})_([a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();
}
