using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Tests.Auth;

namespace OrderService.Tests.Http;

/// <summary>An order that takes another's place: both are done or neither.</summary>
public sealed class ReplaceRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task The_old_order_is_cancelled_and_the_new_one_open_and_the_same_call_again_finds_that()
    {
        var (old, order) = (await StoredAsync(), Wallet.Order());
        var (status, answer) = await SignedAsync(old, order);
        (status, (string?)answer["data"]!["uuid"], (string?)answer["data"]!["status"], (string?)answer["replaced"]!["uuid"],
            (string?)answer["replaced"]!["orderStatus"])
            .ShouldBe((200, Uuid(order), "open", old, "cancelled"), answer.ToJsonString());
        var ended = (await Wallet.GetAsync($"/api/v1/orders/{old}")).Body["data"]!;
        ((string?)ended["status"], (string?)ended["cancelReason"]).ShouldBe(("cancelled", "replaced_by_order"));
        (status, answer) = await SignedAsync(old, order);
        (status, (string?)answer["data"]!["uuid"]).ShouldBe((200, Uuid(order)));
        // One transaction: what ended the one wrote the other.
        (await ScalarAsync($"SELECT count(DISTINCT xid) FROM order_events WHERE (order_id = '{old}' AND kind = 'cancelled') OR (order_id = '{Uuid(order)}' AND kind = 'created')")).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_stored_cancels_nothing_and_what_cannot_be_cancelled_stores_nothing()
    {
        var (old, bad) = (await StoredAsync(),
            Wallet.Order(body => body["outputToken"] = $"{Wallet.SellToken.Split('.')[0]}.no-such-token"));
        var (status, refused) = await SignedAsync(old, bad);
        (status, (string?)refused["code"], await StatusAsync(old)).ShouldBe((400, "unknown_token", "open"));
        var forged = Wallet.Order(body => body["signature"] = Wallet.Stranger().SignIntent(body));
        (status, refused) = await SignedAsync(old, forged);
        (status, (string?)refused["code"], await StatusAsync(old)).ShouldBe((400, "invalid_signature", "open"));
        var taken = await StoredOrderAsync();
        (status, refused) = await SignedAsync(old, taken);
        (status, (string?)refused["code"], await StatusAsync(old)).ShouldBe((409, "order_exists", "open"));
        var itself = Wallet.Order(body => body["uuid"] = old);
        (status, refused) = await SignedAsync(old, itself);
        (status, (string?)refused["details"]!["field"], await StatusAsync(old)).ShouldBe((400, "uuid", "open"));

        (await Wallet.AskAsync(HttpMethod.Patch, old, "cancel")).Status.ShouldBe(200);
        var order = Wallet.Order();
        (status, refused) = await SignedAsync(old, order);
        (status, (string?)refused["code"], await StatusAsync(Uuid(order))).ShouldBe((400, "order_not_open", null));
    }

    [Fact]
    public async Task A_message_names_both_orders_and_a_key_may_do_both()
    {
        var (old, order) = (await StoredAsync(), Wallet.Order());
        var (status, refused) = await SignedAsync(old, order, newUuid: Guid.NewGuid().ToString());
        (status, (string?)refused["code"], await StatusAsync(old)).ShouldBe((401, "invalid_message", "open"));
        (status, refused) = await SignedAsync(old, order, uuid: Uuid(order));
        (status, (string?)refused["code"], await StatusAsync(old)).ShouldBe((401, "invalid_message", "open"));
        foreach (var few in (string[])["\"cancel\"", "\"create\""])
        {
            (status, refused) = await SendAsync(old, new JsonObject { ["order"] = order.DeepClone() }, await KeyAsync(few));
            (status, (string?)refused["code"], await StatusAsync(old)).ShouldBe((403, "permission_denied", "open"));
        }
        (status, refused) = await SendAsync(old, new JsonObject { ["order"] = order.DeepClone(), ["orders"] = 1 },
            await KeyAsync("\"cancel\",\"create\""));
        (status, (string?)refused["details"]!["field"]).ShouldBe((400, "orders"));
        (status, _) = await SendAsync(old, new JsonObject { ["order"] = order.DeepClone() }, await KeyAsync("\"cancel\",\"create\""));
        (status, await StatusAsync(old), await StatusAsync(Uuid(order))).ShouldBe((200, "cancelled", "open"));
    }

    private async Task<string> StoredAsync() => Uuid(await StoredOrderAsync());

    private async Task<JsonObject> StoredOrderAsync()
    {
        var order = Wallet.Order();
        (await Wallet.PostOrderAsync(order)).Status.ShouldBe(200);
        return order;
    }

    private static string Uuid(JsonObject order) => (string)order["uuid"]!;

    private async Task<string?> StatusAsync(string uuid) =>
        (string?)(await Wallet.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]?["status"];

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<(int Status, JsonNode Body)> SignedAsync(string old, JsonObject order, string? uuid = null, string? newUuid = null)
    {
        var message = Message("replace_order", $"\"uuid\":\"{uuid ?? old}\",\"newUuid\":\"{newUuid ?? Uuid(order)}\"");
        return SendAsync(old,
            new JsonObject { ["order"] = order.DeepClone(), ["message"] = message, ["signature"] = Wallet.Sign(message),
                ["walletAddress"] = Wallet.Address }, null);
    }

    private string Message(string action, string members) =>
        $$"""{"service":"{{TestWallet.Service}}","chainId":{{Wallet.ChainId}},"address":"{{Wallet.Address}}","action":"{{action}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}",{{members}}}""";

    private Task<(int Status, JsonNode Body)> SendAsync(string old, JsonObject body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/{old}/replace")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("X-API-Key", key);
        return Wallet.SendAsync(request);
    }

    private async Task<string> KeyAsync(string permissions)
    {
        var message = Message("create_api_key", $"\"keyName\":\"key {Guid.NewGuid():N}\",\"permissions\":[{permissions}]");
        var body = new JsonObject { ["message"] = message, ["signature"] = Wallet.Sign(message),
            ["walletAddress"] = Wallet.Address }.ToJsonString();
        var (status,
            made) = await Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Post,
                "/api/v1/api-keys") { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }
}
