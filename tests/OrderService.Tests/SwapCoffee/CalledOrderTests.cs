using System.Text.Json.Nodes;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The native coin is sold through this wire as any token is.</summary>
public sealed class CalledOrderTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    [Fact]
    public async Task A_dca_sells_the_native_coin_and_a_cancelled_one_leaves_it_in_the_wallet()
    {
        var client = service.NewClient();
        var wallet = await client.OpenAsync("1");
        (await client.AskAsync(HttpMethod.Post, "/simulator/faucet",
            new JsonObject { ["address"] = wallet, ["token"] = ".stx", ["amount"] = "2000002" })).Status.ShouldBe(200);
        var sold = await client.WaitAsync(await client.CreatedAsync(client.Dca(more: Native)), "executed");
        ((string)sold["token_from"]!["address"]!["address"]!, (string)sold["current_input_amount"]!).ShouldBe(("native", "0"));
        var waiting = await client.CreatedAsync(client.Limit("999999999999999999", more: Native));
        (await client.SendAsync(HttpMethod.Delete, $"order?id={waiting}")).Status.ShouldBe(200);
        var balances = (await client.AskAsync(HttpMethod.Get, $"/simulator/accounts/{wallet}")).Body!["balances"]!.AsArray();
        ((string?)balances.Single(b => (string?)b!["token"] == ".stx")!["amount"]).ShouldBe("1000001");

        void Native(JsonObject body) => (body["token_from"]!["address"], body["token_to"]!["address"]) = ("native", client.SellToken);
    }
}
