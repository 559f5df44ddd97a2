using Npgsql;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Persistence;

/// <summary>The checks that every host has.</summary>
internal static class ReadinessChecks
{
    private const int TimeoutSeconds = 1;

    /// <summary>The database answers.</summary>
    public static ReadinessCheck Database(NpgsqlDataSource source) => new("database", async token =>
    {
        await using var command = source.CreateCommand("SELECT 1");
        command.CommandTimeout = TimeoutSeconds;
        await command.ExecuteScalarAsync(token);
        return new ReadinessResult(true);
    });

    /// <summary>
    /// The schema is this program's. A later one is fine: while nodes are renewed one by one, the new ones migrate first.
    /// </summary>
    public static ReadinessCheck Migrations(NpgsqlDataSource source)
    {
        var wanted = Migrator.Embedded().Max(migration => migration.Number);
        return new("migrations", async token =>
        {
            var applied = await LatestAsync(source, token);
            return new ReadinessResult(applied >= wanted, applied >= wanted ? null : "the schema is older than this program",
                new { applied, wanted });
        });
    }

    /// <summary>No worker is late.</summary>
    public static ReadinessCheck Workers(WorkerBeats beats) => new("workers", _ =>
    {
        var all = beats.All();
        var late = all.Where(beat => beat.IsLate).Select(beat => beat.Name).ToArray();
        var seconds = all.ToDictionary(beat => beat.Name, beat => Math.Round(beat.Age.TotalSeconds, 1));
        return Task.FromResult(new ReadinessResult(late.Length == 0, late.Length == 0 ? null : $"late: {string.Join(", ", late)}",
            new { secondsSinceBeat = seconds }));
    });

    /// <summary>
    /// Which library checks signatures. The slower one is no reason to get no requests; whoever runs the service should know it.
    /// </summary>
    public static ReadinessCheck Signatures() => new("signatures", _ =>
        Task.FromResult(new ReadinessResult(true, Detail: new { library = Secp256k1.LibraryName, isNative = Secp256k1.IsNative })));

    private static async Task<int> LatestAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT coalesce(max(number), 0) FROM schema_migrations");
        command.CommandTimeout = TimeoutSeconds;
        try
        {
            return (int)(await command.ExecuteScalarAsync(token))!;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }
}
