using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Execution;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

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
        await world.Get<SettleTransactions>().TickAsync(CancellationToken.None);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].AmountOut).ShouldBe((OrderStatus.Expired, null));
        var attempt = view.Attempts.ShouldHaveSingleItem();
        (attempt.Kind, attempt.Status, view.Outbid[attempt.Id].Count()).ShouldBe((AttemptKind.Spend, OutgoingStatus.Confirmed, 1));
        (await world.ScalarAsync("SELECT in_flight FROM holds")).ShouldBe(0);
    }

    // Its send was lost, so that its bytes are due to be sent again at the look that outbids them.
    [Fact]
    public async Task M3_A_swap_whose_send_was_lost_is_not_sent_again_by_the_look_that_outbids_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, services => services.AddSingleton<ISwapRouter>(
            provider => new CountingRouter(ActivatorUtilities.CreateInstance<SimulatedRouter>(provider))));
        var router = (CountingRouter)world.Router;
        var order = await world.CreateAsync(world.Terms() with { ValidTo = world.Time.GetUtcNow().AddSeconds(5) });
        await world.SweepAsync();
        router.IsDeaf = true;
        await world.ExecuteAsync();
        var swap = (await world.ReadAsync(order)).Attempts.ShouldHaveSingleItem().TxId;
        world.Time.Advance(TimeSpan.FromSeconds(60));
        await world.Get<SettleTransactions>().TickAsync(CancellationToken.None);
        router.Sent.ShouldBe([swap, (await world.ReadAsync(order)).Attempts.ShouldHaveSingleItem().TxId]);
        router.IsDeaf = false;
        world.Time.Advance(TimeSpan.FromSeconds(60));
        await world.Get<SettleTransactions>().TickAsync(CancellationToken.None);
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Expired);
        router.Sent.Count(sent => sent == swap).ShouldBe(1);
    }
}
