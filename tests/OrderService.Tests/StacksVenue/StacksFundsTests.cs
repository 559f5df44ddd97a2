using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

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

    private static async Task<(PrivateKey Key, Order Order)> EmptyAsync(StacksWorld world)
    {
        var key = PrivateKey.Parse(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref keys):x8}{new string('6', 56)}"));
        return (key, await CreateAsync(world, key));
    }

    private static async Task<Order> CreateAsync(StacksWorld world, PrivateKey key)
    {
        var owner = key.PublicKey().ToAddress(StacksNetwork.Testnet);
        var terms = world.Terms() with { Owner = owner, Recipient = Principal.From(owner) };
        var hash = new byte[32];
        StacksWorld.IntentOf(terms).Hash(hash);
        return (await world.Get<CreateOrder>().HandleAsync(new NewOrder(terms, Secp256k1.Sign(hash, key), null, "charisma", null), default)).Value;
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

    private static async Task<string> SolverStxAsync(StacksWorld world) => (string)(await world.Devnet.BalancesAsync(world.Router.Solvers[0].ToString()))["stx"]!;
}
