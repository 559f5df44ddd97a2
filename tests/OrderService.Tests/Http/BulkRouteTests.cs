using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;

namespace OrderService.Tests.Http;

/// <summary>Calls about several orders: create, cancel, execute, and cancel all that fit.</summary>
public sealed class BulkRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Batch = "/api/v1/orders/batch";
    private const string CancelAll = "/api/v1/orders/cancel-all";

    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task A_batch_stores_each_order_for_itself_and_says_what_is_wrong_with_the_others()
    {
        var (good, bad, forged, other) = (Wallet.Order(), Wallet.Order(),
            Wallet.Order(body => body["signature"] = Wallet.Stranger().SignIntent(body)), Wallet.Order());
        bad["amountIn"] = "-1";
        var (status, answer) = await PostAsync(Batch, Orders(good, bad, forged, other));
        status.ShouldBe(200, answer.ToJsonString());
        ((int?)answer["succeeded"], (int?)answer["failed"]).ShouldBe((2, 2));
        var items = answer["data"]!.AsArray();
        items.Select(item => ((int)item!["index"]!, (string?)item["uuid"], (bool)item["ok"]!))
            .ShouldBe([(0, Uuid(good), true), (1, Uuid(bad), false), (2, Uuid(forged), false), (3, Uuid(other), true)]);
        ((string?)items[0]!["order"]!["status"], (string?)items[1]!["refusal"]!["details"]!["field"],
            (string?)items[2]!["refusal"]!["code"]).ShouldBe(("open", "amountIn", "invalid_signature"));
        answer.ToJsonString().ShouldNotContain("\"signature\":");
        foreach (var order in (JsonObject[])[good, other]) (await StatusAsync(order)).ShouldBe("open");
        foreach (var order in (JsonObject[])[bad, forged]) (await StatusAsync(order)).ShouldBeNull();
    }

    [Fact]
    public async Task S12_Each_order_of_a_batch_is_counted_and_what_is_left_is_told()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Batch)
        {
            Content = new StringContent(Orders(Wallet.Order(), Wallet.Order(), Wallet.Order()).ToJsonString(), Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Add("X-Forwarded-For", "9.8.7.6"); // nobody trusts it, but it is no request of the operator's own
        using var answer = await service.Client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200);
        var left = string.Join(", ", answer.Headers.GetValues("RateLimit")).Split(", ")
            .ToDictionary(member => member.Split(';')[0].Trim('"'),
                member => long.Parse(member.Split(';')[1][2..], System.Globalization.CultureInfo.InvariantCulture));
        left["address-creates"].ShouldBe(12_000 - 3);
        left["owner-creates"].ShouldBeLessThanOrEqualTo(6_000 - 3);
        left["address-bytes"].ShouldBeLessThan(64 << 20);
        left.Keys.ShouldBe(["address", "address-bytes", "address-creates", "owner-creates"]);
    }

    [Fact]
    public async Task An_atomic_batch_stores_all_orders_or_none()
    {
        var (first, last) = (Wallet.Order(), Wallet.Order());
        var (status, refused) = await PostAsync(Batch, Orders(true, first, Wallet.Order(body => body["recipient"] = "abc"), last));
        (status, (string?)refused["code"], (string?)refused["details"]!["field"],
            (int?)refused["details"]!["index"]).ShouldBe((400, "invalid_principal", "recipient", 1));
        (await StatusAsync(first)).ShouldBeNull();

        var taken = Wallet.Order();
        (await Wallet.PostOrderAsync(taken)).Status.ShouldBe(200);
        taken["recipient"] = Wallet.Stranger().Address;
        // found only where it is stored, with the others already written
        (status, refused) = await PostAsync(Batch, Orders(true, first, last, taken));
        (status, (string?)refused["code"], (int?)refused["details"]!["index"]).ShouldBe((409, "order_exists", 2));
        foreach (var order in (JsonObject[])[first, last]) (await StatusAsync(order)).ShouldBeNull();

        (status, refused) = await PostAsync(Batch, Orders(true, first, first));
        (status, (string?)refused["details"]!["field"], (int?)refused["details"]!["index"]).ShouldBe((400, "uuid", 1));

        (status, var stored) = await PostAsync(Batch, Orders(true, first, last));
        (status, (int?)stored["succeeded"], (int?)stored["failed"]).ShouldBe((200, 2, 0));
        (await PostAsync(Batch, Orders(true, first, last))).Status.ShouldBe(200); // the same again is what is stored
    }

    [Fact]
    public async Task A_hundred_orders_go_in_one_call_and_one_more_does_not()
    {
        JsonObject[] hundred = [.. Enumerable.Range(0, 100)
            .Select(_ => Wallet.Order(body => body["metadata"] = new JsonObject { ["note"] = new string('x', 1_000) }))];
        var (status, answer) = await PostAsync(Batch, Orders(true, hundred)); // far more than 64 KiB
        (status, (int?)answer["succeeded"]).ShouldBe((200, 100));
        (status, answer) = await PostAsync(Batch, Orders([.. hundred, Wallet.Order()]));
        (status, (string?)answer["details"]!["field"]).ShouldBe((400, "orders"));
        (status, answer) = await PostAsync(CancelAll, new JsonObject(), await KeyAsync("\"cancel\""));
        (status, (string?)answer["details"]!["field"]).ShouldBe((400, "filter")); // all has to be said
    }

    [Theory]
    [InlineData("""{"orders":[]}""", "orders")]
    [InlineData("""{"orders":[{}],"atomic":"yes"}""", "atomic")]
    [InlineData("""{"order":[{}]}""", "order")]
    [InlineData("""{"orders":[{}]}""", "orders[0].owner")]
    [InlineData("""{"orders":[{}],"orders":[]}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public async Task A_batch_that_is_none_is_refused(string body, string? field)
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, Batch, body);
        (status, (string?)answer["details"]?["field"]).ShouldBe((400, field), answer.ToJsonString());
    }

    [Fact]
    public async Task A_batch_is_of_one_wallet_and_a_key_must_be_that_wallet_s()
    {
        var (mine, theirs) = (Wallet.Order(), Wallet.Stranger().Order());
        var (status, answer) = await PostAsync(Batch, Orders(mine, theirs));
        (status, (string?)answer["details"]!["field"]).ShouldBe((400, "orders[1].owner"));
        (status, answer) = await PostAsync(Batch, Orders(mine), await KeyAsync("\"cancel\""));
        (status, (string?)answer["code"]).ShouldBe((403, "permission_denied"));
        (status, answer) = await PostAsync(Batch, Orders(mine), await KeyAsync("\"create\"", new TestWallet()));
        (status, (string?)answer["code"]).ShouldBe((403, "wrong_wallet"));
        (await StatusAsync(mine)).ShouldBeNull();
        (await PostAsync(Batch, Orders(mine), await KeyAsync("\"create\""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_batch_under_an_idempotency_key_is_answered_again()
    {
        var (first, key) = (Orders(Wallet.Order(), Wallet.Order()), $"batch-{Guid.NewGuid():N}");
        var made = await SendAsync(HttpMethod.Post, Batch, first.ToJsonString(), ("Idempotency-Key", key));
        var again = await SendAsync(HttpMethod.Post, Batch, first.ToJsonString(), ("Idempotency-Key", key));
        (again.Status, again.Body.ToJsonString()).ShouldBe((200, made.Body.ToJsonString()));
        var (status, other) = await SendAsync(HttpMethod.Post, Batch, Orders(Wallet.Order()).ToJsonString(), ("Idempotency-Key", key));
        (status, (string?)other["code"]).ShouldBe((422, "idempotency_key_reused"));
    }

    [Fact]
    public async Task Several_orders_are_cancelled_by_a_key_each_with_a_result()
    {
        var (one, two, gone) = (await StoredAsync(), await StoredAsync(), Guid.NewGuid().ToString());
        var (key, nobody) = (await KeyAsync("\"cancel\""), await KeyAsync("\"create\",\"execute\""));
        var asked = Uuids(one, gone, two);
        ((await PostAsync($"{Batch}/cancel", asked, nobody)).Status, await StatusAsync(one)).ShouldBe((403, "open"));
        var (status, answer) = await PostAsync($"{Batch}/cancel", asked, key);
        (status, (int?)answer["succeeded"], (int?)answer["failed"]).ShouldBe((200, 2, 1), answer.ToJsonString());
        answer["data"]!.AsArray().Select(item => ((string?)item!["orderStatus"], (string?)item["refusal"]?["code"]))
            .ShouldBe([("cancelled", null), (null, "not_found"), ("cancelled", null)]);
        foreach (var order in (string[])[one, two]) (await StatusAsync(order)).ShouldBe("cancelled");
        (_, answer) = await PostAsync($"{Batch}/cancel", asked, key);
        ((string?)answer["data"]![0]!["refusal"]!["code"]).ShouldBe("order_not_open");
        var foreign = await PostAsync($"{Batch}/cancel", Uuids(await StoredAsync()), await KeyAsync("\"cancel\"", new TestWallet()));
        ((string?)foreign.Body["data"]![0]!["refusal"]!["code"]).ShouldBe("wrong_wallet");
    }

    [Fact]
    public async Task What_a_wallet_signs_is_all_that_is_done_and_it_is_done_once()
    {
        var (one, two) = (await StoredAsync(), await StoredAsync());
        var message = Message("cancel_orders", $"\"uuids\":[\"{one}\"]");
        var beside = Proof(message);
        beside["uuids"] = new JsonArray(two);
        var (status, refused) = await PostAsync($"{Batch}/cancel", beside);
        (status, (string?)refused["code"]).ShouldBe((401, "invalid_message"));
        (status, refused) = await PostAsync($"{Batch}/execute", Proof(message));
        (status, (string?)refused["code"]).ShouldBe((401, "invalid_message"));
        (status, var done) = await PostAsync($"{Batch}/cancel", Proof(message));
        (status, (int?)done["succeeded"]).ShouldBe((200, 1), done.ToJsonString());
        (status, refused) = await PostAsync($"{Batch}/cancel", Proof(message));
        (status, (string?)refused["code"]).ShouldBe((401, "message_already_used"));
        (await StatusAsync(two)).ShouldBe("open");
    }

    [Theory]
    [InlineData("""{"uuids":[]}""", "uuids")]
    [InlineData("""{}""", "uuids")]
    [InlineData("""{"uuids":["x"]}""", "uuids[0]")]
    [InlineData("""{"uuids":["550e8400-e29b-41d4-a716-446655440000","550E8400-e29b-41d4-a716-446655440000"]}""", "uuids[1]")]
    [InlineData("""{"uuid":["550e8400-e29b-41d4-a716-446655440000"]}""", "uuid")]
    [InlineData("""{"uuids":"550e8400-e29b-41d4-a716-446655440000"}""", "uuids")]
    [InlineData("""{"uuids":["550e8400-e29b-41d4-a716-446655440000"],"uuids":[]}""", null)]
    [InlineData("[]", null)]
    public async Task A_list_of_orders_that_is_none_is_refused(string body, string? field)
    {
        var key = await KeyAsync("\"cancel\",\"execute\"");
        foreach (var verb in (string[])["cancel", "execute"])
        {
            var (status, answer) = await SendAsync(HttpMethod.Post, $"{Batch}/{verb}", body, ("X-API-Key", key));
            (status, (string?)answer["details"]?["field"]).ShouldBe((400, field), answer.ToJsonString());
        }
    }

    [Fact]
    public async Task An_airdrop_is_executed_together_and_each_recipient_is_paid()
    {
        Wallet[] friends = [Wallet.Stranger(), Wallet.Stranger(), Wallet.Stranger()];
        JsonObject[] orders = [.. friends.Select(friend =>
            Wallet.Order(body => (body["recipient"], body["maxDeviationBps"], body["slippageBps"]) = (friend.Address, 10_000, 9_900)))];
        (await PostAsync(Batch, Orders(true, orders))).Status.ShouldBe(200);
        var (status, answer) = await PostAsync($"{Batch}/execute", Uuids([.. orders.Select(Uuid), Guid.NewGuid().ToString()]),
            await KeyAsync("\"execute\""));
        (status, (int?)answer["succeeded"], (int?)answer["failed"]).ShouldBe((200, 3, 1), answer.ToJsonString());
        foreach (var (at, order) in orders.Index())
        {
            var ended = await Wallet.WaitAsync(Uuid(order), "confirmed");
            ((string?)ended["txid"]).ShouldBe((string?)answer["data"]![at]!["txid"]);
            var held = (await Wallet.GetAsync($"/simulator/accounts/{friends[at].Address}")).Body["balances"]!.AsArray();
            ((string?)held.Single()!["amount"]).ShouldBe((string?)ended["amountOut"]);
        }
    }

    [Fact]
    public async Task All_orders_that_fit_are_cancelled_and_no_others()
    {
        var key = await KeyAsync("\"cancel\"");
        var strategy = $"grid-{Guid.NewGuid():N}";
        var susdt = (string)(await Wallet.GetAsync("/api/v1/tokens")).Body["data"]!.AsArray()
            .First(token => (string?)token!["type"] == "SUBNET"
                && ((string)token["contractId"]!).Contains("susdt", StringComparison.Ordinal))!["contractId"]!;
        var sells = await StoredAsync(body => body["strategyId"] = strategy);
        var buys = await StoredAsync(body =>
            (body["strategyId"], body["inputToken"], body["outputToken"], body["acceptUnprotectedOutput"]) = (strategy, susdt,
                Wallet.SellToken, true));
        var other = await StoredAsync(body => body["strategyId"] = $"{strategy}-2");

        (await AllAsync("""{"strategyId":"none"}""")).ShouldBe([]);
        (await AllAsync($$"""{"strategyId":"{{strategy}}","token":"{{Wallet.SellToken}}","side":"sell"}""")).ShouldBe(
            [(sells, "cancelled")]);
        (await AllAsync($$"""{"strategyId":"{{strategy}}","pair":"{{Wallet.SellToken}}/{{susdt}}","side":"sell"}""")).ShouldBe([]);
        (await AllAsync($$"""{"strategyId":"{{strategy}}","pair":"{{Wallet.SellToken}}/{{susdt}}","side":"buy"}""")).ShouldBe(
            [(buys, "cancelled")]);
        (await StatusAsync(other)).ShouldBe("open");

        async Task<List<(string, string?)>> AllAsync(string filter)
        {
            var (status, answer) = await SendAsync(HttpMethod.Post, CancelAll, $$"""{"filter":{{filter}}}""", ("X-API-Key", key));
            (status, (bool?)answer["complete"]).ShouldBe((200, true), answer.ToJsonString());
            return [.. answer["data"]!.AsArray().Select(item => ((string)item!["uuid"]!, (string?)item["orderStatus"]))];
        }
    }

    [Fact]
    public async Task A_wallet_signs_the_filter_and_a_message_that_found_nothing_is_used_up_all_the_same()
    {
        var strategy = $"late-{Guid.NewGuid():N}";
        var proof = Proof(Message("cancel_all", $"\"filter\":{{\"strategyId\":\"{strategy}\"}}"));
        var (status, answer) = await PostAsync(CancelAll, proof);
        (status, (int?)answer["succeeded"]).ShouldBe((200, 0), answer.ToJsonString());
        var order = await StoredAsync(body => body["strategyId"] = strategy);
        (status, answer) = await PostAsync(CancelAll, proof);
        (status, (string?)answer["code"], await StatusAsync(order)).ShouldBe((401, "message_already_used", "open"));
        (status, answer) = await PostAsync(CancelAll, Proof(Message("cancel_all", $"\"filter\":{{\"strategyid\":\"{strategy}\"}}")));
        // a filter that is not known is not taken for none
        (status, (string?)answer["details"]?["field"], await StatusAsync(order)).ShouldBe((400, "filter.strategyid", "open"));
        (await PostAsync(CancelAll, Proof(Message("cancel_all", $"\"filter\":{{\"strategyId\":\"{strategy}\"}}")))).Status.ShouldBe(200);
        (await StatusAsync(order)).ShouldBe("cancelled");
    }

    [Theory]
    [InlineData("""{"token":"x"}""", "filter.token")]
    [InlineData("""{"pair":".stx"}""", "filter.pair")]
    [InlineData("""{"strategyId":""}""", "filter.strategyId")]
    [InlineData("""{"side":"sell"}""", "filter.side")]
    [InlineData("""{"token":".stx","side":"up"}""", "filter.side")]
    [InlineData("""{"tokens":".stx"}""", "filter.tokens")]
    [InlineData("""{"token":5}""", "filter.token")]
    public async Task A_filter_that_cannot_be_meant_cancels_nothing(string filter, string? field)
    {
        var order = await StoredAsync();
        var (status, answer) = await SendAsync(HttpMethod.Post, CancelAll, $$"""{"filter":{{filter}}}""",
            ("X-API-Key", await KeyAsync("\"cancel\"")));
        (status, (string?)answer["details"]?["field"], await StatusAsync(order)).ShouldBe((400, field, "open"), answer.ToJsonString());
    }

    private async Task<string> StoredAsync(Action<JsonObject>? more = null)
    {
        var order = Wallet.Order(more);
        var (status, answer) = await Wallet.PostOrderAsync(order);
        status.ShouldBe(200, answer.ToJsonString());
        return Uuid(order);
    }

    private Task<string?> StatusAsync(JsonObject order) => StatusAsync(Uuid(order));

    private async Task<string?> StatusAsync(string uuid) =>
        (string?)(await Wallet.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]?["status"];

    private static string Uuid(JsonObject order) => (string)order["uuid"]!;

    private static JsonObject Orders(params JsonObject[] orders) => Orders(false, orders);

    private static JsonObject Orders(bool atomic, params JsonObject[] orders)
    {
        var body = new JsonObject { ["orders"] = new JsonArray([.. orders.Select(order => order.DeepClone())]) };
        if (atomic) body["atomic"] = true;
        return body;
    }

    private static JsonObject Uuids(params string[] uuids) => new()
    {
        ["uuids"] = new JsonArray([.. uuids.Select(uuid => JsonValue.Create(uuid))]),
    };

    private string Message(string action, string members) =>
        $$"""{"service":"{{TestWallet.Service}}","chainId":{{Wallet.ChainId}},"address":"{{Wallet.Address}}","action":"{{action}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}",{{members}}}""";

    private JsonObject Proof(string message) => new()
    {
        ["message"] = message, ["signature"] = Wallet.Sign(message), ["walletAddress"] = Wallet.Address,
    };

    private Task<(int Status, JsonNode Body)> PostAsync(string path, JsonObject body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body.ToJsonString(), key is null ? [] : [("X-API-Key", key)]);

    private Task<(int Status, JsonNode Body)> SendAsync(
        HttpMethod method, string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return Wallet.SendAsync(request);
    }

    private async Task<string> KeyAsync(string permissions, TestWallet? of = null)
    {
        var at = DateTimeOffset.UtcNow;
        var message = of?.KeyMessage($"key {Guid.NewGuid():N}", permissions, at)
            ?? Message("create_api_key", $"\"keyName\":\"key {Guid.NewGuid():N}\",\"permissions\":[{permissions}]");
        var body = of?.Body(message) ?? Proof(message).ToJsonString();
        var (status, made) = await SendAsync(HttpMethod.Post, "/api/v1/api-keys", body);
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }
}
