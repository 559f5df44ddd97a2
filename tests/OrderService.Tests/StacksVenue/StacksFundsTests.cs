using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Tests.StacksVenue;

/// <summary>Wallets of their own keys on a chain: nothing is sent that they cannot pay for, and none holds up another.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class StacksFundsTests(DevnetFixture fixture)
{
    private static int keys;

    [Fact]
    public async Task M1_An_empty_wallet_costs_no_fee_and_its_order_is_swapped_once_it_is_funded()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (key, order) = await EmptyAsync(world);
        var before = await SolverStxAsync(world);
        for (var beat = 0; beat < 4; beat++) await world.BeatAsync();
        (await world.SliceAsync(order)).Reason.ShouldBe("insufficient_balance");
        (await world.ReadAsync(order)).Attempts.ShouldBeEmpty();
        (await SolverStxAsync(world)).ShouldBe(before);

        await FundAsync(world, key, order.Terms.AmountIn);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task M2_Of_two_orders_over_one_balance_only_one_is_sent()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (key, first) = await EmptyAsync(world);
        var second = await CreateAsync(world, key);
        await FundAsync(world, key, first.Terms.AmountIn);
        for (var beat = 0; beat < 5; beat++) await world.BeatAsync();
        (await world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
        (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed'")).ShouldBe(1);
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'insufficient_balance' AND attempts_used = 0")).ShouldBe(1);
        second.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task S2_A_hundred_and_fifty_empty_wallets_pay_nothing_and_delay_a_funded_one_by_no_block()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        for (var i = 0; i < 150; i++) await EmptyAsync(world);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'insufficient_balance' AND attempts_used = 0")).ShouldBe(150);
    }

    // Each pays for its place, so the room of the accounts that pay decides: four of them have room for 80 in a block.
    [Fact]
    public async Task S2_A_hundred_and_fifty_wallets_that_are_just_worth_their_fees_delay_another_by_less_than_two_blocks()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 4);
        SetPrices(world);
        for (var i = 0; i < 150; i++)
        {
            var (key, small) = await EmptyAsync(world, JustEnough);
            await FundAsync(world, key, small.Terms.AmountIn);
        }
        var order = await world.CreateAsync();
        (await BlocksUntilCompletedAsync(world, order)).ShouldBeLessThanOrEqualTo(2);
    }

    // One owner's, with one account to pay: the next owner has the next turn, not the last.
    [Fact]
    public async Task S2_A_hundred_and_fifty_orders_of_one_owner_delay_another_by_less_than_two_blocks()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        SetPrices(world);
        for (var i = 0; i < 150; i++) await world.CreateAsync(world.Terms() with { AmountIn = JustEnough });
        var (key, order) = await EmptyAsync(world);
        await FundAsync(world, key, order.Terms.AmountIn);
        (await BlocksUntilCompletedAsync(world, order)).ShouldBeLessThanOrEqualTo(2);
        (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed'")).ShouldBeLessThan(150);
    }

    [Fact]
    public async Task S2_A_slice_that_is_not_worth_twice_its_fee_waits_and_costs_nothing()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        SetPrices(world);
        var order = await world.CreateAsync(world.Terms() with { AmountIn = new TokenAmount(JustEnough.Units - 1) });
        for (var beat = 0; beat < 3; beat++)
        {
            await world.BeatAsync();
            SetPrices(world);
        }
        var slice = await world.SliceAsync(order);
        (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "value_below_fee", 0));
        (await world.ReadAsync(order)).Attempts.ShouldBeEmpty();
        SetPrices(world, cha: "1.001");
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await world.SendAsync();
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    // Twice the least fee of 3,000 µSTX at 30 USD for one STX and 1 USD for one CHA, which is what the pool says too.
    private static readonly TokenAmount JustEnough = new(180_000);

    private static void SetPrices(StacksWorld world, string cha = "1")
    {
        var now = world.Time.GetUtcNow();
        var board = world.Get<PriceBoard>();
        var priced = board.PricedAs(TokenId.Parse(world.Devnet.Contract("charisma-token-subnet-v1"), null));
        board.Publish(new GateResult([new BelievedPrice(priced, Price.Parse(cha), now, "test"),
            new BelievedPrice(TokenId.Stx, Price.Parse("30"), now, "test")], [], []), [], now);
    }

    private static async Task<int> BlocksUntilCompletedAsync(StacksWorld world, Order order)
    {
        for (var blocks = 1; blocks <= 10; blocks++)
        {
            await world.SendAsync();
            await world.MineAsync();
            if ((await world.ReadAsync(order)).Order.Status == OrderStatus.Completed) return blocks;
        }
        return int.MaxValue;
    }

    private static async Task<(PrivateKey Key, Order Order)> EmptyAsync(StacksWorld world, TokenAmount? amount = null)
    {
        var key =
            PrivateKey.Parse(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref keys):x8}{new string('6', 56)}"));
        return (key, await CreateAsync(world, key, amount));
    }

    private static async Task<Order> CreateAsync(StacksWorld world, PrivateKey key, TokenAmount? amount = null)
    {
        var owner = key.PublicKey().ToAddress(StacksNetwork.Testnet);
        var terms = world.Terms() with { Owner = owner, Recipient = Principal.From(owner), AmountIn = amount ?? world.Terms().AmountIn };
        var hash = new byte[32];
        StacksWorld.IntentOf(terms).Hash(hash);
        return (await world.Get<PlaceOrder>()
            .HandleAsync(NewOrder.Signed(terms, Secp256k1.Sign(hash, key), null, "charisma", null), default)).Value;
    }

    private static async Task FundAsync(StacksWorld world, PrivateKey key, TokenAmount amount)
    {
        var body = new JsonObject
        {
            ["address"] = key.PublicKey().ToAddress(StacksNetwork.Testnet).ToString(),
            ["tokens"] = new JsonObject { [world.Devnet.Contract("charisma-token-subnet-v1")] = amount.ToString() },
        };
        (await world.Devnet.Http.PostAsJsonAsync("/devnet/faucet", body)).EnsureSuccessStatusCode();
    }

    private static async Task<string> SolverStxAsync(StacksWorld world) =>
        (string)(await world.Devnet.BalancesAsync(world.Router.Solvers[0].ToString()))["stx"]!;
}
