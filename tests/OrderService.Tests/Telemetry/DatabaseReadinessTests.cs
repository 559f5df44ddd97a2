using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Telemetry;

public sealed class DatabaseReadinessTests
{
    [Fact]
    public async Task A_migrated_database_is_ready_and_one_behind_is_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);

        (await ReadinessChecks.Database(source).Check(CancellationToken.None)).IsReady.ShouldBeTrue();
        var migrations = ReadinessChecks.Migrations(source);
        (await migrations.Check(CancellationToken.None)).IsReady.ShouldBeTrue();

        await ExecuteAsync(source, "DELETE FROM schema_migrations WHERE number = (SELECT max(number) FROM schema_migrations)");
        (await migrations.Check(CancellationToken.None)).Why.ShouldBe("the schema is older than this program");

        await ExecuteAsync(source, "DROP TABLE schema_migrations");
        (await migrations.Check(CancellationToken.None)).IsReady.ShouldBeFalse();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
