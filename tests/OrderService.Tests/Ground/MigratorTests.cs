using Microsoft.Extensions.Logging;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Tests.Ground;

public sealed class MigratorTests
{
    // Numbers far above the real files, which the template has already.
    private static readonly Migration[] two =
    [
        new(9001, "first", "CREATE TABLE first (id int); INSERT INTO first VALUES (1);"),
        new(9002, "second", "DO $$ BEGIN PERFORM pg_sleep(0.2); END $$;\nINSERT INTO first VALUES (2);\n"),
    ];

    [Fact]
    public async Task Every_file_runs_once_however_many_ask_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ApplyAsync(source, two)));
        await ApplyAsync(source, two);
        (await ScalarAsync(source, "SELECT count(*) FROM first")).ShouldBe(2L);
        (await ScalarAsync(source, "SELECT string_agg(name, ' ' ORDER BY number) FROM schema_migrations WHERE number > 9000")).ShouldBe(
            "first second");
    }

    [Fact]
    public async Task The_files_of_the_program_apply_twice_without_a_change()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await Task.WhenAll(Migrator.ApplyAsync(source, CancellationToken.None), Migrator.ApplyAsync(source, CancellationToken.None));
        (await ScalarAsync(source, "SELECT count(*) FROM schema_migrations")).ShouldBe((long)Migrator.Embedded().Count);
    }

    [Fact]
    public async Task An_edited_file_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ApplyAsync(source, two);
        (await Should.ThrowAsync<MigrationException>(() => ApplyAsync(source, two[0], two[1] with { Sql = two[1].Sql + "\n" })))
            .Message.ShouldStartWith("The migration 9002_second has been edited");
        await ApplyAsync(source, two.Select(migration => migration with { Sql = migration.Sql.ReplaceLineEndings("\r\n") }).ToArray());
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ApplyAsync(source, two);
        (await Should.ThrowAsync<MigrationException>(() => ApplyAsync(source, two[0]))).Message.ShouldContain("written by a newer version");
    }

    [Fact]
    public async Task A_number_behind_an_applied_one_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ApplyAsync(source, two[1] with { Sql = "SELECT 1" });
        (await Should.ThrowAsync<MigrationException>(
            () => ApplyAsync(source, two[0], two[1] with { Sql = "SELECT 1" }))).Message.ShouldContain("give it the next number");
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_behind_and_the_lock_is_free()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await Should.ThrowAsync<PostgresException>(
            () => ApplyAsync(source, two[0], new Migration(9002, "second", "INSERT INTO first VALUES (3); SELECT 1 / 0;")));
        (await ScalarAsync(source, "SELECT count(*) FROM first")).ShouldBe(1L);
        await ApplyAsync(source, two);
        (await ScalarAsync(source, "SELECT count(*) FROM first")).ShouldBe(2L);
    }

    [Fact]
    public async Task A_program_starts_beside_a_newer_schema_that_only_adds_to_its_own()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ApplyAsync(source, two[0], new Migration(9002, "adds", "-- expands\nALTER TABLE first ADD COLUMN more int;"));
        await ApplyAsync(source, two[0]);
        await ApplyAsync(source, two[0], new Migration(9002, "adds", "-- expands\nALTER TABLE first ADD COLUMN more int;"),
            new Migration(9003, "changes", "ALTER TABLE first DROP COLUMN more;"));
        (await Should.ThrowAsync<MigrationException>(() => ApplyAsync(source, two[0]))).Message.ShouldContain("9003_changes");
    }

    [Fact]
    public async Task A_change_that_waits_for_a_reader_lets_the_others_pass()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ApplyAsync(source, two);
        var log = new WaitLog();
        await using var reader = await source.OpenConnectionAsync();
        var reading = await reader.BeginTransactionAsync();
        await using (var select = new NpgsqlCommand("SELECT count(*) FROM first", reader, reading)) await select.ExecuteScalarAsync();
        var applied = Migrator.ApplyAsync(source,
            [.. Migrator.Embedded(), .. two, new Migration(9003, "third", "ALTER TABLE first ADD COLUMN more int;")],
            CancellationToken.None, log);
        await log.Waited.Task;
        // Behind a change that waited for as long as the reader reads, this would wait as long.
        await using (var insert = source.CreateCommand("INSERT INTO first VALUES (7)")) await insert.ExecuteNonQueryAsync();
        applied.IsCompleted.ShouldBeFalse();
        await reading.CommitAsync();
        await applied;
        (await ScalarAsync(source, "SELECT count(more) FROM first")).ShouldBe(0L);
    }

    [Fact]
    public async Task An_index_is_made_beside_those_who_write_and_again_where_it_was_cut_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var index = new Migration(9003, "index",
            "-- concurrently\nDROP INDEX CONCURRENTLY IF EXISTS first_by_id;\nCREATE UNIQUE INDEX CONCURRENTLY first_by_id ON first (id);\n");
        var twice = new Migration(9002, "twice", "INSERT INTO first VALUES (1);");
        // two rows alike: an index that is none is left behind
        await Should.ThrowAsync<PostgresException>(() => ApplyAsync(source, two[0], twice, index));
        await using (var delete = source.CreateCommand("DELETE FROM first")) await delete.ExecuteNonQueryAsync();
        await ApplyAsync(source, two[0], twice, index);
        (await ScalarAsync(source, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'first_by_id'::regclass")).ShouldBe(true);
        await ApplyAsync(source, two[0], twice); // the program before it
    }

    private sealed class WaitLog : ILogger
    {
        public TaskCompletionSource Waited { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains("9003_third", StringComparison.Ordinal)) Waited.TrySetResult();
        }
    }

    private static Task ApplyAsync(NpgsqlDataSource source, params Migration[] migrations) =>
        Migrator.ApplyAsync(source, [.. Migrator.Embedded(), .. migrations], CancellationToken.None);

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
