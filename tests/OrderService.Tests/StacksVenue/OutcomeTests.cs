using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;

namespace OrderService.Tests.StacksVenue;

/// <summary>What became of a transaction, said by the real chain: each ends its order, or tries again, with the evidence for it.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class OutcomeTests(DevnetFixture fixture)
{
    [Fact]
    public async Task A_success_is_confirmed_with_what_the_chain_says_it_paid()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();

        var (view, swap) = (await world.ReadAsync(order), (await world.SwapsAsync(order)).Single());
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 1));
        var slice = view.Order.Slices[0];
        (slice.AmountOut.ToString(), slice.TxId,
            slice.BlockHeight).ShouldBe(((string?)swap["amountOut"], (string?)swap["txid"], (long?)swap["block"]));
        slice.AmountOut!.Value.ShouldBeGreaterThanOrEqualTo(view.Attempts[0].MinAmountOut!.Value);
        slice.AmountOut.ShouldBe(view.Attempts[0].QuotedAmountOut);
        (await world.EventsAsync(order)).ShouldBe(["created", "triggered", "broadcast", "sent", "confirmed", "completed"]);
        view.Attempts[0].IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task At_a_depth_it_is_confirmed_with_the_first_block_and_final_with_the_last()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var order = await world.CreateAsync();
        await world.SendAsync();
        foreach (var isFinal in (bool[])[false, false, true])
        {
            await world.MineAsync();
            ((await world.ReadAsync(order)).Order.Status,
                (await world.AttemptAsync(order)).IsFinal).ShouldBe((OrderStatus.Completed, isFinal));
        }
        (await world.EventsAsync(order)).Count(k => k == "confirmed").ShouldBe(1);
    }

    [Fact]
    public async Task An_abort_of_the_swap_is_tried_again_and_fails_with_its_reason_once_its_uuid_is_spent()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        for (var tries = 1; tries <= 3; tries++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await world.SendAsync();
            await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx >> tries); // after each quote
            await world.MineAsync();
            var attempt = (await world.ReadAsync(order)).Attempts[tries - 1];
            (attempt.Kind, attempt.Status, attempt.Reason,
                attempt.IsFinal).ShouldBe((AttemptKind.Swap, OutgoingStatus.Reverted, "abort_by_post_condition", true));
        }
        // The budget is used up; but its bytes are public, so it may not end before nobody can use them any more.
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        (await world.EventsAsync(order))[^1].ShouldBe("spend_requested");
        await world.SendAsync();
        (await world.SliceAsync(order)).Status.ShouldBe(SliceStatus.Broadcast);
        await world.MineAsync();

        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason).ShouldBe((OrderStatus.Failed, "abort_by_post_condition"));
        view.Attempts.Select(a => (a.Kind, a.Status))
            .ShouldBe(
                [.. Enumerable.Repeat((AttemptKind.Swap, OutgoingStatus.Reverted), 3), (AttemptKind.Spend, OutgoingStatus.Confirmed)]);
        var spent = (await world.MinedAsync(view.Attempts[^1].TxId))!;
        ((string?)spent["fn"], (string?)spent["status"]).ShouldBe(("execute", "success"));
        (await world.Router.IsSpentAsync(StacksWorld.IntentOf(order.Terms), CancellationToken.None)).ShouldBeTrue();
        (await world.EventsAsync(order)).TakeLast(5).ShouldBe(["spend_requested", "broadcast", "sent", "failed", "failed"]);
    }

    // Final means the configured depth: an abort that a reorg may take back is no reason to send again.
    [Fact]
    public async Task An_abort_waits_for_its_depth_before_anything_is_sent_again()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        for (var block = 1; block <= 2; block++)
        {
            await world.MineAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await world.SendAsync();
            (await world.ReadAsync(order)).Attempts.Select(a => a.Status).ShouldBe([OutgoingStatus.Sent]);
        }
        await world.MineAsync();
        (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Reverted);
    }

    [Fact]
    public async Task A_pool_that_moved_aborts_the_swap_and_the_next_try_at_the_new_price_succeeds()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.MineAsync();
        var first = await world.AttemptAsync(order);
        (first.Status, first.Reason).ShouldBe((OutgoingStatus.Reverted, "abort_by_post_condition"));
        (await world.SliceAsync(order)).Status.ShouldBe(SliceStatus.Waiting);

        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 2));
        view.Order.Slices[0].AmountOut!.Value.ShouldBeLessThan(first.MinAmountOut!.Value);
        view.Attempts[1].Nonce.ShouldBe(first.Nonce + 1);
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
        (await world.EventsAsync(order)).ShouldBe(
            ["created", "triggered", "broadcast", "sent", "reverted", "broadcast", "sent", "confirmed", "completed"]);
    }

    [Fact]
    public async Task A_pool_that_moves_every_time_uses_up_the_tries_and_fails_with_that_reason()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        var stx = StacksWorld.PoolStx;
        for (var tries = 0; tries < 3; tries++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await world.SendAsync();
            await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, stx = stx * 9 / 10);
            await world.MineAsync();
        }
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason, view.Attempts.Count).ShouldBe((OrderStatus.Failed, "abort_by_post_condition", 4));
        (await world.SwapsAsync(order)).ShouldBeEmpty();
    }

    // A limit that the moved pool no longer reaches: nothing is tried in vain, and the window's end ends it, its uuid spent.
    [Fact]
    public async Task A_limit_out_of_reach_waits_without_trying_and_expires_with_its_uuid_spent()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var limit = (await world.Router.QuoteAsync(world.Terms().SellToken, OrderService.Domain.Pricing.TokenId.Stx, world.Terms().AmountIn,
            CancellationToken.None)).Value.AmountOut;
        var order = await world.CreateAsync(world.Terms() with { MinAmountOut = limit, ValidTo = world.Time.GetUtcNow().AddMinutes(5) });
        await world.SendAsync();
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.MineAsync();
        for (var beat = 0; beat < 3; beat++) await world.BeatAsync();
        var slice = await world.SliceAsync(order);
        (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "min_amount_out", 1));

        world.Time.Advance(TimeSpan.FromMinutes(6));
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason).ShouldBe((OrderStatus.Expired, "expired"));
        view.Attempts.Select(a => a.Kind).ShouldBe([AttemptKind.Swap, AttemptKind.Spend]);
    }

    [Fact]
    public async Task A_dropped_transaction_is_sent_again_with_the_same_bytes()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var sent = await world.AttemptAsync(order);
        await world.Devnet.EvictAsync(sent.TxId);
        await world.MineAsync();
        (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Sent);

        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.SettleAsync();
        (await world.AttemptAsync(order)).Raw.ShouldBe(sent.Raw);
        await world.MineAsync();
        var settled = await world.AttemptAsync(order);
        (settled.Status, settled.TxId, settled.SendsCount).ShouldBe((OutgoingStatus.Confirmed, sent.TxId, 2));
    }

    // "Not found" is no evidence: the nonce is still free, so the bytes may be mined at any time.
    [Fact]
    public async Task What_nobody_shows_for_very_long_is_sent_again_and_never_given_up()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.Devnet.FaultsAsync(new System.Text.Json.Nodes.JsonObject { ["match"] = "broadcast", ["kind"] = "drop" });
        await world.SendAsync();
        for (var hour = 0; hour < 30; hour++)
        {
            world.Time.Advance(TimeSpan.FromHours(1));
            await world.MineAsync();
        }
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count, view.Attempts[0].Status).ShouldBe((OrderStatus.Open, 1, OutgoingStatus.Sent));
        view.Attempts[0].SendsCount.ShouldBeGreaterThan(20);

        await world.Devnet.ClearFaultsAsync();
        await world.BeatUntilEndedAsync(order);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Receipts_that_lag_behind_only_take_longer()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.Devnet.LagReceiptsAsync(4);
        await world.SendAsync();
        for (var block = 0; block < 4; block++)
        {
            await world.MineAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
            (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Sent);
        }
        await world.MineAsync();
        ((await world.ReadAsync(order)).Order.Status, (await world.AttemptAsync(order)).SendsCount).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task An_intent_that_the_chain_has_seen_fails_its_order_and_nothing_is_sent()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await SpendByOthersAsync(world, order);
        await world.SendAsync();

        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason, view.Attempts.Count).ShouldBe((OrderStatus.Failed, "intent_already_used", 0));
        (await world.EventsAsync(order)).ShouldBe(["created", "triggered", "failed", "failed"]);
    }

    // Somebody takes the intent out of the mempool and is mined before the service: nothing is left to swap, and that is said.
    [Fact]
    public async Task An_intent_that_others_used_while_it_was_in_flight_fails_its_order()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await SpendByOthersAsync(world, order);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason).ShouldBe((OrderStatus.Failed, "intent_already_used"));
        view.Attempts.Select(a => (a.Status, a.Reason)).ShouldBe([(OutgoingStatus.Reverted, "abort_by_response")]);
    }

    [Fact]
    public async Task A_node_that_fails_one_answer_in_three_holds_nobody_else_up()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var orders = new List<Order>();
        for (var i = 0; i < 12; i++) orders.Add(await world.CreateAsync());
        await world.SendAsync();
        await world.Devnet.FaultsAsync(
            new System.Text.Json.Nodes.JsonObject { ["match"] = "tx", ["kind"] = "error", ["probability"] = 0.35 });
        for (var block = 0; block < 15; block++) await world.MineAsync();
        foreach (var order in orders)
        {
            (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
            (await world.EventsAsync(order)).ShouldNotContain("reorged"); // an answer that failed takes nothing back
        }
    }

    [Fact]
    public async Task A_send_whose_answer_never_came_is_settled_by_what_the_chain_shows()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Execution__SendTimeout", "00:00:00.500")]);
        await world.Devnet.FaultsAsync(
            new System.Text.Json.Nodes.JsonObject { ["match"] = "broadcast", ["kind"] = "timeout", ["count"] = 1 });
        var order = await world.CreateAsync();
        await world.SendAsync();
        (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Prepared);
        await Until.Async(() => world.Devnet.HitsAsync(), hits => hits[0] == 1); // a send that is given up is under way all the same
        await world.SettleAsync();
        (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Sent);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Single().SendsCount).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task A_node_that_goes_away_costs_time_and_no_tries()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (sent, waiting) = (await world.CreateAsync(),
            await world.CreateAsync(world.Terms() with { ValidFrom = world.Time.GetUtcNow().AddMinutes(1) }));
        await world.SendAsync();
        await world.Devnet.GoAwayAsync(TimeSpan.FromMinutes(5));
        await Should.ThrowAsync<HttpRequestException>(world.SettleAsync);
        for (var minute = 0; minute < 5; minute++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1.01));
            await world.SendAsync();
        }
        var slice = await world.SliceAsync(waiting);
        (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "venue_unavailable", 0));
        (await world.EventsAsync(waiting)).ShouldBe(["created", "triggered", "backed_off"]);
        (await world.AttemptAsync(sent)).Status.ShouldBe(OutgoingStatus.Sent);

        await world.Devnet.GoAwayAsync(TimeSpan.Zero);
        await world.BeatUntilEndedAsync([sent, waiting]);
        foreach (var order in (Order[])[sent, waiting])
            (await world.ReadAsync(order)).Attempts.Single().Status.ShouldBe(OutgoingStatus.Confirmed);
    }

    private static async Task SpendByOthersAsync(StacksWorld world, Order order)
    {
        var signature = "0x0200000041" + world.Sign(order.Terms).ToRsvHex();
        string[] arguments = [signature, .. StacksArguments(order)];
        await world.Devnet.CallAsync("blaze-v1", "execute", world.Owner.ToString(), arguments);
        (await world.Router.IsSpentAsync(StacksWorld.IntentOf(order.Terms), CancellationToken.None)).ShouldBeTrue();
    }

    private static IEnumerable<string> StacksArguments(Order order)
    {
        var intent = StacksWorld.IntentOf(order.Terms);
        return OrderService.Venues.Stacks.StacksCalls.HashOf(intent).Skip(1)
            .Select(value => "0x" + Convert.ToHexStringLower(OrderService.Stacks.Clarity.ClarityWriter.ToBytes(value)));
    }
}
