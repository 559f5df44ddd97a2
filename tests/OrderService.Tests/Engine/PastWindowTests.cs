using OrderService.Domain.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>On the play chain as on a real one: what waits for a block when its window closes is outbid.</summary>
public sealed class PastWindowTests
{
    [Fact]
    public async Task M3_A_swap_that_waits_for_a_block_past_its_window_is_outbid_by_its_spend()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var order = await world.CreateAsync(world.Terms() with { ValidTo = world.Time.GetUtcNow().AddSeconds(5) });
        await world.SweepAsync();
        await world.ExecuteAsync();
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.Get<OrderService.Engine.Execution.SettleAttempts>().TickAsync(CancellationToken.None);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].AmountOut).ShouldBe((OrderStatus.Expired, null));
        var attempt = view.Attempts.ShouldHaveSingleItem();
        (attempt.Kind, attempt.Status, view.Outbid[attempt.Id].Count()).ShouldBe((AttemptKind.Spend, AttemptStatus.Confirmed, 1));
        (await world.ScalarAsync("SELECT in_flight FROM holds")).ShouldBe(0);
    }
}
