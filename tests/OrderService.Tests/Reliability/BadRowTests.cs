using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>What stops one row or one table stops neither its neighbours nor the loop.</summary>
public sealed class BadRowTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_vacuum_that_waits_too_long_for_one_table_does_the_other_and_comes_again()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString, null, null,
            ("Store:AnswerWithin", "00:00:20"), ("Execution:VacuumAfterClaims", "100"));
        world.Get<EngineTelemetry>().SlicesTriggered(100);
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var held = new NpgsqlCommand("LOCK TABLE slices IN SHARE UPDATE EXCLUSIVE MODE", connection, transaction);
            await held.ExecuteNonQueryAsync();

            await world.Get<VacuumWorker>().TickAsync(CancellationToken.None);

            (await VacuumsAsync(world, "slices"), await VacuumsAsync(world, "watermarks")).ShouldBe((0, 1));
        }
        await world.Get<VacuumWorker>().TickAsync(CancellationToken.None); // no further claim was needed
        (await VacuumsAsync(world, "slices")).ShouldBe(1);
        await world.Get<VacuumWorker>().TickAsync(CancellationToken.None);
        (await VacuumsAsync(world, "slices")).ShouldBe(1); // it was done
    }

    [Fact]
    public async Task A_transaction_that_cannot_be_read_holds_up_no_other()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var orders = new List<Order>();
        for (var i = 0; i < 3; i++) orders.Add(await world.CreateAsync(world.Terms()));
        await world.SweepAsync();
        (await world.ExecuteAsync()).ShouldBe(3);
        await world.ScalarAsync(
            $"ALTER TABLE outgoing_transactions DROP CONSTRAINT attempts_solver_fkey; UPDATE outgoing_transactions SET solver = 'nobody' WHERE order_id = '{orders[1].Id}'; SELECT 0");

        await world.MineAsync();

        var statuses = new List<OrderStatus>();
        foreach (var order in (Order[])[orders[0], orders[2]]) statuses.Add((await world.ReadAsync(order)).Order.Status);
        statuses.ShouldAllBe(status => status == OrderStatus.Completed);
        var left = $"SELECT count(*) FROM outgoing_transactions WHERE order_id = '{orders[1].Id}' AND NOT is_final";
        (await world.ScalarAsync(left)).ShouldBe(1);
    }

    private static Task<long> VacuumsAsync(EngineWorld world, string table) =>
        world.ScalarAsync($"SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = '{table}'");
}
