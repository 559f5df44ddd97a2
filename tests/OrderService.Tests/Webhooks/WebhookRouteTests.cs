using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Webhooks;

/// <summary>A wallet's webhooks as it names them, tries them, and reads what was sent; and that the service sends by itself.</summary>
public sealed class WebhookRouteTests(WebhookRouteTests.Sending service) : IClassFixture<WebhookRouteTests.Sending>
{
    private const string Path = "/api/v1/webhooks";

    public sealed class Sending : ServiceFixture
    {
        protected override IReadOnlyList<string> More =>
            ["--Webhooks:AllowPrivate=true", "--Webhooks:Interval=00:00:00.1", "--Webhooks:EndpointsMax=2"];
    }

    [Fact]
    public async Task A_wallet_is_told_of_its_order_by_the_service_itself()
    {
        await using var receiver = await Receiver.StartAsync();
        var owner = new TestWallet();
        var added = await AddAsync(owner, receiver.Url, "\"api_key_created\"");
        var (id, secret) = ((string)added["webhook"]!["id"]!, (string)added["secret"]!);
        await SendAsync(HttpMethod.Post, "/api/v1/api-keys", owner, owner.KeyMessage("reader", "\"create\"", DateTimeOffset.UtcNow));
        await Until.Async(() => Task.FromResult(receiver.Received.Count), count => count == 1);
        var message = receiver.Received.Single();
        (message.Kind, message.IsSignedWith(secret)).ShouldBe(("api_key_created", true));
        var log = await Until.Async(() => ReadAsync($"{Path}/{id}/deliveries", owner, id),
            log => (string?)log["deliveries"]!.AsArray().FirstOrDefault()?["status"] == "delivered");
        var delivery = log["deliveries"]!.AsArray().Single()!;
        ((string?)delivery["messageId"], (string?)delivery["answer"], (int?)delivery["answerStatus"],
            (int?)delivery["attempts"]).ShouldBe((message.Id, "ok", 200, 1));

        var (sent, _) = await SendAsync(HttpMethod.Post, $"{Path}/{id}/redeliver", owner,
            Message(owner, "redeliver_webhook", id, $",\"from\":{delivery["position"]},\"to\":{delivery["position"]}"));
        ((long?)sent["data"]!["queued"]).ShouldBe(1);
        await Until.Async(() => Task.FromResult(receiver.Received.Count), count => count == 2);
        receiver.Received.Last().Id.ShouldBe(message.Id);
    }

