using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;

namespace OrderService.Tests.Http;

/// <summary>An order that is changed: by its wallet as it likes, by a key within what it may.</summary>
public sealed class AmendRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task A_wallet_changes_its_order_and_each_change_is_a_revision()
    {
        var uuid = await WaitingAsync();
        var (status, order, tag) = await SignedAsync(uuid,
            """{"targetPrice":"1200","minAmountOut":"7","slippageBps":250,"validTo":"2100-01-01T00:00:00Z"}""", "\"1\"");
        (status, tag, (string?)order["data"]!["targetPrice"], (string?)order["data"]!["minAmountOut"], (int?)order["data"]!["slippageBps"],
            (string?)order["data"]!["validTo"])
            .ShouldBe((200, "\"2\"", "1200", "7", 250, "2100-01-01T00:00:00.000Z"), order.ToJsonString());
        (status, var refused, _) = await SignedAsync(uuid, """{"slippageBps":9}""", "\"1\"");
        (status, (string?)refused["code"]).ShouldBe((412, "revision_mismatch"));
        using var read = await service.Client.GetAsync($"/api/v1/orders/{uuid}");
        read.Headers.ETag!.Tag.ShouldBe("\"2\"");
        ((string?)JsonNode.Parse(await read.Content.ReadAsStringAsync())!["data"]!["targetPrice"]).ShouldBe("1200");
        (status, _, tag) = await SignedAsync(uuid, """{"slippageBps":9}""", "*");
        (status, tag).ShouldBe((200, "\"3\""));
    }

    [Fact]
    public async Task A_key_changes_the_trigger_and_strengthens_but_weakens_nothing()
    {
        var (uuid,
            key) = (await WaitingAsync(body => (body["minAmountOut"], body["slippageBps"], body["maxDeviationBps"]) = ("10", 100, 300)),
                await KeyAsync("\"create\",\"cancel\""));
        foreach (var weaker in (string[])["""{"minAmountOut":"9"}""", """{"slippageBps":101}""", """{"maxDeviationBps":301}""",
            """{"targetPrice":"900","slippageBps":101}"""])
        {
            var (no, refused) = await KeyedAsync(uuid, $$"""{"changes":{{weaker}}}""", key);
            (no, (string?)refused["code"]).ShouldBe((403, "protection_weakened"), weaker);
        }
        var (status, order) = await KeyedAsync(uuid,
            """{"changes":{"targetPrice":"900","minAmountOut":"11","slippageBps":50,"maxDeviationBps":200}}""", key);
        (status, (string?)order["data"]!["targetPrice"], (string?)order["data"]!["minAmountOut"]).ShouldBe((200, "900", "11"),
            order.ToJsonString());
        foreach (var few in (string[])["\"create\"", "\"cancel\""])
            (await KeyedAsync(uuid, """{"changes":{"targetPrice":"901"}}""", await KeyAsync(few))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Only_what_is_signed_is_changed_and_a_message_works_once()
    {
        var uuid = await WaitingAsync();
        var message = Message("amend_order", $"\"uuid\":\"{uuid}\",\"changes\":{{\"slippageBps\":10}}");
        var beside = Proof(message);
        beside["changes"] = new JsonObject { ["slippageBps"] = 9_999 };
        var (status, refused) = await KeyedAsync(uuid, beside.ToJsonString(), null);
        (status, (string?)refused["code"]).ShouldBe((401, "invalid_message"));
        (await KeyedAsync(uuid, Proof(message).ToJsonString(), null)).Status.ShouldBe(200);
        (status, refused) = await KeyedAsync(uuid, Proof(message).ToJsonString(), null);
        (status, (string?)refused["code"]).ShouldBe((401, "message_already_used"));
    }

    [Theory]
    [InlineData("""{}""", "changes")]
    [InlineData("""{"changes":{}}""", "changes")]
    [InlineData("""{"changes":{"targetPrice":"0"}}""", "changes.targetPrice")]
    [InlineData("""{"changes":{"validTo":"tomorrow"}}""", "changes.validTo")]
    [InlineData("""{"changes":{"validTo":"2020-01-01T00:00:00Z"}}""", "validTo")]
    [InlineData("""{"changes":{"minAmountOut":"-1"}}""", "changes.minAmountOut")]
    [InlineData("""{"changes":{"slippageBps":10001}}""", "changes.slippageBps")]
    [InlineData("""{"changes":{"slippageBps":1},"termsSignature":"00"}""", "termsSignature")]
    [InlineData("""{"changes":{"recipient":"ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7"}}""", "changes.recipient")]
    [InlineData("""{"changes":{"slippageBps":"1"}}""", "changes.slippageBps")]
    [InlineData("""{"changes":{"trailingBps":0}}""", "changes.trailingBps")]
    [InlineData("""{"changes":7}""", "changes")]
    [InlineData("""{"changes":{"slippageBps":1},"minAmountOut":"7"}""", "minAmountOut")]
    [InlineData("""{"changes":{"slippageBps":1,"slippageBps":2}}""", null)]
    public async Task What_cannot_be_changed_so_is_refused_by_its_name(string body, string? field)
    {
        var (status, refused) = await KeyedAsync(await WaitingAsync(), body, await KeyAsync("\"create\",\"cancel\""));
        (status, (string?)refused["details"]?["field"]).ShouldBe((400, field), refused.ToJsonString());
    }

    [Fact]
    public async Task A_wallet_s_changes_are_judged_as_those_beside_a_key_are()
    {
        var uuid = await WaitingAsync();
        foreach (var (changes, field) in ((string, string)[])[("""{"recipient":"a"}""", "changes.recipient"),
            ("""{"slippageBps":"1"}""", "changes.slippageBps"), ("{}", "changes"), ("[]", "changes")])
        {
            var (no, refused, _) = await SignedAsync(uuid, changes, "");
            (no, (string?)refused["details"]?["field"]).ShouldBe((400, field), refused.ToJsonString());
        }
        var (status, order, tag) = await SignedAsync(uuid, """{"slippageBps":25e1,"maxDeviationBps":7.0,"minAmountOut":null}""", "");
        (status, tag, (int?)order["data"]!["slippageBps"], (int?)order["data"]!["maxDeviationBps"]).ShouldBe((200, "\"2\"", 250, 7),
            order.ToJsonString());
    }

    [Fact]
    public async Task An_order_that_waits_for_no_price_has_none_to_change()
    {
        var manual = Wallet.Order();
        (await Wallet.PostOrderAsync(manual)).Status.ShouldBe(200);
        var (status, refused, _) = await SignedAsync((string)manual["uuid"]!, """{"targetPrice":"5"}""", "");
        (status, (string?)refused["code"]).ShouldBe((409, "not_amendable"));
    }

    private async Task<string> WaitingAsync(Action<JsonObject>? more = null)
    {
        var order = Wallet.Order(body =>
        {
            (body["conditionToken"], body["targetPrice"], body["direction"], body["baseAsset"]) = (".stx", "1000", "gt", "USD");
            more?.Invoke(body);
        });
        var (status, answer) = await Wallet.PostOrderAsync(order);
        status.ShouldBe(200, answer.ToJsonString());
        return (string)order["uuid"]!;
    }

    private string Message(string action, string members) =>
        $$"""{"service":"{{TestWallet.Service}}","chainId":{{Wallet.ChainId}},"address":"{{Wallet.Address}}","action":"{{action}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}",{{members}}}""";

    private JsonObject Proof(string message) => new()
    {
        ["message"] = message, ["signature"] = Wallet.Sign(message), ["walletAddress"] = Wallet.Address,
    };

    private async Task<(int Status, JsonNode Body, string? Tag)> SignedAsync(string uuid, string changes, string ifMatch)
    {
        using var request = Patch(uuid, Proof(Message("amend_order", $"\"uuid\":\"{uuid}\",\"changes\":{changes}")).ToJsonString());
        if (ifMatch.Length > 0) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await service.Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response.Headers.ETag?.Tag);
    }

    private Task<(int Status, JsonNode Body)> KeyedAsync(string uuid, string body, string? key)
    {
        var request = Patch(uuid, body);
        if (key is not null) request.Headers.Add("X-API-Key", key);
        return Wallet.SendAsync(request);
    }

    private static HttpRequestMessage Patch(string uuid, string body) => new(HttpMethod.Patch, $"/api/v1/orders/{uuid}")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private async Task<string> KeyAsync(string permissions)
    {
        var body = Proof(Message("create_api_key", $"\"keyName\":\"key {Guid.NewGuid():N}\",\"permissions\":[{permissions}]"))
            .ToJsonString();
        var (status,
            made) = await Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Post,
                "/api/v1/api-keys") { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }
}
