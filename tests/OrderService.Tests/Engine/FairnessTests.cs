using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Owners take turns in the queue of the executors.</summary>
public sealed class FairnessTests
{
    [Fact]
    public async Task S2_A_claim_of_one_owner_comes_after_one_of_each_other_and_not_after_all_of_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        OwnWallet[] wallets = [new(world, 1), new(world, 2), new(world, 3)];
        foreach (var wallet in wallets) await wallet.FundAsync(1_000_000_000);
        for (var i = 0; i < 150; i++) await wallets[0].CreateAsync(1_000_000);
        for (var i = 0; i < 30; i++) await wallets[1].CreateAsync(1_000_000);
        await world.SweepAsync();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await wallets[2].CreateAsync(1_000_000);
        await world.SweepAsync();
        (await PlacesAsync(world, wallets[2]))[0].ShouldBeLessThanOrEqualTo(3);
        var second = await PlacesAsync(world, wallets[1]);
        for (var n = 0; n < second.Count; n++) second[n].ShouldBeLessThanOrEqualTo((2 * n) + 3);
        await world.Get<ExecutionWorker>().TickAsync(default);
        (await world.ReadAsync(late)).Order.Slices[0].Status.ShouldBe(SliceStatus.Broadcast);
    }

    // One who was served much has no less of a claim later, and one who is new no more.
    [Fact]
    public async Task S2_Turns_are_not_saved_up()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        OwnWallet[] wallets = [new(world, 1), new(world, 2)];
        foreach (var wallet in wallets) await wallet.FundAsync(1_000_000_000);
        for (var i = 0; i < 40; i++) await wallets[0].CreateAsync(1_000_000);
        await world.BeatAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 40; i++) await wallets[1].CreateAsync(1_000_000);
        await world.SweepAsync();
        await wallets[0].CreateAsync(1_000_000);
        await world.SweepAsync();
        (await PlacesAsync(world, wallets[0]))[0].ShouldBeLessThanOrEqualTo(2);
    }

    // By price as by time: the same count.
    [Fact]
    public async Task S2_What_a_price_makes_due_takes_its_owners_turns_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        OwnWallet[] wallets = [new(world, 1), new(world, 2)];
        foreach (var wallet in wallets)
        {
            await wallet.FundAsync(1_000_000_000);
            for (var i = 0; i < 20; i++)
            {
                var terms = world.PriceTerms(TriggerDirection.Gt, "1", world.Buy);
                await wallet.CreateAsync(wallet.Terms(1_000_000, SliceTrigger.Price) with { ConditionToken = terms.ConditionToken,
                    Direction = terms.Direction, TargetPrice = terms.TargetPrice });
            }
        }
        world.SetPrice(world.Buy, OrderService.Domain.Amounts.Price.Parse("2"));
        await world.SweepAsync();
        world.SetPrice(world.Buy, OrderService.Domain.Amounts.Price.Parse("2"));
        await world.SweepAsync();
        var places = await PlacesAsync(world, wallets[1]);
        places.Count.ShouldBe(20);
        for (var n = 0; n < places.Count; n++) places[n].ShouldBeInRange((2 * n) + 1, (2 * n) + 2);
    }

    [Fact]
    public async Task S2_A_hundred_and_fifty_empty_wallets_pay_nothing_and_delay_a_funded_one_by_no_block()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        for (var i = 0; i < 150; i++) await new OwnWallet(world, 100 + i).CreateAsync(1_000_000);
        var funded = new OwnWallet(world, 1);
        await funded.FundAsync(1_000_000);
        var order = await funded.CreateAsync(1_000_000);
        await world.BeatAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ScalarAsync("SELECT count(*) FROM simulator.transactions")).ShouldBe(1);
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'insufficient_balance' AND attempts_used = 0")).ShouldBe(150);
    }

    // The places of a wallet's claims in the executors' queue, from 1.
    private static async Task<List<int>> PlacesAsync(EngineWorld world, OwnWallet wallet)
    {
        await using var command = world.Get<Npgsql.NpgsqlDataSource>().CreateCommand(
            $"""
            SELECT place FROM (
                SELECT s.order_id, row_number() OVER (ORDER BY s.queue_place, s.claimed_at, s.order_id)::int AS place FROM slices s WHERE s.queue_place IS NOT NULL AND s.lease_until IS NULL) AS queue
            JOIN orders o ON o.id = queue.order_id WHERE o.owner = '{wallet.Address}' ORDER BY place
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var places = new List<int>();
        while (await reader.ReadAsync()) places.Add(reader.GetInt32(0));
        return places;
    }
}
