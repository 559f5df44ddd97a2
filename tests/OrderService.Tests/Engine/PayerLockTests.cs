using Npgsql;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Executors that send beside each other, on one node or on several, lock an account that pays each.</summary>
public sealed class PayerLockTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const int Accounts = 4;

    [Fact]
    public async Task An_executor_locks_one_account_and_others_send_beside_it()
    {
        await using var world = await StartAsync();
        var taken = new List<(NpgsqlConnection Connection, PayerQueues Queues)>();
        // all of them at the same turn, and none waits
        for (var executor = 0; executor < Accounts; executor++) taken.Add(await BeginAsync(world, turn: 0, inFlightMax: 20));
        var places = taken.ConvertAll(one => one.Queues.Take(default)!.Value);
        places.Select(place => place.Solver).Distinct().Count().ShouldBe(Accounts);
        taken.ShouldAllBe(one => !one.Queues.IsWhole);

        // The next one waits until any of them has come to its end.
        var (late, none) = await BeginAsync(world, 0, 20);
        none.IsEmpty.ShouldBeTrue();
        var waits = NonceLedger.PlaceAsync(late, none, default, null, null, default);
        await Until.Async(() =>
            world.ScalarAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"),
            waiting => waiting == 1);
        waits.IsCompleted.ShouldBeFalse();
        foreach (var (connection, queues) in taken) await CommitAsync(connection, queues);
        var last = (await waits)!.Value;
        places.ShouldNotContain(last);
        places.ShouldContain(place => place.Solver == last.Solver && place.Nonce + 1 == last.Nonce);
        await CommitAsync(late, none);
    }

    [Fact]
    public async Task Where_one_account_has_no_room_those_are_locked_too_that_nobody_takes_from()
    {
        await using var world = await StartAsync();
        var (other, others) = await BeginAsync(world, turn: 1, inFlightMax: 2);
        var elsewhere = others.Take(default)!.Value.Solver;
        var (connection, queues) = await BeginAsync(world, turn: 0, inFlightMax: 2);
        var places = new List<AccountNonce>();
        while (await NonceLedger.PlaceAsync(connection, queues, default, null, null, default) is { } place) places.Add(place);
        places.Count.ShouldBe(2 * (Accounts - 1)); // what was taken before others were locked is counted
        places.Distinct().Count().ShouldBe(places.Count);
        places.ShouldNotContain(place => place.Solver == elsewhere);
        queues.IsWhole.ShouldBeTrue();
        await CommitAsync(connection, queues);
        await CommitAsync(other, others);
    }

    [Fact]
    public async Task An_account_with_a_nonce_that_was_given_back_comes_first_and_the_others_in_turn()
    {
        await using var world = await StartAsync();
        var payers = world.Router.Payers;
        for (var turn = 0; turn < 2 * Accounts; turn++)
        {
            var (connection, queues) = await BeginAsync(world, turn, 20);
            queues.Take(default)!.Value.Solver.ShouldBe(payers[Accounts - 1 - (turn % Accounts)].Address);
            await connection.DisposeAsync();
        }
        await world.ScalarAsync($"WITH freed AS (INSERT INTO free_nonces (solver, nonce, freed_at) VALUES ('{payers[2].Address}', 0, now()) RETURNING 1) SELECT count(*) FROM freed");
        var (last, first) = await BeginAsync(world, 0, 20);
        first.Take(default).ShouldBe(new AccountNonce(payers[2].Address, 0));
        await CommitAsync(last, first);
    }

    private Task<EngineWorld> StartAsync() =>
        EngineWorld.StartAsync(database.ConnectionString, null, null, ("Simulator:SolversCount", $"{Accounts}"));

    private static async Task<(NpgsqlConnection Connection, PayerQueues Queues)> BeginAsync(EngineWorld world, int turn, int inFlightMax)
    {
        var connection = await world.Get<SweepSource>().OpenAsync(default);
        var none = new ClaimLock([]);
        return (connection,
            await NonceLedger.BeginAsync(connection, new PauseLock(), none, new GroupLock([]), new HoldLock([]), AccountLock.None,
                FeeLock.None, world.Router.Payers, turn, inFlightMax, default));
    }

    private static async Task CommitAsync(NpgsqlConnection connection, PayerQueues queues)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var write in queues.Writes()) batch.BatchCommands.Add(write);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await batch.ExecuteNonQueryAsync();
        }
        await connection.DisposeAsync();
    }
}
