using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;

namespace OrderService.Tests.StacksVenue;

/// <summary>What waits too long is outbid on its own nonce, and whichever of the two the chain takes settles the order.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class FeeRaiseTests(DevnetFixture fixture)
{
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(10.1);

    [Fact]
    public async Task What_waits_too_long_is_outbid_and_the_new_bytes_settle_it()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (order, first, second) = await RaisedAsync(world);
        (second.Nonce, second.Raises, second.Status).ShouldBe((first.Nonce, 1, OutgoingStatus.Sent));
        second.Fee.ShouldBeGreaterThan(first.Fee);
        (await world.EventsAsync(order)).ShouldBe(["created", "triggered", "broadcast", "sent", "fee_raised"]);
        (await world.SliceAsync(order)).TxId.ShouldBe(second.TxId);

        await world.MineAsync();
        await ShouldBeSwappedAsync(world, order, second.TxId);
    }

    [Fact]
    public async Task Where_the_chain_takes_the_outbid_bytes_the_order_has_their_txid()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (order, first, second) = await RaisedAsync(world);
        await world.Devnet.EvictAsync(second.TxId);
        await world.Devnet.SendAsync(first.Raw);
        await world.MineAsync();
        await ShouldBeSwappedAsync(world, order, first.TxId);
        (await world.AttemptAsync(order)).Fee.ShouldBe(first.Fee);
    }

    [Fact]
    public async Task M15_An_id_that_was_outbid_is_listed_with_its_attempt_and_found()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (order, first, second) = await RaisedAsync(world);
        var view = (await world.Get<FindOrder>().HandleAsync(order.Terms.Uuid, CancellationToken.None))!;
        view.Outbid[view.Attempts.ShouldHaveSingleItem().Id].ShouldBe([first.TxId]);
        foreach (var txId in (string[])[first.TxId, second.TxId])
        {
            var found = await world.Get<ListOrders>()
                .HandleAsync(new OrderQuery { Page = 1, Limit = 10, Search = txId }, CancellationToken.None);
            found.Value.Orders.ShouldHaveSingleItem().Order.Id.ShouldBe(order.Id);
        }
    }

    // The first went back to the mempool by a reorg, waits again and is outbid again: by bytes that are known already.
    [Fact]
    public async Task Outbid_bytes_that_were_mined_and_orphaned_can_be_outbid_again()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var (order, first, second) = await RaisedAsync(world);
        await world.Devnet.EvictAsync(second.TxId);
        await world.Devnet.SendAsync(first.Raw);
        await world.MineAsync();
        (await world.SliceAsync(order)).TxId.ShouldBe(first.TxId);
        await world.Devnet.ReorgAsync(1);
        await world.SettleAsync();
        world.Time.Advance(Stuck * 2);
        await world.SettleAsync();
        var third = await world.AttemptAsync(order);
        (third.Nonce, third.Raises).ShouldBe((first.Nonce, 2));
        third.Fee.ShouldBeGreaterThan(first.Fee);
        await world.MineAsync();
        await ShouldBeSwappedAsync(world, order, third.TxId);
    }

    [Fact]
    public async Task A_fee_rises_to_the_cap_and_stays_there()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Stacks__FeeMax", "5000")]);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var fees = new List<TokenAmount>();
        for (var i = 0; i < 6; i++)
        {
            world.Time.Advance(Stuck);
            await world.SettleAsync();
            fees.Add((await world.AttemptAsync(order)).Fee);
        }
        fees.ShouldBe([new TokenAmount(3_750), new TokenAmount(4_687), .. Enumerable.Repeat(new TokenAmount(5_000), 4)]);
        (await world.EventsAsync(order)).Count(k => k == "fee_raised").ShouldBe(3);
        await world.MineAsync();
        await ShouldBeSwappedAsync(world, order, (await world.AttemptAsync(order)).TxId);
    }

    // Those behind the first wait for it and not for a fee.
    [Fact]
    public async Task Only_the_first_of_an_accounts_queue_is_outbid()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2);
        var orders = new List<Order>();
        while (orders.Count < 6) // each send by itself, since what is sent together stands with one account
        {
            orders.Add(await world.CreateAsync());
            await world.SendAsync();
        }
        world.Time.Advance(Stuck);
        await world.SettleAsync();
        var attempts = await Task.WhenAll(orders.Select(world.AttemptAsync));
        attempts.Select(a => a.Solver).Distinct().Count().ShouldBe(2);
        foreach (var queue in attempts.GroupBy(a => a.Solver)) queue.OrderBy(a => a.Nonce).Select(a => a.Raises).ShouldBe([1, 0, 0]);
        await world.MineAsync();
        foreach (var order in orders) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    // An abort of the outbid bytes is evidence as good as an abort of the latest.
    [Fact]
    public async Task An_abort_of_the_outbid_bytes_is_tried_again()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (order, first, second) = await RaisedAsync(world);
        await world.Devnet.EvictAsync(second.TxId);
        await world.Devnet.SendAsync(first.Raw);
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.MineAsync();
        var aborted = await world.AttemptAsync(order);
        (aborted.Status, aborted.TxId, aborted.Reason).ShouldBe((OutgoingStatus.Reverted, first.TxId, "abort_by_post_condition"));
        await world.BeatUntilEndedAsync(order);
        ((await world.ReadAsync(order)).Order.Status, (await world.SwapsAsync(order)).Count).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task Where_all_bytes_of_an_attempt_are_lost_the_latest_are_sent_again()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (order, _, second) = await RaisedAsync(world);
        await world.Devnet.EvictAsync(second.TxId);
        await world.MineAsync();
        (await world.SwapsAsync(order)).ShouldBeEmpty();
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.SettleAsync();
        await world.MineAsync();
        await ShouldBeSwappedAsync(world, order, second.TxId);
    }

    private static async Task<(Order Order, SwapAttempt First, SwapAttempt Second)> RaisedAsync(StacksWorld world)
    {
        var order = await world.CreateAsync();
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        world.Time.Advance(Stuck);
        await world.SettleAsync();
        return (order, first, await world.AttemptAsync(order));
    }

    private static async Task ShouldBeSwappedAsync(StacksWorld world, Order order, string txId)
    {
        var (view, swap) = (await world.ReadAsync(order), (await world.SwapsAsync(order)).Single());
        (view.Order.Status, view.Attempts.Count, view.Attempts[0].TxId, view.Order.Slices[0].TxId,
            (string?)swap["txid"]).ShouldBe((OrderStatus.Completed, 1, txId, txId, txId));
        view.Order.Slices[0].AmountOut.ToString().ShouldBe((string?)swap["amountOut"]);
    }
}
