using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Explain;

/// <summary>The whole service, whose chain makes a block when a test says so.</summary>
public sealed class HandMinedFixture : ServiceFixture
{
    protected override IReadOnlyList<string> More => ["--Simulator:BlockInterval=01:00:00", "--Simulator:Arbitrage=false", "--Orders:MaxDeviationBps=10000"];
}

/// <summary>The story of an order, from its beginning to its end.</summary>
public sealed class StoryRouteTests(HandMinedFixture service) : IClassFixture<HandMinedFixture>
{
    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task A_story_has_every_event_and_every_transaction_with_its_fee_page_by_page()
    {
        var body = Wallet.Order(Wallet.AtOnce);
        (await Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        var uuid = (string)body["uuid"]!;
        // Only what its sender told before it is confirmed is told at all.
        await Until.Async(() => StoryAsync(uuid), told => KindsOf(told).Contains("sent"));
        await service.Services.GetRequiredService<SimulatedMiner>().MineAsync(CancellationToken.None);
        var order = await Wallet.WaitAsync(uuid, "confirmed");
        var whole = await StoryAsync(uuid);
        KindsOf(whole).ShouldBe(["created", "triggered", "broadcast", "sent", "confirmed", "completed"]);
        var told = whole["events"]!.AsArray().ToDictionary(e => (string)e!["kind"]!, e => e!);
        ((string?)told["created"]["actor"], told["created"]["facts"]).ShouldBe((Wallet.Address, null));
        ((string?)told["completed"]["orderStatus"], (string?)told["completed"]["orderFilled"]).ShouldBe(("completed", "1000000"));
        ((string?)told["broadcast"]["orderStatus"], (string?)told["broadcast"]["orderFilled"]).ShouldBe(("open", "0"));
        var attempt = whole["attempts"]!.AsArray().Single()!;
        ((string?)attempt["txid"], (string?)attempt["status"],
            (string?)attempt["amountOut"]).ShouldBe(((string?)order["txid"], "confirmed", (string?)order["amountOut"]));
        ((string?)attempt["fee"]).ShouldBe((string?)told["broadcast"]["facts"]!["fee"]);
        ((string?)told["confirmed"]["facts"]!["txid"],
            (string?)told["confirmed"]["facts"]!["amountOut"]).ShouldBe(((string?)order["txid"], (string?)order["amountOut"]));

        var (pages, after) = (new List<long>(), 0L);
        while (true)
        {
            var page = await StoryAsync(uuid, $"?limit=2&after={after}");
            pages.AddRange(page["events"]!.AsArray().Select(e => (long)e!["sequence"]!));
            if (page["next"] is not { } next) break;
            after = (long)next;
        }
        pages.ShouldBe(whole["events"]!.AsArray().Select(e => (long)e!["sequence"]!));
    }

    private static string[] KindsOf(JsonNode story) => [.. story["events"]!.AsArray().Select(happened => (string)happened!["kind"]!)];

    private async Task<JsonNode> StoryAsync(string uuid, string query = "")
    {
        var (status, body) = await Wallet.GetAsync($"/api/v1/orders/{uuid}/events{query}");
        status.ShouldBe(200, body.ToJsonString());
        return body["data"]!;
    }
}
