using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>The dead man's switch as a client arms it.</summary>
public sealed class SwitchRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Path = "/api/v1/orders/cancel-all-after";

    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task Armed_by_a_key_and_not_put_off_it_cancels_what_its_filter_means()
    {
        var (key, strategy) = (await KeyAsync("\"cancel\""), $"grid-{Guid.NewGuid():N}");
        var (meant, other) = (Wallet.Order(body => body["strategyId"] = strategy), Wallet.Order());
        foreach (var order in (JsonObject[])[meant, other]) (await Wallet.PostOrderAsync(order)).Status.ShouldBe(200);
        var (status, armed) = await ArmAsync(3_600);
        (status, (string?)armed["data"]!["filter"]!["strategyId"],
            ((string?)armed["data"]!["armedBy"])![..4]).ShouldBe((200, strategy, "key:"), armed.ToJsonString());
        (_, var list) = await SendAsync(HttpMethod.Get, null, key);
        list["data"]!.AsArray().Select(one => (string?)one!["firesAt"]).ShouldContain((string?)armed["data"]!["firesAt"]);

        (await ArmAsync(5)).Status.ShouldBe(200); // in its place
        var ended = await Wallet.WaitAsync((string)meant["uuid"]!, "cancelled");
        ((string?)ended["cancelReason"],
            (string?)(await Wallet.GetAsync($"/api/v1/orders/{other["uuid"]}")).Body["data"]!["status"]).ShouldBe(
                ("cancel_all_after", "open"));
        await Until.Async(() => SendAsync(HttpMethod.Get, null, key),
            read => read.Body["data"]!.AsArray().All(one => (string?)one!["filter"]!["strategyId"] != strategy));

        Task<(int Status, JsonNode Body)> ArmAsync(int seconds) => SendAsync(
            HttpMethod.Post, $$$"""{"timeoutSeconds":{{{seconds}}},"filter":{"strategyId":"{{{strategy}}}"}}""", key);
    }

    [Fact]
    public async Task A_wallet_arms_it_by_a_message_and_takes_it_away_by_another()
    {
        var (status, armed) = await SignedAsync("\"timeoutSeconds\":3600,\"filter\":{\"token\":\".stx\",\"side\":\"buy\"}");
        (status, (string?)armed["data"]!["filter"]!["side"], (string?)armed["data"]!["armedBy"]).ShouldBe((200, "buy", Wallet.Address),
            armed.ToJsonString());
        (status, var gone) = await SignedAsync("\"timeoutSeconds\":0,\"filter\":{\"token\":\".stx\",\"side\":\"buy\"}");
        (status, gone["data"]).ShouldBe((200, null), gone.ToJsonString());
    }

    [Theory]
    [InlineData("""{"filter":{}}""", "timeoutSeconds")]
    [InlineData("""{"timeoutSeconds":4,"filter":{}}""", "timeoutSeconds")]
    [InlineData("""{"timeoutSeconds":-1,"filter":{}}""", "timeoutSeconds")]
    [InlineData("""{"timeoutSeconds":86401,"filter":{}}""", "timeoutSeconds")]
    [InlineData("""{"timeoutSeconds":60}""", "filter")]
    [InlineData("""{"timeoutSeconds":60,"filter":{"side":"buy"}}""", "filter.side")]
    [InlineData("""{"timeoutSeconds":"60","filter":{}}""", "timeoutSeconds")]
    [InlineData("""{"timeout":60,"filter":{}}""", "timeout")]
    public async Task What_cannot_be_meant_arms_nothing(string body, string? field)
    {
        var key = await KeyAsync("\"cancel\"");
        var (status, answer) = await SendAsync(HttpMethod.Post, body, key);
        (status, (string?)answer["details"]?["field"]).ShouldBe((400, field), answer.ToJsonString());
    }

    [Fact]
    public async Task It_takes_the_permission_to_cancel_and_is_counted_with_the_cancels()
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, """{"timeoutSeconds":60,"filter":{}}""",
            await KeyAsync("\"create\",\"execute\""));
        (status, (string?)answer["code"]).ShouldBe((403, "permission_denied"));
        var key = await KeyAsync("\"cancel\"", new TestWallet());
        (await SendAsync(HttpMethod.Get, null, key)).Body["data"]!.AsArray().ShouldBeEmpty(); // nobody else's are shown
        using var request = Request(HttpMethod.Post, """{"timeoutSeconds":60,"filter":{}}""", key);
        using var response = await service.Client.SendAsync(request);
        // the read was counted elsewhere
        ((int)response.StatusCode, response.Headers.GetValues("X-RateLimit-Remaining").Single()).ShouldBe((200, "99"));
    }

    private Task<(int Status, JsonNode Body)> SignedAsync(string members)
    {
        var message = Message("cancel_all_after", members);
        return SendAsync(HttpMethod.Post,
            new JsonObject { ["message"] = message, ["signature"] = Wallet.Sign(message),
                ["walletAddress"] = Wallet.Address }.ToJsonString(), null);
    }

    private string Message(string action, string members) =>
        $$"""{"service":"{{TestWallet.Service}}","chainId":{{Wallet.ChainId}},"address":"{{Wallet.Address}}","action":"{{action}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}",{{members}}}""";

    private Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string? body, string? key) =>
        Wallet.SendAsync(Request(method, body, key));

    private static HttpRequestMessage Request(HttpMethod method, string? body, string? key)
    {
        var request = new HttpRequestMessage(method, Path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("X-API-Key", key);
        return request;
    }

    private async Task<string> KeyAsync(string permissions, TestWallet? of = null)
    {
        var message = of?.KeyMessage($"key {Guid.NewGuid():N}", permissions, DateTimeOffset.UtcNow)
            ?? Message("create_api_key", $"\"keyName\":\"key {Guid.NewGuid():N}\",\"permissions\":[{permissions}]");
        var body = of?.Body(message)
            ?? new JsonObject { ["message"] = message, ["signature"] = Wallet.Sign(message),
                ["walletAddress"] = Wallet.Address }.ToJsonString();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var (status, made) = await Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/api-keys") { Content = content });
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }
}
