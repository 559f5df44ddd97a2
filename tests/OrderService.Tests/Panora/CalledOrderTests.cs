using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Panora;

/// <summary>The native coin is sold through this wire as any token is.</summary>
public sealed class CalledOrderTests
{
    [Fact]
    public async Task A_dca_sells_the_native_coin_to_its_last_unit_and_pays_the_wallet_in_each_swap()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        await world.Get<SimulatedLedger>()
            .FundAsync(Principal.Parse(client.Account, null), TokenId.Stx, new TokenAmount(12_000_005), default);
        var order = await client.CreateAsync(b => (b["fromTokenAddress"], b["toTokenAddress"], b["fromTokenAmount"], b["numberOfOrders"]) =
            (".stx", world.Sell.Id.ToString(), new JsonObject { ["value"] = "12.000005", ["type"] = "total" }, 4));
        order["fromToken"]!.ToJsonString().ShouldBe("""{"address":".stx","name":"Stacks","symbol":"STX","decimals":6}""");
        await world.BeatAsync(4, TimeSpan.FromMinutes(1));
        var filled = await client.ReadAsync(order);
        ((string)filled["status"]!, (string)filled["fromTokenAmountSpent"]!,
            (int)filled["numberOfOrdersCompleted"]!).ShouldBe(("filled", "12.000005", 4));
        (await world.ScalarAsync($"SELECT count(*) FROM simulator.swaps WHERE owner = '{client.Account}' AND recipient = '{client.Wallet}' AND token_in = '.stx'")).ShouldBe(4);
        (await world.ScalarAsync(
            $"SELECT balance::bigint FROM simulator.accounts WHERE address = '{client.Account}' AND token = '.stx'")).ShouldBe(0);
    }
}
