using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Tread;

/// <summary>What an account sells of a class: whichever of its tokens covers the whole, the plain one first.</summary>
public sealed class CalledOrderTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    [Theory]
    [InlineData(100_000_000, 100, ".stx")]
    [InlineData(100_000_000, 0, ".stx")]
    [InlineData(99_999_999, 100, "-subnet-v1")]
    public async Task A_class_is_sold_by_the_plain_token_first(ulong stx, int subnet, string sold)
    {
        var user = await service.UserAsync();
        var account = Principal.Parse(await user.OpenAsync("main"), null);
        await service.Get<SimulatedLedger>().FundAsync(account, TokenId.Stx, new TokenAmount(stx), default);
        if (subnet > 0) await service.FundAsync(account.ToString(), "STX", subnet);
        var order = await user.PlaceAsync(Market());
        var done = await user.WaitAsync((string)order["id"]!, "COMPLETE");
        ((string)done["pair"]!).ShouldBe("STX-sUSDT");
        var swaps = await service.CountAsync($"SELECT count(*) FROM simulator.swaps WHERE owner = '{account}'");
        swaps.ShouldBeGreaterThan(0);
        (await service.CountAsync($"SELECT count(*) FROM simulator.swaps WHERE owner = '{account}' AND token_in LIKE '%{sold}'")).ShouldBe(
            swaps);
    }

    [Fact]
    public async Task What_neither_token_covers_alone_is_not_sold()
    {
        var user = await service.UserAsync();
        var account = Principal.Parse(await user.OpenAsync("main"), null);
        await service.Get<SimulatedLedger>().FundAsync(account, TokenId.Stx, new TokenAmount(60_000_000), default);
        await service.FundAsync(account.ToString(), "STX", 60);
        var refused = await user.PostAsync("/api/orders/", Market());
        (refused.Status, refused.Code).ShouldBe((422, "insufficient_balance"));
    }

    private static JsonObject Market() => new()
    {
        ["pair"] = "STX-sUSDT", ["side"] = "sell", ["accounts"] = new JsonArray("main"), ["strategy"] = "Market", ["base_asset_qty"] = 100,
    };
}
