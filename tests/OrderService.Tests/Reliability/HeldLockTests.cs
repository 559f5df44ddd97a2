using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>A process that stands still inside a transaction keeps its locks; others must outlast it, not give up first.</summary>
public sealed class HeldLockTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_holder_that_stands_still_loses_its_locks_before_those_who_wait_give_up()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, null, null, ("Store:AnswerWithin", "00:01:00"));
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var held = new NpgsqlCommand($"SELECT 1 FROM orders WHERE id = '{order.Id}' FOR NO KEY UPDATE", connection))
            await held.ExecuteScalarAsync();

        var cancelled = await world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, new Caller(world.Owner, null, null), default);

        cancelled.Value.Status.ShouldBe(OrderStatus.Cancelled);
        (await Should.ThrowAsync<NpgsqlException>(() => transaction.CommitAsync())).ShouldNotBeNull();
    }
}
