using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Tests.StacksVenue;

/// <summary>Receipts of a node that cannot be relied on: what is missing is no evidence, and what cannot be is never believed.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class ReceiptTests(DevnetFixture fixture)
{
    private static readonly Dictionary<string, Action<JsonObject>> Unreadable = new(StringComparer.Ordinal)
    {
        ["no result"] = receipt => receipt.Remove("tx_result"),
        ["a result that is no value"] = receipt => receipt["tx_result"] = new JsonObject { ["hex"] = "0x07" },
        ["a result without an amount"] = receipt => receipt["tx_result"] = new JsonObject { ["hex"] = "0x0703" },
        ["no time of the block"] = receipt => receipt.Remove("block_time"),
        ["no word on the chain that it is of"] = receipt => receipt.Remove("canonical"),
        ["a status with a quote in it"] = receipt => receipt["tx_status"] = "abort_by_\"quote",
        ["another transaction"] = receipt => receipt["tx_id"] = "0x" + new string('0', 64),
        ["success and an error"] = receipt => receipt["tx_result"] = new JsonObject { ["hex"] = "0x0803" },
    };

    public static TheoryData<string> Missing() => [.. Unreadable.Keys];

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task M6_A_receipt_that_cannot_be_read_decides_nothing_and_is_asked_for_again(string missing)
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Stacks__NodeUrl", node.Url)]);
        var order = await world.CreateAsync();
        await world.SendAsync();
        node.Receipts(Unreadable[missing]);
        await world.MineAsync(3);
        ((await world.ReadAsync(order)).Order.Status,
            (await world.AttemptAsync(order)).Status).ShouldBe((OrderStatus.Open, OutgoingStatus.Sent));

        node.Lie = null;
        await world.SettleAsync();
        await ShouldBeSwappedAsync(world, order, null);
        (await world.EventsAsync(order)).ShouldBe(["created", "triggered", "broadcast", "sent", "confirmed", "completed"]);
    }

    [Fact]
    public async Task M6_A_confirmed_swap_is_not_taken_back_because_a_receipt_cannot_be_read()
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3, settings: [("Stacks__NodeUrl", node.Url)]);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();
        node.Receipts(receipt => receipt.Remove("tx_result"));
        await world.MineAsync();
        node.Lie = null;
        await world.MineAsync();
        (await world.AttemptAsync(order)).IsFinal.ShouldBeTrue();
        (await world.EventsAsync(order)).ShouldNotContain("reorged");
    }

    [Fact]
    public async Task S16_A_success_in_a_block_older_than_the_first_send_is_never_believed()
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 2, settings: [("Stacks__NodeUrl", node.Url)]);
        await fixture.Devnet.MineAsync(4);
        await world.KeepNoncesAsync();
        var order = await world.CreateAsync();
        await world.SendAsync();
        var old = await fixture.Devnet.HeightAsync() - 3;
        node.Receipts(receipt =>
        {
            receipt["block_height"] = old;
            receipt["tx_result"] = Paying(receipt, uint.MaxValue);
        });
        await world.MineAsync(8);
        ((await world.ReadAsync(order)).Order.Status, (await world.SliceAsync(order)).AmountOut).ShouldBe((OrderStatus.Open, null));

        node.Lie = null;
        await world.SettleAsync();
        await ShouldBeSwappedAsync(world, order, null);
    }

    // In the right block, but of an amount that nobody quoted: the transfers of the receipt say otherwise.
    [Fact]
    public async Task S16_An_amount_that_the_receipts_own_events_do_not_bear_out_is_not_believed_at_any_depth()
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 2, settings: [("Stacks__NodeUrl", node.Url)]);
        var order = await world.CreateAsync();
        await world.SendAsync();
        node.Receipts(receipt => receipt["tx_result"] = Paying(receipt, uint.MaxValue));
        await world.MineAsync(5);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        node.Lie = null;
        await world.SettleAsync();
        await ShouldBeSwappedAsync(world, order, null);
    }

    [Fact]
    public async Task S16_Where_another_node_says_otherwise_an_unexpected_amount_is_not_believed()
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        var settings = new[] { ("Stacks__NodeUrl", node.Url), ("Stacks__OtherNodes__0", fixture.Devnet.Http.BaseAddress!.ToString()) };
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 2, settings: settings);
        var order = await world.CreateAsync();
        await world.SendAsync();
        node.Receipts(receipt =>
        {
            var was = AmountOf(receipt);
            receipt["tx_result"] = Paying(receipt, uint.MaxValue);
            foreach (var one in receipt["events"]!.AsArray())
            {
                if ((string?)one!["asset"]?["amount"] == was.ToString(CultureInfo.InvariantCulture))
                    one["asset"]!["amount"] = uint.MaxValue.ToString(CultureInfo.InvariantCulture);
            }
        });
        await world.MineAsync(5);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        node.Lie = null;
        await world.SettleAsync();
        await ShouldBeSwappedAsync(world, order, null);
    }

    [Fact]
    public async Task S16_A_true_fill_at_three_times_the_quote_confirms_at_its_depth_and_says_that_it_was_unexpected()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha / 3, StacksWorld.PoolStx);
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        await world.MineAsync(2);
        await ShouldBeSwappedAsync(world, order, "amount_unexpected");
        var attempt = await world.AttemptAsync(order);
        attempt.AmountOut!.Value.Units.ShouldBeGreaterThan(attempt.QuotedAmountOut!.Value.Units * 5 / 2);
        (await world.EventsAsync(order)).ShouldBe(
            ["created", "triggered", "broadcast", "sent", "amount_unexpected", "confirmed", "completed"]);
    }

    private static async Task ShouldBeSwappedAsync(StacksWorld world, Order order, string? reason)
    {
        var (view, swap) = (await world.ReadAsync(order), (await world.SwapsAsync(order)).Single());
        (view.Order.Status, view.Order.Slices[0].Reason,
            view.Order.Slices[0].AmountOut.ToString()).ShouldBe((OrderStatus.Completed, reason, (string?)swap["amountOut"]));
    }

    // The last 16 bytes of a swap's result are the dy of its last hop.
    private static UInt128 AmountOf(JsonObject receipt) =>
        UInt128.Parse(((string)receipt["tx_result"]!["hex"]!)[^32..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static JsonObject Paying(JsonObject receipt, ulong amount) => new()
    {
        ["hex"] = string.Concat(((string)receipt["tx_result"]!["hex"]!).AsSpan()[..^32],
            amount.ToString("x32", CultureInfo.InvariantCulture)),
    };
}
