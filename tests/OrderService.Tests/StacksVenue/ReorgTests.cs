using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;

namespace OrderService.Tests.StacksVenue;

/// <summary>A chain that changes its mind: what rested on an orphaned block goes back, is said, and settles again.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class ReorgTests(DevnetFixture fixture)
{
    [Fact]
    public async Task A_confirmed_order_goes_back_to_broadcast_and_settles_again()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 4);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync(2);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);

        await world.Devnet.ReorgAsync(2);
        await world.SettleAsync();
        var (view, slice) = (await world.ReadAsync(order), await world.SliceAsync(order));
        (view.Order.Status, slice.Status, slice.AmountOut,
            slice.BlockHeight).ShouldBe((OrderStatus.Open, SliceStatus.Broadcast, null, null));
        view.Attempts.Select(a => a.Status).ShouldBe([OutgoingStatus.Sent]);
        view.Order.EndedAt.ShouldBeNull();

        await world.MineAsync();
        var swap = (await world.SwapsAsync(order)).Single();
        slice = await world.SliceAsync(order);
        ((await world.ReadAsync(order)).Order.Status, slice.AmountOut?.ToString(),
            slice.BlockHeight).ShouldBe((OrderStatus.Completed, (string?)swap["amountOut"], (long?)swap["block"]));
        (await world.EventsAsync(order)).ShouldBe(
            ["created", "triggered", "broadcast", "sent", "confirmed", "completed", "reorged", "confirmed", "completed"]);
        await world.MineAsync(3);
        (await world.AttemptAsync(order)).IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task An_orphaned_transaction_that_was_dropped_is_sent_again_with_the_same_bytes()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 4);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();
        var before = await world.AttemptAsync(order);
        await world.Devnet.ReorgAsync(1, before.TxId);
        await world.MineAsync();
        (await world.SliceAsync(order)).Status.ShouldBe(SliceStatus.Broadcast);
        (await world.SwapsAsync(order)).ShouldBeEmpty();

        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.SettleAsync();
        await world.MineAsync();
        var after = await world.AttemptAsync(order);
        (after.Status, after.TxId, after.SendsCount).ShouldBe((OutgoingStatus.Confirmed, before.TxId, 2));
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
        (await world.EventsAsync(order)).Count(k => k == "reorged").ShouldBe(1);
    }

    // On the other fork the pool has another price: the success becomes an abort, which is tried again.
    [Fact]
    public async Task A_success_that_becomes_an_abort_on_the_other_fork_is_tried_again()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 2);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);

        await world.Devnet.ReorgAsync(1);
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.MineAsync(2);
        var first = await world.AttemptAsync(order);
        (first.Status, first.Reason).ShouldBe((OutgoingStatus.Reverted, "abort_by_post_condition"));
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 2));
        (await world.SwapsAsync(order)).Single()["amountOut"]!.ToString().ShouldBe(view.Order.Slices[0].AmountOut.ToString());
    }

    // Looked at only after the whole reorganisation: the new block says something else of the same transaction.
    [Fact]
    public async Task A_reorganisation_that_nobody_watched_is_found_all_the_same()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 6);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();
        var before = await world.SliceAsync(order);
        await world.Devnet.ReorgAsync(1);
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx * 2);
        await world.Devnet.MineAsync(6);
        await world.SettleAsync();

        var (after, swap) = (await world.SliceAsync(order), (await world.SwapsAsync(order)).Single());
        after.AmountOut.ToString().ShouldBe((string?)swap["amountOut"]);
        after.AmountOut!.Value.ShouldBeGreaterThan(before.AmountOut!.Value);
        (await world.AttemptAsync(order)).AmountOut.ShouldBe(after.AmountOut);
    }

    [Fact]
    public async Task An_orphaned_spend_is_no_end_before_it_is_final()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var order = await world.CreateAsync(world.Terms() with { ValidTo = world.Time.GetUtcNow().AddMinutes(1) });
        await world.SendAsync();
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.MineAsync(3);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.SendAsync();
        await world.SendAsync();
        await world.MineAsync(2);
        (await world.AttemptAsync(order)).Kind.ShouldBe(AttemptKind.Spend);
        (await world.SliceAsync(order)).Status.ShouldBe(SliceStatus.Broadcast);
        await world.Devnet.ReorgAsync(2);
        await world.MineAsync(2);
        (await world.SliceAsync(order)).Status.ShouldBe(SliceStatus.Broadcast);
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Expired);
    }
}
