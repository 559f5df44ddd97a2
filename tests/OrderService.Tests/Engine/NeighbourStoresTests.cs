using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Stores in schemas of one database: each is whole, and none sees another.</summary>
public sealed class NeighbourStoresTests
{
    private const int Stores = 4;

    [Fact]
    public async Task Four_stores_in_one_database_swap_their_own_orders_and_no_others()
    {
        await using var database = await TestDatabase.CreateAsync();
        var worlds = new List<EngineWorld>();
        try
        {
            foreach (var schema in Enumerable.Range(0, Stores).Select(number => $"part_{number}"))
            {
                var store = await NeighbourStore.CreateAsync(database.ConnectionString, schema);
                worlds.Add(await EngineWorld.StartAsync(store));
            }
            // The same uuid is another order in each: a uuid is known to one store.
            var terms = worlds[0].Terms();
            foreach (var world in worlds) (await world.TryCreateAsync(terms)).Error.ShouldBeNull();
            await worlds[1].CreateAsync(worlds[1].Terms());
            for (var number = 0; number < Stores; number++)
            {
                var (world, orders) = (worlds[number], number == 1 ? 2 : 1);
                (await world.SweepAsync()).ShouldBe(orders);
                (await world.ExecuteAsync()).ShouldBe(orders);
                await world.MineAsync();
                (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed'")).ShouldBe(orders);
                (await world.ScalarAsync($"SELECT count(*) FROM part_{number}_simulator.swaps")).ShouldBe(orders);
            }
            await using var outside = new NpgsqlConnection(database.ConnectionString);
            await outside.OpenAsync();
            await using var untouched = new NpgsqlCommand(
                "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_events) + (SELECT count(*) FROM simulator.swaps)", outside);
            (await untouched.ExecuteScalarAsync()).ShouldBe(0L, "what is in public belongs to nobody of these");
        }
        finally
        {
            foreach (var world in worlds) await world.DisposeAsync();
        }
    }
}
