using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// A swap that its window closes on: its nonce goes to the spend of its uuid, and whichever of the two the chain takes settles the order.
/// </summary>
[Collection(HandMinedDevnet.Name)]
public sealed class PastWindowTests(DevnetFixture fixture)
{
    private static readonly (string, string)[] Patience = [("Execution__ReplaceAfter", "00:00:20")];

    [Fact]
    public async Task M3_A_slice_past_its_window_is_outbid_by_its_spend_and_expires()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: Patience);
        var (order, swap) = await SentAsync(world);
        await world.SettleAsync();
        (await world.AttemptAsync(order)).TxId.ShouldBe(swap.TxId); // within its window it waits

        await PassAsync(world, TimeSpan.FromSeconds(6));
        var spend = await world.AttemptAsync(order);
        (spend.Kind, spend.Nonce, spend.Solver, spend.Status).ShouldBe((AttemptKind.Spend, swap.Nonce, swap.Solver, OutgoingStatus.Sent));
        spend.Fee.ShouldBeGreaterThan(swap.Fee);
        (await world.EventsAsync(order)).ShouldBe(["created", "triggered", "broadcast", "sent", "spend_requested"]);

        await world.MineAsync();
        await ShouldHaveExpiredAsync(world, order, swap);
    }

    [Fact]
    public async Task M3_Past_its_window_the_same_bytes_are_not_sent_again_nor_is_their_fee_raised()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: Patience);
        var (order, swap) = await SentAsync(world);
        await world.Devnet.EvictAsync(swap.TxId);
        for (var seconds = 6; seconds < 100; seconds += 21) await PassAsync(world, TimeSpan.FromSeconds(21));
        (await world.ReadAsync(order)).Attempts.ShouldHaveSingleItem().Kind.ShouldBe(AttemptKind.Spend);
        (await world.EventsAsync(order)).Count(kind => kind == "spend_requested").ShouldBe(1);

        await world.MineAsync();
        await ShouldHaveExpiredAsync(world, order, swap);
    }

    // The node takes no replacement that pays no more, and the cap is for what can wait.
    [Fact]
    public async Task M3_A_swap_at_the_cap_is_outbid_too()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [.. Patience, ("Stacks__FeeMax", "3000")]);
        var (order, swap) = await SentAsync(world);
        await PassAsync(world, TimeSpan.FromSeconds(6));
        (await world.AttemptAsync(order)).Fee.Units.ShouldBe(3_001u);
        await world.MineAsync();
        await ShouldHaveExpiredAsync(world, order, swap);
    }

    [Fact]
    public async Task M3_Where_the_chain_takes_the_swap_all_the_same_the_order_is_confirmed()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: Patience);
        var (order, swap) = await SentAsync(world);
        await PassAsync(world, TimeSpan.FromSeconds(6));
        await world.Devnet.EvictAsync((await world.AttemptAsync(order)).TxId);
        await world.Devnet.SendAsync(swap.Raw);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].Reason, view.Order.Slices[0].TxId).ShouldBe((OrderStatus.Completed, null, swap.TxId));
        var attempt = view.Attempts.ShouldHaveSingleItem();
        (attempt.Kind, attempt.TxId, attempt.Status).ShouldBe((AttemptKind.Swap, swap.TxId, OutgoingStatus.Confirmed));
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task M3_A_swap_that_was_mined_and_orphaned_gives_way_to_the_spend_that_is_mined_instead()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3, settings: Patience);
        var (order, swap) = await SentAsync(world);
        await PassAsync(world, TimeSpan.FromSeconds(6));
        var spend = await world.AttemptAsync(order);
        await world.Devnet.EvictAsync(spend.TxId);
        await world.Devnet.SendAsync(swap.Raw);
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await world.Devnet.ReorgAsync(1, swap.TxId);
        await world.Devnet.SendAsync(spend.Raw);
        await world.MineAsync(3);
        await ShouldHaveExpiredAsync(world, order, swap);
        (await world.EventsAsync(order)).ShouldContain("reorged");
    }

    [Fact]
    public async Task M3_A_swap_that_aborts_after_its_window_ends_with_a_spend_of_its_own()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: Patience);
        var (order, swap) = await SentAsync(world);
        await PassAsync(world, TimeSpan.FromSeconds(6));
        await world.Devnet.EvictAsync((await world.AttemptAsync(order)).TxId);
        await world.Devnet.SendAsync(swap.Raw);
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.MineAsync();
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason).ShouldBe((OrderStatus.Expired, "expired"));
        view.Attempts.Select(a => (a.Kind, a.Status))
            .ShouldBe([(AttemptKind.Swap, OutgoingStatus.Reverted), (AttemptKind.Spend, OutgoingStatus.Confirmed)]);
    }

    private static async Task<(Order Order, SwapAttempt Swap)> SentAsync(StacksWorld world)
    {
        var order = await world.CreateAsync(world.Terms() with { ValidTo = world.Time.GetUtcNow().AddSeconds(5) });
        await world.SendAsync();
        return (order, await world.AttemptAsync(order));
    }

    private static async Task PassAsync(StacksWorld world, TimeSpan time)
    {
        world.Time.Advance(time);
        await world.SettleAsync();
        await world.SettleAsync(); // sees what the first one sent
    }

    private static async Task ShouldHaveExpiredAsync(StacksWorld world, Order order, SwapAttempt swap)
    {
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason, view.Order.Slices[0].Status,
            view.Order.Slices[0].AmountOut).ShouldBe((OrderStatus.Expired, "expired", SliceStatus.Expired, null));
        (await world.MinedAsync(swap.TxId)).ShouldBeNull();
        (await world.Router.IsSpentAsync(StacksWorld.IntentOf(order.Terms), CancellationToken.None)).ShouldBeTrue();
    }
}
