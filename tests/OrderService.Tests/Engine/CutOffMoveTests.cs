using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>
/// The move of what has ended is cut off between every two of its steps: its session is ended before each of its commands and after each.
/// Nothing is lost or doubled then, and whoever goes on, be it the same process or another, brings it to its end.
/// </summary>
public sealed class CutOffMoveTests : IAsyncLifetime
{
    private const string Mover = "cut-off-mover";

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_move_that_is_cut_off_anywhere_loses_and_doubles_nothing(bool sameProcessGoesOn)
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString, settings: [("Ended:MoveAfter", "00:00:00")]);
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_database.ConnectionString) { ApplicationName = Mover, Pooling = false }.ConnectionString);
        using var cutter = new Cutter(_database.ConnectionString);
        var cuts = 0;
        for (var isCut = true; isCut; world.Time.Advance(TimeSpan.FromDays(32))) // each into a month that has no partitions yet
        {
            await EndTwoAsync(world);
            var whole = await StoredAsync(world);
            var move = NewMove(world, source);
            isCut = await cutter.CutAsync(cuts, () => AllAsync(move));
            if (isCut) cuts++;
            await EachIsInOnePlaceAsync(world);
            (await StoredAsync(world)).ShouldBe(whole, $"after cut {cuts}");
            if (!sameProcessGoesOn) move = NewMove(world, source);
            await AllAsync(move);
            (await StoredAsync(world)).ShouldBe(whole, $"in the end, after cut {cuts}");
            (await world.ScalarAsync("SELECT count(*) FROM orders")).ShouldBe(0, $"after cut {cuts}");
            await EachIsInOnePlaceAsync(world);
            await ForgetAsync(world);
        }
        cuts.ShouldBeGreaterThan(20); // the note, the fence, the partitions, the locks, each table's rows, the commit
    }

    private static MoveEnded NewMove(EngineWorld world, NpgsqlDataSource source) => new(
        source, new EndedMonths(), world.Get<IOptions<EndedOptions>>(), world.Time, world.Get<EngineTelemetry>());

    private static async Task AllAsync(MoveEnded move)
    {
        while (await move.TickAsync(CancellationToken.None) > 0) { }
    }

    // One that was swapped and one that was cancelled.
    private static async Task EndTwoAsync(EngineWorld world)
    {
        await world.CreateAsync(world.Terms());
        var cancelled = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await world.BeatAsync();
        await world.Get<CancelOrder>().HandleAsync(cancelled.Terms.Uuid, new Caller(world.Owner, null, null), CancellationToken.None);
        await world.ScalarAsync("UPDATE outgoing_transactions SET is_final = true; SELECT 0");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
    }

    // The months that were looked at go: every further one would make each statement longer.
    private static async Task ForgetAsync(EngineWorld world)
    {
        await using var command = world.Get<NpgsqlDataSource>().CreateCommand("""
            DO $$
            DECLARE month regclass;
            BEGIN
                DELETE FROM order_ids;
                FOR month IN SELECT inhrelid FROM pg_inherits JOIN pg_class ON oid = inhparent
                    WHERE relkind = 'p' AND inhparent::regclass::text LIKE 'ended\_%'
                LOOP
                    EXECUTE format('DROP TABLE %s', month);
                END LOOP;
            END
            $$
            """);
        await command.ExecuteNonQueryAsync();
    }

    // Every row of both sides, but for what is not taken along.
    private static async Task<string> StoredAsync(EngineWorld world)
    {
        var parts = EndedDb.Tables.Select(pair => $"""
            SELECT '{pair.Live} ' || (to_jsonb(r) - 'signature' - 'terms_signature')::text AS row FROM {pair.Live} r
            UNION ALL SELECT '{pair.Live} ' || (to_jsonb(e) - 'signature' - 'terms_signature' - 'month')::text FROM {pair.Ended} e
            """);
        await using var command = world.Get<NpgsqlDataSource>().CreateCommand(
            $"SELECT string_agg(row, E'\\n' ORDER BY row) FROM ({string.Join(" UNION ALL ", parts)}) AS rows");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task EachIsInOnePlaceAsync(EngineWorld world)
    {
        foreach (var (wrong, sql) in ((string, string)[])
            [
                ("orders on both sides", "SELECT count(*) FROM orders o JOIN ended_orders e ON e.id = o.id"),
                ("orders twice among those that have ended", "SELECT count(*) - count(DISTINCT id) FROM ended_orders"),
                ("ids whose month is not where their order is",
                    "SELECT count(*) FROM order_ids k WHERE NOT EXISTS (SELECT 1 FROM ended_orders e WHERE e.id = k.id AND e.month = k.month) AND NOT (k.month IS NULL AND EXISTS (SELECT 1 FROM orders o WHERE o.id = k.id))"),
                ("orders that left without a note",
                    "SELECT count(*) FROM ended_orders e WHERE NOT EXISTS (SELECT 1 FROM order_ids k WHERE k.id = e.id)"),
            ])
        {
            (await world.ScalarAsync(sql)).ShouldBe(0, wrong);
        }
    }

    /// <summary>Ends the mover's sessions at one of the moments at which a command of it begins or has ended.</summary>
    private sealed class Cutter : IDisposable
    {
        private readonly string _connectionString;
        private readonly ActivityListener _listener;
        private readonly AsyncLocal<bool> _isWatched = new();
        private int _left;
        private bool _hasCut;

        public Cutter(string connectionString)
        {
            _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Npgsql",
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStarted = _ => Pass(), ActivityStopped = _ => Pass(),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Lets so many moments pass and cuts at the next; false where the work came to its end before.</summary>
        public async Task<bool> CutAsync(int passes, Func<Task> work)
        {
            (_left, _hasCut) = (passes, false);
            _isWatched.Value = true;
            try
            {
                await work();
            }
            catch (Exception fault) when (_hasCut && fault is NpgsqlException or IOException or InvalidOperationException)
            {
            }
            finally
            {
                _isWatched.Value = false;
            }
            return _hasCut;
        }

        public void Dispose() => _listener.Dispose();

        private void Pass()
        {
            if (!_isWatched.Value || _hasCut || _left-- > 0) return;
            _hasCut = true;
            using var connection = new NpgsqlConnection(_connectionString);
            connection.Open();
            using var end = new NpgsqlCommand(
                $"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = '{Mover}'", connection);
            end.ExecuteScalar();
        }
    }
}
