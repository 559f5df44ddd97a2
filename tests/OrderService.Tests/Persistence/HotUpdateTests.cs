using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.Domain.Ports;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Persistence;

/// <summary>
/// A row that moves from one state to the next writes no index entry unless the move takes it out of what an index lists: no index knows
/// the status, and those that list a state are over columns that are null outside of it.
/// </summary>
public sealed class HotUpdateTests : IDisposable
{
    private const int Orders = 300;

    private readonly string _folder = PostgresCluster.NewFolder("hot");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The indexes of before, whose predicates name the status.
    private static readonly string[] Before =
    [
        "CREATE INDEX ON slices (tx_id) WHERE tx_id IS NOT NULL",
        "CREATE INDEX ON slices (not_after) WHERE status = 'waiting' AND not_after IS NOT NULL AND end_as IS NULL",
        "CREATE INDEX ON outgoing_transactions (solver, nonce) WHERE status IN ('prepared', 'sent')",
    ];

    private readonly record struct Updates(long Slices, long HotSlices, long Sends, long HotSends)
    {
        public static Updates operator -(Updates a, Updates b) =>
            new(a.Slices - b.Slices, a.HotSlices - b.HotSlices, a.Sends - b.Sends, a.HotSends - b.HotSends);
    }

    // On a server without autovacuum: while its ANALYZE looks at the database, what it sees is kept and no place on a page comes free.
    [LocalPostgresFact]
    public async Task What_is_sent_confirmed_and_ended_writes_no_index_entry()
    {
        await using var postgres = await EmbeddedServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = _folder, Durable = false }, NullLogger.Instance, CancellationToken.None);
        await ExecuteAsync(postgres.AdminConnectionString, "ALTER SYSTEM SET autovacuum = off");
        await ExecuteAsync(postgres.AdminConnectionString, "SELECT pg_reload_conf()");
        await using (var source = Alone(postgres.ConnectionString)) await Migrator.ApplyAsync(source, CancellationToken.None);
        var (sent, confirmed, ended) = await LiveAsync(postgres.ConnectionString);
        (sent.Sends, confirmed.Slices, confirmed.Sends, ended.Sends).ShouldBe((Orders, Orders, Orders, Orders));
        ((double)sent.HotSends / Orders).ShouldBeGreaterThanOrEqualTo(0.9);
        ((double)confirmed.HotSlices / Orders).ShouldBeGreaterThanOrEqualTo(0.9);
        ((double)confirmed.HotSends / Orders).ShouldBeGreaterThanOrEqualTo(0.9);
        ended.Slices.ShouldBe(0); // a swap that becomes final changes nothing of its slice
    }

    [Fact]
    public async Task With_indexes_that_name_the_status_each_of_them_would() // so the count counts
    {
        await using var database = await TestDatabase.CreateAsync();
        foreach (var statement in Before) await ExecuteAsync(database.ConnectionString, statement);
        var (sent, confirmed, _) = await LiveAsync(database.ConnectionString);
        (sent.Sends, confirmed.Slices, confirmed.Sends).ShouldBe((Orders, Orders, Orders));
        (sent.HotSends, confirmed.HotSlices, confirmed.HotSends).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task No_index_of_what_moves_names_a_status_or_an_end()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(
            "SELECT coalesce(string_agg(indexdef, E'\\n'), '') FROM pg_indexes WHERE tablename IN ('slices', 'outgoing_transactions') AND indexdef ~ '\\m(status|ended_at|settled_at)\\M'");
        (await command.ExecuteScalarAsync()).ShouldBe("");
    }

    // A life in three parts: until the swaps are sent, until they are confirmed in a block that may still be lost, and until it may not.
    private static async Task<(Updates Sent, Updates Confirmed, Updates Ended)> LiveAsync(string connectionString)
    {
        var counts = new List<Updates> { await CountAsync(connectionString) };
        await using (var world = await EngineWorld.StartAsync(connectionString))
        {
            await Task.WhenAll(Enumerable.Range(0, Orders)
                .Select(_ => world.CreateAsync(world.Terms() with { ValidTo = world.Time.GetUtcNow().AddDays(1) })));
            await world.SweepAsync();
            (await world.ExecuteAsync()).ShouldBe(Orders);
            await world.Get<SimulatedMiner>().MineAsync(CancellationToken.None);
        }
        counts.Add(await CountAsync(connectionString));
        foreach (var isFinal in (bool[])[false, true])
        {
            await using (var world = await EngineWorld.StartAsync(connectionString, services => services.AddCountingRouter()))
            {
                world.Get<CountingRouter>().Tells =
                    status => status is TransactionStatus.Succeeded success ? success with { IsFinal = isFinal } : status;
                while (await world.Get<SettleTransactions>().TickAsync(CancellationToken.None) > 0) await world.MineAsync();
                (await world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'confirmed'")).ShouldBe(Orders);
                (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE is_final AND raw = ''"))
                    .ShouldBe(isFinal ? Orders : 0);
            }
            counts.Add(await CountAsync(connectionString));
        }
        return (counts[1] - counts[0], counts[2] - counts[1], counts[3] - counts[2]);
    }

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var source = Alone(connectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    // A backend says what it did when it ends, at the latest.
    private static async Task<Updates> CountAsync(string connectionString)
    {
        await using var source = Alone(connectionString);
        const string Others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        await Until.Async(
            async () =>
            {
                await using var ask = source.CreateCommand(Others);
                return (long)(await ask.ExecuteScalarAsync())!;
            },
            others => others == 0);
        await using var command = source.CreateCommand(
            "SELECT s.n_tup_upd, s.n_tup_hot_upd, o.n_tup_upd, o.n_tup_hot_upd FROM pg_stat_user_tables s, pg_stat_user_tables o WHERE s.relname = 'slices' AND o.relname = 'outgoing_transactions'");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Updates(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    private static NpgsqlDataSource Alone(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
}
