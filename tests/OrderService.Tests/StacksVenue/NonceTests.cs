using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Transactions;

namespace OrderService.Tests.StacksVenue;

/// <summary>The nonces of the accounts that pay: shared with an operator, with gaps, within the node's limit, side by side.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class NonceTests(DevnetFixture fixture)
{
    [Fact]
    public async Task A_transaction_whose_nonce_an_operator_used_counts_as_replaced_only_at_the_depth_and_is_tried_again_on_a_new_one()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        await world.Devnet.SendAsync(world.Operator((ulong)first.Nonce, 400_000).Raw.ToArray());
        for (var block = 0; block < 3; block++)
        {
            await world.MineAsync();
            (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Sent);
        }
        await world.MineAsync();
        (await world.AttemptAsync(order)).Status.ShouldBe(OutgoingStatus.Replaced);
        (await world.EventsAsync(order))[^1].ShouldBe("replaced");

        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count, view.Attempts[1].Nonce).ShouldBe((OrderStatus.Completed, 2, first.Nonce + 1));
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
    }

    // The operator's transaction is orphaned before the depth, and the service's own bytes are mined on that nonce after all.
    [Fact]
    public async Task A_nonce_that_a_reorganisation_gives_back_was_never_lost()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 4);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        var stranger = world.Operator((ulong)first.Nonce, 400_000);
        await world.Devnet.SendAsync(stranger.Raw.ToArray());
        await world.MineAsync(3);
        await world.Devnet.ReorgAsync(3, stranger.TxId);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.SettleAsync();
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count, view.Attempts[0].TxId).ShouldBe((OrderStatus.Completed, 1, first.TxId));
        (await world.EventsAsync(order)).ShouldNotContain("replaced");
    }

    // An operator who outbids it with the same call: the nonce is passed and the uuid is used, but no receipt of the service's own says by
    // whom.
    [Fact]
    public async Task The_same_call_by_an_operator_at_another_fee_is_never_followed_by_a_second_swap()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        await world.Devnet.SendAsync(world.Again(first, 400_000).Raw.ToArray());
        for (var beat = 0; beat < 5; beat++) await world.BeatAsync();
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
        var view = await world.ReadAsync(order);
        view.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nonces_that_an_operator_used_meanwhile_are_passed_over()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var next = await world.Router.NextNonceAsync(world.Router.Solvers[0], CancellationToken.None);
        for (var i = 0ul; i < 3; i++) await world.Devnet.SendAsync(world.Operator(next + i, 4_000).Raw.ToArray());
        await world.Devnet.MineAsync();
        await world.KeepNoncesAsync();
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Single().Nonce).ShouldBe((OrderStatus.Completed, (long)next + 3));
    }

    // Nobody had looked at the account: the node refuses with BadNonce, which decides nothing; the account's nonce does.
    [Fact]
    public async Task BadNonce_decides_nothing_and_the_order_is_swapped_on_a_good_one()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var next = await world.Router.NextNonceAsync(world.Router.Solvers[0], CancellationToken.None);
        await world.Devnet.SendAsync(world.Operator(next, 4_000).Raw.ToArray());
        await world.Devnet.MineAsync();
        var order = await world.CreateAsync();
        await world.SendAsync();
        var refused = await world.AttemptAsync(order);
        (refused.Status, refused.Reason, refused.Nonce).ShouldBe((OutgoingStatus.Prepared, "BadNonce", (long)next));

        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count, view.Attempts[0].Status,
            view.Attempts[1].Nonce).ShouldBe((OrderStatus.Completed, 2, OutgoingStatus.Replaced, (long)next + 1));
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("NotEnoughFunds")]
    [InlineData("SignatureValidation")]
    public async Task A_nonce_that_a_definite_refusal_left_free_is_taken_by_the_next(string reason)
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.Devnet.FaultsAsync(new JsonObject { ["match"] = "broadcast", ["kind"] = "reject", ["reason"] = reason, ["count"] = 1 });
        await world.SendAsync();
        var rejected = await world.AttemptAsync(order);
        (rejected.Status, rejected.Reason).ShouldBe((OutgoingStatus.Rejected, reason));
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts[1].Nonce).ShouldBe((OrderStatus.Completed, rejected.Nonce));
        (await world.EventsAsync(order)).ShouldBe(
            ["created", "triggered", "broadcast", "rejected", "broadcast", "sent", "confirmed", "completed"]);
    }

    [Fact]
    public async Task A_gap_in_the_middle_of_what_is_in_flight_is_filled_by_a_transfer()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Execution__RetryAfter", "01:00:00")]);
        // Sent side by side: the node refuses one of them for good, and those behind it wait.
        await world.Devnet.FaultsAsync(
            new JsonObject { ["match"] = "broadcast", ["kind"] = "reject", ["reason"] = "NotEnoughFunds", ["count"] = 1 });
        var orders = new List<Order>();
        for (var i = 0; i < 12; i++) orders.Add(await world.CreateAsync());
        await world.SendAsync();
        var attempts = (await Task.WhenAll(orders.Select(world.AttemptAsync))).OrderBy(a => a.Nonce).ToList();
        var lost = attempts.Single(a => a.Status == OutgoingStatus.Rejected);
        var behind = attempts.Count(a => a.Nonce > lost.Nonce);
        await world.MineAsync();
        (await world.ScalarAsync("SELECT count(*) FROM attempts WHERE status = 'confirmed'")).ShouldBe(11 - behind);

        world.Time.Advance(TimeSpan.FromSeconds(4));
        await world.KeepNoncesAsync();
        await world.MineAsync();
        (await world.ScalarAsync("SELECT count(*) FROM attempts WHERE status = 'confirmed'")).ShouldBe(11);
        if (behind > 0)
        {
            var fill = (await world.Devnet.LedgerAsync()).Single(
                e => (string?)e["sender"] == lost.Solver.ToString() && (long?)e["nonce"] == lost.Nonce);
            ((string?)fill["fn"], (string?)fill["amountIn"]).ShouldBe(("token-transfer", "1"));
        }
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.BeatUntilEndedAsync(orders);
        foreach (var order in orders) (await world.SwapsAsync(order)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_fill_that_gets_lost_is_sent_again_until_the_chain_has_passed_it()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        // As a reorganisation or another hand may leave it: the nonce before the first is nobody's.
        await world.ScalarAsync($"WITH up AS (UPDATE attempts SET nonce = nonce + 1 WHERE id = {first.Id}) UPDATE solvers SET next_nonce = next_nonce + 1 RETURNING 1");
        await world.Devnet.EvictAsync(first.TxId);
        await world.KeepNoncesAsync();
        await world.Devnet.FaultsAsync(new JsonObject { ["match"] = "broadcast", ["kind"] = "drop", ["count"] = 1 });
        world.Time.Advance(TimeSpan.FromSeconds(4));
        await world.KeepNoncesAsync();
        await world.Devnet.MineAsync();
        var solver = world.Router.Solvers[0];
        (await world.Router.NextNonceAsync(solver, CancellationToken.None)).ShouldBe((ulong)first.Nonce);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.SettleAsync();
        await world.Devnet.MineAsync();
        (await world.Router.NextNonceAsync(solver, CancellationToken.None)).ShouldBe((ulong)first.Nonce + 1);
    }

    // Everything of the account waits for it, and raising the fees of those would be in vain.
    [Fact]
    public async Task A_fill_that_waits_too_long_is_outbid_like_any_other()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync();
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        await world.ScalarAsync($"WITH up AS (UPDATE attempts SET nonce = nonce + 1 WHERE id = {first.Id}) UPDATE solvers SET next_nonce = next_nonce + 1 RETURNING 1");
        await world.Devnet.EvictAsync(first.TxId);
        await world.KeepNoncesAsync();
        world.Time.Advance(TimeSpan.FromSeconds(4));
        await world.KeepNoncesAsync();
        var before = await world.ScalarAsync("SELECT max(fee) FROM outgoing_transactions WHERE purpose = 'fill'");
        foreach (var minutes in (int[])[9, 2, 8])
        {
            world.Time.Advance(TimeSpan.FromMinutes(minutes));
            await world.KeepNoncesAsync();
            await world.SettleAsync();
        }
        var raised = await world.ScalarAsync("SELECT max(fee) FROM outgoing_transactions WHERE purpose = 'fill'");
        raised.ShouldBe(before * 125 / 100);
        await world.Devnet.MineAsync();
        var mined = (await world.Devnet.LedgerAsync()).Single(e => (string?)e["sender"] == first.Solver.ToString());
        ((string?)mined["fn"],
            (string?)mined["fee"]).ShouldBe(("token-transfer", raised.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task An_account_never_has_more_in_flight_than_it_may_and_the_rest_has_its_turn_later()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2, settings: [("Stacks__InFlightMax", "3")]);
        var orders = new List<Order>();
        for (var i = 0; i < 14; i++) orders.Add(await world.CreateAsync());
        for (var round = 0; round < 3; round++)
        {
            await world.SendAsync();
            (await world.ScalarAsync("SELECT max(n) FROM (SELECT count(*) n FROM attempts WHERE status IN ('prepared', 'sent') GROUP BY solver) q")).ShouldBeLessThanOrEqualTo(3);
            await world.MineAsync();
        }
        await world.BeatUntilEndedAsync(orders);
        foreach (var order in orders) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        // Parallel accounts share the work.
        (await world.ScalarAsync("SELECT count(DISTINCT solver) FROM attempts")).ShouldBe(2);
        (await world.ScalarAsync(
            "SELECT max(n) - min(n) FROM (SELECT count(*) n FROM attempts GROUP BY solver) q")).ShouldBeLessThanOrEqualTo(2);
    }

    // The node would refuse it for good, again and again, and so use up the tries of every order.
    [Fact]
    public async Task An_account_that_cannot_pay_is_left_out_and_without_any_that_can_orders_wait()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2);
        await EmptyAsync(world, 0);
        var orders = new List<Order>();
        for (var i = 0; i < 4; i++) orders.Add(await world.CreateAsync());
        await world.SendAsync();
        await world.MineAsync();
        foreach (var order in orders)
        {
            var view = await world.ReadAsync(order);
            (view.Order.Status, view.Attempts.Single().Solver).ShouldBe((OrderStatus.Completed, world.Router.Solvers[1]));
        }

        await EmptyAsync(world, 1);
        var last = await world.CreateAsync();
        for (var beat = 0; beat < 5; beat++) await world.BeatAsync();
        var waiting = await world.ReadAsync(last);
        (waiting.Order.Status, waiting.Attempts.Count).ShouldBe((OrderStatus.Open, 0));
        await world.Devnet.FaucetAsync(world.Router.Solvers[0].ToString(), 10_000_000);
        await world.BeatUntilEndedAsync(last);
        (await world.ReadAsync(last)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    private static async Task EmptyAsync(StacksWorld world, int solver)
    {
        var address = world.Router.Solvers[solver];
        var held = ulong.Parse((string)(await world.Devnet.BalancesAsync(address.ToString()))["stx"]!,
            System.Globalization.CultureInfo.InvariantCulture);
        await world.Devnet.SendAsync(world.Operator(await world.Router.NextNonceAsync(address, CancellationToken.None), 4_000, solver,
            held - 4_000 - 100).Raw.ToArray());
        await world.Devnet.MineAsync();
        await world.KeepNoncesAsync();
    }

    [Fact]
    public async Task A_call_that_finds_every_account_busy_is_told_so_and_its_order_is_sent_later()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Stacks__InFlightMax", "1")]);
        var first = await world.CreateAsync();
        await world.SendAsync();
        var second = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        var answer = await world.ExecuteByCallAsync(second);
        answer.Error.ShouldBeOfType<OrderError.Unavailable>().Code.ShouldBe("solvers_busy");
        (await world.SliceAsync(second)).Status.ShouldBe(SliceStatus.Executing);
        (await world.ReadAsync(second)).Attempts.ShouldBeEmpty();
        (await world.ExecuteByCallAsync(second)).Error.ShouldNotBeNull();

        await world.MineAsync();
        await world.SendAsync();
        await world.MineAsync();
        (await world.ReadAsync(first)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ReadAsync(second)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task Three_accounts_share_the_work_and_every_order_settles_though_sends_fail_in_every_way()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 3, confirmations: 2);
        await world.Devnet.FaultsAsync(
            new JsonObject { ["match"] = "broadcast", ["kind"] = "drop", ["probability"] = 0.07 }, new JsonObject
            {
                ["match"] = "broadcast", ["kind"] = "error", ["probability"] = 0.07,
            },
            new JsonObject { ["match"] = "broadcast", ["kind"] = "reject", ["reason"] = "FeeTooLow", ["probability"] = 0.03 },
            new JsonObject { ["match"] = "broadcast", ["kind"] = "reject", ["reason"] = "ServerFailureOther", ["probability"] = 0.05 },
            new JsonObject { ["match"] = "broadcast", ["kind"] = "lose", ["probability"] = 0.05 }, new JsonObject
            {
                ["match"] = "tx", ["kind"] = "error", ["probability"] = 0.05,
            },
            new JsonObject { ["match"] = "broadcast", ["kind"] = "duplicate", ["probability"] = 0.05 });
        var orders = new List<Order>();
        for (var i = 0; i < 30; i++) orders.Add(await world.CreateAsync());
        await world.BeatUntilEndedAsync(orders, beatsMax: 60);
        foreach (var order in orders)
        {
            var (view, swaps) = (await world.ReadAsync(order), await world.SwapsAsync(order));
            if (view.Order.Status == OrderStatus.Completed) swaps.Single()["txid"]!.ToString().ShouldBe(view.Order.Slices[0].TxId);
            else swaps.ShouldBeEmpty();
        }
        (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed'")).ShouldBeGreaterThan(20);
    }
}
