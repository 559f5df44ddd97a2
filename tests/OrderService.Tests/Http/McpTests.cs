using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>The service with its tools for agents on.</summary>
public sealed class McpFixture : ServiceFixture
{
    protected override IReadOnlyList<string> More => ["--Mcp:Enabled=true", .. BusyKeys.Arguments];
}

/// <summary>The Model Context Protocol, by the protocol's own client.</summary>
public sealed class McpTests(McpFixture service) : IClassFixture<McpFixture>
{
    private const string Sell = "CHA-subnet";

    [Fact]
    public async Task An_agent_quotes_previews_places_lists_explains_and_cancels()
    {
        var (_, key) = await AccountAsync("create,trade,cancel,accounts", "500");
        await using var agent = await AgentAsync(key);
        (await agent.ListToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["cancel", "explain", "list", "place", "preview", "quote"]);
        var quote = await CallAsync(agent, "quote", ("sell", Sell), ("buy", "stx"), ("amount", "10"));
        ((string)quote["sells"]!).ShouldBe("10 CHA-subnet");
        ((string)quote["pays"]!).ShouldEndWith(" STX");

        var preview = await CallAsync(agent, "preview", ("sell", Sell), ("buy", "STX"), ("amount", "10"));
        ((bool)preview["acceptable"]!, (bool)preview["wouldTriggerNow"]!,
            (string)preview["accountHolds"]!).ShouldBe((true, true, "1000 CHA-subnet"), preview.ToJsonString());

        var uuid = Guid.NewGuid().ToString();
        var placed = await CallAsync(agent, "place", ("sell", Sell), ("buy", "STX"), ("amount", "10"), ("uuid", uuid));
        ((string)placed["uuid"]!, (string)placed["sells"]!).ShouldBe((uuid, "10 CHA-subnet"));
        // the same order
        (await CallAsync(agent, "place", ("sell", Sell), ("buy", "STX"), ("amount", "10"), ("uuid", uuid)))["uuid"]!.ToString()
            .ShouldBe(uuid);
        await Until.Async(() => CallAsync(agent, "explain", ("uuid", uuid)), told => (string?)told["order"]!["status"] == "completed");

        var waiting = (string)(await CallAsync(agent, "place", ("sell", Sell), ("buy", "STX"), ("amount", "1"), ("watch", "STX"),
            ("above", "1000")))["uuid"]!;
        var why = await CallAsync(agent, "explain", ("uuid", waiting));
        ((string)why["sentence"]!).ShouldStartWith("It waits for STX at 1000 USD or more");
        ((string)why["order"]!["waitingFor"]!).ShouldBe("price");
        var open = await CallAsync(agent, "list", ("open", true));
        open["orders"]!.AsArray().Select(order => (string)order!["uuid"]!).ShouldBe([waiting]);
        ((string)(await CallAsync(agent, "cancel", ("uuid", waiting)))["status"]!).ShouldBe("cancelled");
        (await CallAsync(agent, "list", ("open", true)))["orders"]!.AsArray().ShouldBeEmpty();
        (await CallAsync(agent, "list", ("limit", 1)))["nextCursor"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_does_what_it_may_within_its_daily_limit_and_nothing_more()
    {
        var (owner, key) = await AccountAsync("create,trade,accounts", "1");
        await using var agent = await AgentAsync(key);
        (await RefusalAsync(agent, "place", ("sell", Sell), ("buy", "STX"), ("amount", "1000"))).ShouldStartWith("daily_limit: ");
        var preview = await CallAsync(agent, "preview", ("sell", Sell), ("buy", "STX"), ("amount", "1000"));
        ((bool)preview["acceptable"]!).ShouldBeFalse();
        ((string)preview["refusals"]!.AsArray().Single()!).ShouldStartWith("daily_limit: ");
        var uuid = (string)(await CallAsync(agent, "place", ("sell", Sell), ("buy", "STX"), ("amount", "1"), ("watch", "STX"),
            ("above", "1000")))["uuid"]!;
        (await RefusalAsync(agent, "cancel", ("uuid", uuid))).ShouldStartWith("permission_denied: ");

        await using var reader = await AgentAsync(await owner.KeyAsync(service, "cancel", null));
        (await RefusalAsync(reader, "place", ("sell", Sell), ("buy", "STX"), ("amount", "1"))).ShouldStartWith("permission_denied: ");
        ((string)(await CallAsync(reader, "cancel", ("uuid", uuid)))["status"]!).ShouldBe("cancelled");

        var (_, strangers) = await AccountAsync("cancel,accounts", null);
        await using var stranger = await AgentAsync(strangers);
        (await RefusalAsync(stranger, "explain", ("uuid", uuid))).ShouldStartWith("not_found: ");
        (await CallAsync(stranger, "list"))["orders"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("quote", "invalid_field: amount must be", "sell", Sell, "buy", "STX", "amount", "1.1234567")]
    [InlineData("quote", "invalid_field: sell is no token", "sell", "DOGE", "buy", "STX", "amount", "1")]
    [InlineData("place", "invalid_field: watch goes with", "sell", Sell, "buy", "STX", "amount", "1", "watch", "STX")]
    [InlineData("place", "invalid_field: above must be", "sell", Sell, "buy", "STX", "amount", "1", "watch", "STX", "above", "-1")]
    [InlineData("explain", "invalid_field: uuid must be", "uuid", "17")]
    [InlineData("cancel", "not_found", "uuid", "550e8400-e29b-41d4-a716-446655440000")]
    public async Task What_cannot_be_meant_is_refused_by_its_argument(string tool, string refusal, params string[] arguments)
    {
        var (_, key) = await AccountAsync("create,trade,cancel,accounts", null);
        await using var agent = await AgentAsync(key);
        (await RefusalAsync(agent, tool, [.. arguments.Chunk(2).Select(pair => (pair[0], (object?)pair[1]))])).ShouldStartWith(refusal);
    }

    [Theory]
    [InlineData(null, 401, "missing_api_key")]
    [InlineData("ck_live_0000000000000000000000000000000000000000000000000000000000000000", 401, "invalid_api_key")]
    public async Task Nobody_calls_without_a_key(string? key, int status, string code)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""", Encoding.UTF8,
                "application/json"),
        };
        asked.Headers.Add("Accept", "application/json, text/event-stream");
        if (key is not null) asked.Headers.Add("Authorization", $"Bearer {key}");
        using var plain = new HttpClient { BaseAddress = service.Client.BaseAddress };
        using var answer = await plain.SendAsync(asked);
        ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]).ShouldBe((status, code));
    }

    // A wallet of its own with a funded account, and a key of its that may do so much.
    private async Task<(AgentWallet Owner, string Key)> AccountAsync(string permissions, string? usdPerDay)
    {
        var owner = new AgentWallet(new TestWallet());
        var key = await owner.KeyAsync(service, permissions, usdPerDay);
        using var opened = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts")
        {
            Content = new StringContent("""{"name":"mcp"}""", Encoding.UTF8, "application/json"), Headers = { { "X-API-Key", key } },
        };
        var (status, account) = await service.Wallet.SendAsync(opened);
        status.ShouldBe(200, account.ToJsonString());
        var given = new JsonObject
        {
            ["address"] = (string)account["account"]!["address"]!, ["token"] = service.Wallet.SellToken, ["amount"] = "1000000000",
        };
        using var faucet =
            await service.Client.PostAsync("/simulator/faucet", new StringContent(given.ToJsonString(), Encoding.UTF8, "application/json"));
        faucet.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (owner, key);
    }

    private Task<McpClient> AgentAsync(string key) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(service.Client.BaseAddress!, "/mcp"), AdditionalHeaders = new Dictionary<string, string> { ["X-API-Key"] = key },
    }));

    private static async Task<JsonNode> CallAsync(McpClient agent, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await agent.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        (result.IsError is true).ShouldBeFalse(text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<string> RefusalAsync(McpClient agent, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await agent.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        (result.IsError is true).ShouldBeTrue();
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    private sealed record AgentWallet(TestWallet Wallet)
    {
        public async Task<string> KeyAsync(McpFixture service, string permissions, string? usdPerDay)
        {
            var message = JsonNode.Parse(Wallet.KeyMessage($"key {Guid.NewGuid():N}",
                string.Join(',', permissions.Split(',').Select(one => $"\"{one}\"")), DateTimeOffset.UtcNow))!;
            if (usdPerDay is not null) message["limits"] = new JsonObject { ["maxUsdPerDay"] = usdPerDay };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/api-keys")
            {
                Content = new StringContent(Wallet.Body(message.ToJsonString()), Encoding.UTF8, "application/json"),
            };
            var (status, made) = await service.Wallet.SendAsync(request);
            status.ShouldBe(200, made.ToJsonString());
            return (string)made["apiKey"]!;
        }
    }
}