    [Fact]
    public async Task A_webhook_is_named_tried_rotated_and_removed_and_its_secret_is_told_once()
    {
        await using var receiver = await Receiver.StartAsync();
        var owner = new TestWallet();
        var added = await AddAsync(owner, receiver.Url, "\"confirmed\"");
        var (id, secret) = ((string)added["webhook"]!["id"]!, (string)added["secret"]!);
        secret.ShouldStartWith("whsec_");
        var listed = await ReadAsync(Path, owner, id);
        ((string?)listed["webhooks"]![0]!["id"], (string?)listed["webhooks"]![0]!["url"],
            (string?)listed["webhooks"]![0]!["status"]).ShouldBe((id, receiver.Url.ToString(), "active"));
        listed.ToJsonString().ShouldNotContain(secret[6..20]);
        (await ReadAsync($"{Path}/{id}", owner, id)).ToJsonString().ShouldNotContain(secret[6..20]);

        receiver.Answers = _ => (418, "short and stout", null);
        var (tried, _) = await SendAsync(HttpMethod.Post, $"{Path}/{id}/test", owner, Message(owner, "test_webhook", id));
        ((bool?)tried["data"]!["delivered"], (int?)tried["data"]!["answerStatus"],
            (string?)tried["data"]!["answer"]).ShouldBe((false, 418, "short and stout"));
        (receiver.Received.Single().Kind, receiver.Received.Single().IsSignedWith(secret)).ShouldBe(("webhook.test", true));

        var (rotated, status) = await SendAsync(HttpMethod.Post, $"{Path}/{id}/rotate", owner, Message(owner, "rotate_webhook", id));
        (status, (string?)rotated["secret"] == secret, rotated["webhook"]!["secretBeforeUntil"] is null).ShouldBe((200, false, false));
        (await SendAsync(HttpMethod.Post, $"{Path}/{id}/enable", owner, Message(owner, "enable_webhook", id))).Status.ShouldBe(200);
        (await SendAsync(HttpMethod.Delete, $"{Path}/{id}", owner, Message(owner, "remove_webhook", id))).Status.ShouldBe(200);
        var (gone, absent) = await SendAsync(HttpMethod.Post, $"{Path}/{id}/test", owner, Message(owner, "test_webhook", id));
        (absent, (string?)gone["code"]).ShouldBe((404, "not_found"));
        (await ReadAsync(Path, owner, id))["webhooks"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused()
    {
        var owner = new TestWallet();
        foreach (var (more, status, code) in ((string, int, string)[])
            [("", 400, "invalid_field"), (",\"url\":\"ftp://example.com\"", 400, "invalid_field"),
                (",\"url\":\"https://example.com\",\"kinds\":[\"creation\"]", 400, "invalid_field"),
                (",\"url\":\"https://example.com\",\"kinds\":[]", 400, "invalid_field")])
        {
            var (body, answered) = await SendAsync(HttpMethod.Post, Path, owner,
                owner.Message("add_webhook", DateTimeOffset.UtcNow, more + Salt()));
            (answered, (string?)body["code"]).ShouldBe((status, code), more);
        }
        var message = owner.Message("add_webhook", DateTimeOffset.UtcNow, ",\"url\":\"https://example.com/hook\"");
        (await SendAsync(HttpMethod.Post, Path, owner, message)).Status.ShouldBe(200);
        ((string?)(await SendAsync(HttpMethod.Post, Path, owner, message)).Body["code"]).ShouldBe("message_already_used");
        await AddAsync(owner, new Uri("https://example.com/second"), "\"created\"");
        var (full, many) = await SendAsync(HttpMethod.Post, Path, owner,
            owner.Message("add_webhook", DateTimeOffset.UtcNow, ",\"url\":\"https://example.com/third\""));
        (many, (string?)full["code"]).ShouldBe((429, "too_many_webhooks"));
    }

    [Fact]
    public async Task Another_wallets_webhook_is_not_there()
    {
        var (owner, stranger) = (new TestWallet(), new TestWallet());
        var id = (string)(await AddAsync(owner, new Uri("https://example.com/hook"), "\"created\""))["webhook"]!["id"]!;
        foreach (var (verb, action) in ((string, string)[])[("rotate", "rotate_webhook"), ("enable", "enable_webhook"),
            ("test", "test_webhook")])
        {
            (await SendAsync(HttpMethod.Post, $"{Path}/{id}/{verb}", stranger, Message(stranger, action, id))).Status.ShouldBe(404, verb);
        }
        (await SendAsync(HttpMethod.Delete, $"{Path}/{id}", stranger, Message(stranger, "remove_webhook", id))).Status.ShouldBe(404);
        (await ReadAsync(Path, owner, id))["webhooks"]!.AsArray().Count.ShouldBe(1);
    }

    private async Task<JsonNode> AddAsync(TestWallet owner, Uri url, string kinds)
    {
        var (body, status) = await SendAsync(HttpMethod.Post, Path, owner,
            owner.Message("add_webhook", DateTimeOffset.UtcNow, $",\"url\":\"{url}\",\"kinds\":[{kinds}]{Salt()}"));
        status.ShouldBe(200, body.ToJsonString());
        return body;
    }

    private static string Message(TestWallet wallet, string action, string id, string more = "") =>
        wallet.Message(action, DateTimeOffset.UtcNow, $",\"webhookId\":\"{id}\"{more}{Salt()}");

    private static string Salt() => $",\"salt\":\"{Guid.NewGuid():N}\"";

    private async Task<JsonNode> ReadAsync(string path, TestWallet wallet, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in wallet.Headers(Message(wallet, "list_webhooks", id))) request.Headers.Add(name, value);
        using var answer = await service.Client.SendAsync(request);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)answer.StatusCode).ShouldBe(200, body.ToJsonString());
        return body;
    }

    private async Task<(JsonNode Body, int Status)> SendAsync(HttpMethod method, string path, TestWallet wallet, string message)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(wallet.Body(message), Encoding.UTF8, "application/json"),
        };
        using var answer = await service.Client.SendAsync(request);
        return (JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, (int)answer.StatusCode);
    }
}
