using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>Groups over HTTP: stored together or not at all, read by their id, found by it, cancelled by it.</summary>
public sealed class GroupRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Path = "/api/v1/orders/groups";

    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task A_group_is_stored_read_by_its_id_and_the_same_again_is_what_is_stored()
    {
        var (first, second, id) = (Wallet.Order(), Wallet.Order(), Guid.NewGuid().ToString());
        var (status, answer) = await PostAsync(Group("oto", id, first, second));
        status.ShouldBe(200, answer.ToJsonString());
        var group = answer["data"]!;
        ((string?)group["groupId"], (string?)group["type"], (string?)group["status"],
            group["activeLeg"]).ShouldBe((id, "oto", "open", null));
        group["legs"]!.AsArray()
            .Select(leg =>
                ((string?)leg!["uuid"], (string?)leg["groupId"], (int?)leg["leg"], (string?)leg["waitingFor"], (string?)leg["reason"]))
            .ShouldBe([(Uuid(first), id, 1, "call", null), (Uuid(second), id, 2, "leg", "waits_for_leg")]);
        answer.ToJsonString().ShouldNotContain("\"signature\"");
        (await Wallet.GetAsync($"{Path}/{id.ToUpperInvariant()}")).Body.ToJsonString().ShouldBe(answer.ToJsonString());
        (status, var again) = await PostAsync(Group("oto", id, first, second));
        (status, again.ToJsonString()).ShouldBe((200, answer.ToJsonString()));
        (status, again) = await PostAsync(Group("oco", id, first, second));
        (status, (string?)again["code"]).ShouldBe((409, "order_exists"));
        (await Wallet.GetAsync($"{Path}/{Guid.NewGuid()}")).Status.ShouldBe(404);
        ((await Wallet.GetAsync($"{Path}/x")).Status,
            (await Wallet.GetAsync($"/api/v1/orders/{Uuid(second)}")).Body["data"]!["leg"]!.GetValue<int>()).ShouldBe((404, 2));
        (await Wallet.AskAsync(HttpMethod.Post, Uuid(second), "execute")).Body["code"]!.GetValue<string>().ShouldBe("waits_for_leg");
        var explained = (await Wallet.GetAsync($"/api/v1/orders/{Uuid(second)}/explain")).Body["data"]!;
        ((string?)explained["waitingFor"],
            (bool?)explained["gates"]!.AsArray().Single(gate => (string?)gate!["name"] == "group")!["open"]).ShouldBe(("leg", false));
    }

    [Fact]
    public async Task Of_two_that_cancel_each_other_one_is_swapped()
    {
        var (profit, stop) = (Wallet.Order(), Wallet.Order());
        (await PostAsync(Group("oco", null, profit, stop))).Status.ShouldBe(200);
        (await Wallet.AskAsync(HttpMethod.Post, Uuid(stop), "execute")).Status.ShouldBe(200);
        await Wallet.WaitAsync(Uuid(stop), "confirmed");
        ((string?)(await Wallet.WaitAsync(Uuid(profit), "cancelled"))["cancelReason"]).ShouldBe("other_leg_filled");
        var group = (await Wallet.GetAsync($"{Path}/{Uuid(profit)}")).Body["data"]!; // the first leg's uuid where no id is given
        ((string?)group["status"], (int?)group["activeLeg"]).ShouldBe(("ended", 2));
    }

    [Fact]
    public async Task A_leg_that_cannot_be_stored_leaves_none()
    {
        var (good, bad) = (Wallet.Order(), Wallet.Order(body => body["signature"] = Wallet.Stranger().SignIntent(body)));
        var (status, refused) = await PostAsync(Group("oco", null, good, bad));
        (status, (string?)refused["code"], (int?)refused["details"]!["index"]).ShouldBe((400, "invalid_signature", 1));
        (await Wallet.GetAsync($"{Path}/{Uuid(good)}")).Status.ShouldBe(404);
        (await Wallet.GetAsync($"/api/v1/orders/{Uuid(good)}")).Status.ShouldBe(404);
        (status, refused) = await PostAsync(Group("oco", null, good, good));
        (status, (string?)refused["details"]!["field"], (int?)refused["details"]!["index"]).ShouldBe((400, "uuid", 1));
        (status, refused) = await PostAsync(Group("oco", null, good, Wallet.Stranger().Order()));
        (status, (string?)refused["details"]!["field"]).ShouldBe((400, "legs[1].owner"));
    }

    [Theory]
    [InlineData("""{"type":"ocean","legs":[]}""", "type")]
    [InlineData("""{"type":"oco","legs":[{}]}""", "legs")]
    [InlineData("""{"type":"bracket","legs":[{},{}]}""", "legs")]
    [InlineData("""{"type":"oco","legs":[{},{}]}""", "legs[0].owner")]
    [InlineData("""{"type":"oco","leg":[{},{}]}""", "leg")]
    [InlineData("""{"type":"oco","type":"oto","legs":[]}""", null)]
    [InlineData("[]", null)]
    public async Task A_group_that_is_none_is_refused(string body, string? field)
    {
        var (status, answer) = await SendAsync(Path, body);
        (status, (string?)answer["details"]?["field"]).ShouldBe((400, field), answer.ToJsonString());
    }

    [Fact]
    public async Task A_group_is_listed_told_and_cancelled_by_its_id()
    {
        var wallet = Wallet.Stranger();
        var (first, second, third, alone) = (wallet.Order(), wallet.Order(), wallet.Order(), wallet.Order());
        (await PostAsync(Group("bracket", null, first, second, third))).Status.ShouldBe(200);
        (await wallet.PostOrderAsync(alone)).Status.ShouldBe(200);
        var id = Uuid(first);
        var listed = (await wallet.GetAsync($"/api/v1/orders?groupId={id}", request => Prove(wallet, request))).Body["data"]!.AsArray();
        listed.Select(order => (string?)order!["uuid"]).ShouldBe([Uuid(first), Uuid(second), Uuid(third)], ignoreOrder: true);
        (await wallet.GetAsync("/api/v1/orders?groupId=x", request => Prove(wallet, request))).Status.ShouldBe(400);
        var (status, answer) = await SendAsync("/api/v1/orders/cancel-all",
            Proof(wallet, Message(wallet, "cancel_all", $"\"filter\":{{\"groupId\":\"{id}\"}}")).ToJsonString());
        (status, (int?)answer["succeeded"], (int?)answer["failed"]).ShouldBe((200, 3, 0), answer.ToJsonString());
        ((string?)(await wallet.GetAsync($"/api/v1/orders/{Uuid(alone)}")).Body["data"]!["status"]).ShouldBe("open");
        var told = await Until.Async(async () =>
            (await wallet.GetAsync($"/api/v1/events?group={id}", request => Prove(wallet, request))).Body["data"]!["events"]!.AsArray(),
            events => events.Count >= 9);
        told.ShouldAllBe(one => (string?)one!["groupId"] == id && (int?)one["leg"] > 0);
        told.Select(one => (string?)one!["order"]).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_leg_is_replaced_by_no_other_order()
    {
        var (first, second) = (Wallet.Order(), Wallet.Order());
        (await PostAsync(Group("oco", null, first, second))).Status.ShouldBe(200);
        var fresh = Wallet.Order();
        var body = Proof(Wallet, Message(Wallet, "replace_order", $"\"uuid\":\"{Uuid(first)}\",\"newUuid\":\"{Uuid(fresh)}\""));
        body["order"] = fresh;
        var (status, answer) = await SendAsync($"/api/v1/orders/{Uuid(first)}/replace", body.ToJsonString());
        (status, (string?)answer["code"]).ShouldBe((409, "order_in_group"), answer.ToJsonString());
        ((string?)(await Wallet.GetAsync($"/api/v1/orders/{Uuid(first)}")).Body["data"]!["status"]).ShouldBe("open");
    }

    [Fact]
    public async Task Legs_that_an_account_pays_for_are_asked_for_by_key_and_read_by_their_owner()
    {
        var owner = new TestWallet();
        var (key, account) = await FundedAsync(owner);
        var body = Group("oco", null, Leg(owner), Leg(owner));
        body["account"] = account;
        var (status, refused) = await PostAsync(body);
        (status, (string?)refused["code"]).ShouldBe((401, "missing_credentials"));
        (status, refused) = await KeyedAsync(Path, body.ToJsonString(), await KeyAsync(owner, "\"create\""));
        (status, (string?)refused["code"]).ShouldBe((403, "permission_denied"));
        (status, var answer) = await KeyedAsync(Path, body.ToJsonString(), key);
        status.ShouldBe(200, answer.ToJsonString()); // both sell a million, of a million and a half
        (status, var again) = await KeyedAsync(Path, body.ToJsonString(), key);
        (status, again.ToJsonString()).ShouldBe((200, answer.ToJsonString()));
        var id = (string)answer["data"]!["groupId"]!;
        (await Wallet.GetAsync($"{Path}/{id}")).Status.ShouldBe(404);
        (await Wallet.GetAsync($"{Path}/{id}", request => request.Headers.Add("X-API-Key", key))).Status.ShouldBe(200);

        foreach (var (field, value, of) in ((string, JsonNode, string)[])[("type", "otoco", "type"), ("sellAll", true, "sellAll"),
            ("sellAll", "x", "sellAll"), ("account", "x", "account"), ("groupId", Guid.NewGuid().ToString(), "groupId")])
        {
            var wrong = (JsonObject)body.DeepClone();
            wrong[field] = value;
            (status, refused) = await KeyedAsync(Path, wrong.ToJsonString(), key);
            (status, (string?)refused["details"]?["field"]).ShouldBe((400, of), refused.ToJsonString());
        }

        var follows = Group("oto", null, Leg(owner), Leg(owner));
        (follows["account"], follows["sellAll"]) = (account, true);
        (status, refused) = await KeyedAsync(Path, follows.ToJsonString(), key);
        // its first leg does not buy what the second sells
        (status, (string?)refused["details"]?["field"]).ShouldBe((400, "inputToken"), refused.ToJsonString());
        follows["sellAll"] = false;
        (status, answer) = await KeyedAsync(Path, follows.ToJsonString(), key);
        (status, (string?)answer["code"]).ShouldBe((422, "insufficient_balance")); // a million is set aside above
    }

    [Fact]
    public async Task A_preview_of_what_an_account_would_pay_for_tells_what_its_create_would_and_stores_nothing()
    {
        var owner = new TestWallet();
        var (key, account) = await FundedAsync(owner);
        var body = Group("oco", null, Leg(owner), Leg(owner));
        body["account"] = account;
        (await CodesAsync(body, key: null)).ShouldBe(["missing_credentials"]);
        (await CodesAsync(body, await KeyAsync(owner, "\"create\""))).ShouldBe(["permission_denied", "permission_denied"]);
        (await CodesAsync(body, await KeyAsync(new TestWallet(), "\"create\",\"trade\""))).ShouldBe(["wrong_wallet"]);
        (await CodesAsync(body, key)).ShouldBeEmpty();
        var (_, seen) = await KeyedAsync($"{Path}/preview", body.ToJsonString(), key);
        seen["data"]!["legs"]!.AsArray().Select(leg => ((string?)leg!["funds"]!["balance"], (bool)leg["funds"]!["enough"]!))
            .ShouldBe([("1500000", true), ("1500000", true)]);
        foreach (var (field, value) in ((string, JsonNode)[])[("sellAll", true), ("account", Wallet.Address),
            ("groupId", Guid.NewGuid().ToString())])
        {
            var wrong = (JsonObject)body.DeepClone();
            wrong[field] = value;
            var (status, refused) = await KeyedAsync(Path, wrong.ToJsonString(), key);
            status.ShouldNotBe(200);
            (await CodesAsync(wrong, key)).ShouldBe([(string)refused["code"]!], field);
        }
        (await KeyedAsync(Path, body.ToJsonString(), key)).Status.ShouldBe(200); // what was looked at before is not stored

        var more = Group("oto", null, Leg(owner), Leg(owner));
        (more["account"], more["sellAll"]) = (account, true);
        (await CodesAsync(more, key)).ShouldBe(["invalid_field"]); // its first leg does not buy what the second sells
        more["sellAll"] = false;
        (await CodesAsync(more, key)).ShouldBe(["insufficient_balance"]); // a million is set aside above
        foreach (var leg in more["legs"]!.AsArray()) leg!.AsObject().Remove("uuid");
        (await CodesAsync(more, key)).ShouldBe(["insufficient_balance"]);
    }

    private async Task<IEnumerable<string?>> CodesAsync(JsonObject body, string? key)
    {
        var (status, seen) = key is null
            ? await SendAsync($"{Path}/preview", body.ToJsonString()) : await KeyedAsync($"{Path}/preview", body.ToJsonString(), key);
        status.ShouldBe(200, seen.ToJsonString());
        var data = seen["data"]!;
        var codes = data["refusals"]!.AsArray().Concat(data["legs"]!.AsArray().SelectMany(leg => leg!["refusals"]!.AsArray()))
            .Select(refusal => (string?)refusal!["code"]).ToArray();
        ((bool)data["acceptable"]!).ShouldBe(codes.Length == 0);
        return codes;
    }

    // A key of the owner's and an account with a million and a half.
    private async Task<(string Key, string Account)> FundedAsync(TestWallet owner)
    {
        var key = await KeyAsync(owner, "\"create\",\"accounts\",\"trade\"");
        var (status, made) = await KeyedAsync("/api/v1/accounts", """{"name":"groups"}""", key);
        status.ShouldBe(200, made.ToJsonString());
        var account = (string)made["account"]!["address"]!;
        var funds = new JsonObject { ["address"] = account, ["token"] = Wallet.SellToken, ["amount"] = "1500000" };
        (await SendAsync("/simulator/faucet", funds.ToJsonString())).Status.ShouldBe(200);
        return (key, account);
    }

    private JsonObject Leg(TestWallet owner)
    {
        var leg = Wallet.Order(order => (order["owner"], order["recipient"]) = (owner.Address.ToString(), owner.Address.ToString()));
        leg.Remove("signature");
        return leg;
    }

    private async Task<string> KeyAsync(TestWallet owner, string permissions)
    {
        var (status, made) = await SendAsync("/api/v1/api-keys",
            owner.Body(owner.KeyMessage($"key {Guid.NewGuid():N}", permissions, DateTimeOffset.UtcNow)));
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }

    private Task<(int Status, JsonNode Body)> KeyedAsync(string path, string body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", key);
        return Wallet.SendAsync(request);
    }

    private static string Uuid(JsonObject order) => (string)order["uuid"]!;

    private static JsonObject Group(string type, string? id, params JsonObject[] legs)
    {
        var body = new JsonObject { ["type"] = type, ["legs"] = new JsonArray([.. legs.Select(leg => leg.DeepClone())]) };
        if (id is not null) body["groupId"] = id;
        return body;
    }

    private static string Message(Wallet wallet, string action, string members) =>
        $$"""{"service":"{{TestWallet.Service}}","chainId":{{wallet.ChainId}},"address":"{{wallet.Address}}","action":"{{action}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}",{{members}}}""";

    private static JsonObject Proof(Wallet wallet, string message) => new()
    {
        ["message"] = message, ["signature"] = wallet.Sign(message), ["walletAddress"] = wallet.Address,
    };

    private static void Prove(Wallet wallet, HttpRequestMessage request)
    {
        var message = Message(wallet, "list_orders", $"\"owner\":\"{wallet.Address}\"");
        request.Headers.Add("x-message", message);
        request.Headers.Add("x-signature", wallet.Sign(message));
    }

    private Task<(int Status, JsonNode Body)> PostAsync(JsonObject body) => SendAsync(Path, body.ToJsonString());

    private Task<(int Status, JsonNode Body)> SendAsync(string path, string body) =>
        Wallet.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
}
