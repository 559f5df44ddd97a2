using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Accounts;

/// <summary>The account routes over HTTP, by signature and by key, with every refusal.</summary>
public sealed class AccountRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Accounts = "/api/v1/accounts";

    private readonly TestWallet _wallet = new();

    private string Token => service.Wallet.SellToken;

    [Fact]
    public async Task An_account_is_opened_funded_by_the_faucet_listed_and_emptied_by_signature()
    {
        var (status, made) = await SignedAsync(HttpMethod.Post, Accounts, "create_account", ("name", "escrow"));
        status.ShouldBe(200, made.ToJsonString());
        var account = made["account"]!;
        ((string)account["id"]!).ShouldMatch("^[0-9a-f]{32}$");
        ((string?)account["owner"], (string?)account["name"]).ShouldBe((_wallet.Address.ToString(), "escrow"));
        StacksAddress.TryParse((string)account["address"]!, out var address).ShouldBeTrue();
        address.BelongsTo(StacksNetwork.Testnet).ShouldBeTrue();
        await FundAsync(account, "5000000");
        await FundAsync(account, "70", ".stx");

        var (listed, list) = await SignedAsync(HttpMethod.Get, Accounts, "list_accounts");
        listed.ShouldBe(200);
        var shown = list["accounts"]!.AsArray().ShouldHaveSingleItem()!;
        var balance = shown["balances"]!.AsArray().Single(b => (string?)b!["token"] == Token)!;
        ((string?)balance["balance"], (string?)balance["reserved"], (string?)balance["available"]).ShouldBe(("5000000", "0", "5000000"));

        var (asked, withdrawn) = await WithdrawAsync((string)account["id"]!, "2000000");
        asked.ShouldBe(200, withdrawn.ToJsonString());
        ((string?)withdrawn["withdrawal"]!["recipient"],
            (string?)withdrawn["withdrawal"]!["amount"]).ShouldBe((_wallet.Address.ToString(), "2000000"));
        var (_, read) = await Until.Async(
            () => SignedAsync(HttpMethod.Get, $"{Accounts}/{account["id"]}", "list_accounts"),
            answer => (string?)answer.Body["account"]!["withdrawals"]![0]!["status"] == "confirmed");
        var withdrawal = read["account"]!["withdrawals"]![0]!;
        ((string?)withdrawal["status"]).ShouldBe("confirmed", withdrawal.ToJsonString());
        ((string)withdrawal["txid"]!).Length.ShouldBe(64);
        read["account"]!["others"]!.AsArray().ShouldBeEmpty();
        ((string?)read["account"]!["balances"]!.AsArray().Single(b => (string?)b!["token"] == ".stx")!["available"]).ShouldBe("70");
        list["accounts"]![0]!["others"].ShouldBeNull();
        var (_, wallet) = await service.Wallet.GetAsync($"/simulator/accounts/{_wallet.Address}");
        ((string?)wallet["balances"]!.AsArray().Single(b => (string?)b!["token"] == Token)!["amount"]).ShouldBe("2000000");

        var (told, history) = await SignedAsync(HttpMethod.Get, $"{Accounts}/{account["id"]}/history?limit=1", "list_accounts");
        told.ShouldBe(200);
        ((string?)history["entries"]!.AsArray().ShouldHaveSingleItem()!["kind"]).ShouldBe("withdrawn");
        var (_, rest) = await SignedAsync(HttpMethod.Get, $"{Accounts}/{account["id"]}/history?before={history["nextBefore"]}",
            "list_accounts");
        ((string?)rest["entries"]!.AsArray().ShouldHaveSingleItem()!["kind"], rest["nextBefore"]).ShouldBe(("withdrawing", null));
    }

    [Fact]
    public async Task A_key_needs_the_permission_accounts_and_its_body_says_what_is_wanted()
    {
        var (with, without) = (await KeyAsync("\"accounts\""), await KeyAsync("\"create\",\"execute\",\"cancel\""));
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, Accounts), (HttpMethod.Post, Accounts)])
            ((string?)(await KeyedAsync(method, path, without, """{"name":"no"}""")).Body["code"]).ShouldBe("permission_denied");
        var (status, made) = await KeyedAsync(HttpMethod.Post, Accounts, with, """{"name":"strategies"}""");
        status.ShouldBe(200, made.ToJsonString());
        var id = (string)made["account"]!["id"]!;
        await FundAsync(made["account"]!, "100");
        (await KeyedAsync(HttpMethod.Get, Accounts, with)).Body["accounts"]!.AsArray().Count.ShouldBe(1);
        (await KeyedAsync(HttpMethod.Get, $"{Accounts}/{id}", with)).Status.ShouldBe(200);
        var (paid, withdrawal) = await KeyedAsync(HttpMethod.Post, $"{Accounts}/{id}/withdraw", with,
            Body(("token", Token), ("amount", "60"), ("recipient", service.Wallet.Address), ("to", service.Wallet.Address)));
        // whatever a thief of the key asks for
        (paid, (string?)withdrawal["withdrawal"]?["recipient"]).ShouldBe((200, _wallet.Address.ToString()));
        var (short_, missing) = await KeyedAsync(HttpMethod.Post, $"{Accounts}/{id}/withdraw", with,
            Body(("token", Token), ("amount", "50")));
        (short_, (string?)missing["code"]).ShouldBe((422, "insufficient_balance"));
        missing["details"]!.ToJsonString().ShouldBe("""{"available":"40","required":"50","missing":"10"}""");
        foreach (var bad in (string[])["[]", "nonsense", "{\"name\":1}", "{\"name\":\"a\",\"name\":\"b\"}", ""])
            (await KeyedAsync(HttpMethod.Post, Accounts, with, bad)).Status.ShouldBe(400, bad);
    }

    [Fact]
    public async Task Another_wallet_finds_nothing_and_a_message_for_another_account_does_nothing()
    {
        var (_, made) = await SignedAsync(HttpMethod.Post, Accounts, "create_account", ("name", "mine"));
        var id = (string)made["account"]!["id"]!;
        await FundAsync(made["account"]!, "100");
        var stranger = new TestWallet();
        foreach (var path in (string[])[$"{Accounts}/{id}", $"{Accounts}/{id}/history", $"{Accounts}/nonsense",
            $"{Accounts}/{Guid.NewGuid():N}"])
        {
            (await SignedAsync(HttpMethod.Get, path, "list_accounts", stranger)).ShouldSatisfyAllConditions(
                a => a.Status.ShouldBe(404, path), a => ((string?)a.Body["code"]).ShouldBe("not_found"));
        }
        (await SignedAsync(HttpMethod.Get, Accounts, "list_accounts", stranger)).Body["accounts"]!.AsArray().ShouldBeEmpty();
        (await WithdrawAsync(id, "1", wallet: stranger)).Status.ShouldBe(404);
        var (_, second) = await SignedAsync(HttpMethod.Post, Accounts, "create_account", ("name", "other"));
        var (status, refused) = await WithdrawAsync(id, "1", signedFor: (string)second["account"]!["id"]!);
        (status, (string?)refused["code"]).ShouldBe((401, "invalid_message"));
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_code()
    {
        var (_, made) = await SignedAsync(HttpMethod.Post, Accounts, "create_account", ("name", "refusals"));
        var id = (string)made["account"]!["id"]!;
        async Task RefusedAsync(Task<(int Status, JsonNode Body)> call, int status, string code)
        {
            var (answered, body) = await call;
            (answered, (string?)body["code"]).ShouldBe((status, code), body.ToJsonString());
            (body["error"], body["timestamp"]).ShouldSatisfyAllConditions(b => b.Item1.ShouldNotBeNull(), b => b.Item2.ShouldNotBeNull());
        }

        await RefusedAsync(SignedAsync(HttpMethod.Post, Accounts, "create_account", ("name", "refusals")), 409, "duplicate_account_name");
        await RefusedAsync(SignedAsync(HttpMethod.Post, Accounts, "create_account", ("name", "a/b")), 400, "invalid_field");
        await RefusedAsync(SignedAsync(HttpMethod.Post, Accounts, "create_account"), 400, "invalid_field");
        await RefusedAsync(SignedAsync(HttpMethod.Post, Accounts, "list_accounts"), 401, "invalid_message");
        await RefusedAsync(service.Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Get, Accounts)), 401, "missing_credentials");
        await RefusedAsync(KeyedAsync(HttpMethod.Get, Accounts, "ck_live_" + new string('0', 64)), 401, "invalid_api_key");
        await RefusedAsync(WithdrawAsync(id, "1"), 422, "insufficient_balance");
        await RefusedAsync(WithdrawAsync(id, "0"), 400, "invalid_field");
        await RefusedAsync(WithdrawAsync(id, "1.5"), 400, "invalid_field");
        await RefusedAsync(WithdrawAsync(id, "1", token: ".stx"), 422, "insufficient_balance");
        await RefusedAsync(WithdrawAsync(id, "1", token: $"{service.Wallet.Address}.nothing"), 400, "unknown_token");
        await RefusedAsync(WithdrawAsync(id, "1", token: "nothing"), 400, "invalid_field");
        await RefusedAsync(SignedAsync(HttpMethod.Get, $"{Accounts}/{id}/history?limit=101", "list_accounts"), 400, "invalid_field");
        await RefusedAsync(SignedAsync(HttpMethod.Get, $"{Accounts}/{id}/history?before=x", "list_accounts"), 400, "invalid_field");
        await RefusedAsync(SignedAsync(HttpMethod.Post, Accounts, "create_account", _wallet, [("name", "old")],
            at: DateTimeOffset.UtcNow.AddHours(-1)), 401, "expired_timestamp");
    }

    [Fact]
    public async Task A_signed_message_opens_one_account()
    {
        var body = _wallet.Body(Message("create_account", DateTimeOffset.UtcNow, ("name", "once")));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.Wallet.SendAsync(Post(Accounts, body))));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => (string?)a.Body["code"] == "message_already_used");
    }

    [Fact]
    public async Task The_same_call_under_an_idempotency_key_gets_the_same_answer_and_another_one_is_refused()
    {
        var key = await KeyAsync("\"accounts\"");
        var (_, made) = await KeyedAsync(HttpMethod.Post, Accounts, key, """{"name":"idem"}""", "create-1");
        var (again, stored) = await KeyedAsync(HttpMethod.Post, Accounts, key, """{"name":"idem"}""", "create-1");
        (again, stored.ToJsonString()).ShouldBe((200, made.ToJsonString()));
        var (reused, other) = await KeyedAsync(HttpMethod.Post, Accounts, key, """{"name":"other"}""", "create-1");
        (reused, (string?)other["code"]).ShouldBe((422, "idempotency_key_reused"));
        (await KeyedAsync(HttpMethod.Post, Accounts, key, """{"name":"more"}""", "bad key")).Body["code"]!.GetValue<string>()
            .ShouldBe("invalid_idempotency_key");

        var id = (string)made["account"]!["id"]!;
        await FundAsync(made["account"]!, "1000");
        var body = Body(("token", Token), ("amount", "100"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(_ => KeyedAsync(HttpMethod.Post, $"{Accounts}/{id}/withdraw", key, body, "pay-1")));
        answers.ShouldAllBe(a => a.Status == 200 || (a.Status == 409 && (string?)a.Body["code"] == "idempotency_in_flight"));
        answers.Where(a => a.Status == 200).Select(a => (string?)a.Body["withdrawal"]!["id"]).Distinct().Count().ShouldBe(1);
        var (_, one) = await KeyedAsync(HttpMethod.Get, $"{Accounts}/{id}", key);
        one["account"]!["withdrawals"]!.AsArray().Count.ShouldBe(1);
        // A refusal is not kept: what was missing may be there the next time.
        var much = Body(("token", Token), ("amount", "5000"));
        (await KeyedAsync(HttpMethod.Post, $"{Accounts}/{id}/withdraw", key, much, "pay-2")).Status.ShouldBe(422);
        await FundAsync(made["account"]!, "5000");
        (await KeyedAsync(HttpMethod.Post, $"{Accounts}/{id}/withdraw", key, much, "pay-2")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task S14_An_idempotency_key_holds_whatever_way_the_account_is_spelt()
    {
        var key = await KeyAsync("\"accounts\"");
        var (_, made) = await KeyedAsync(HttpMethod.Post, Accounts, key, """{"name":"spelt"}""");
        var id = (string)made["account"]!["id"]!;
        await FundAsync(made["account"]!, "1000");
        var body = Body(("token", Token), ("amount", "100"));
        var paths = new[] { id, id.ToUpperInvariant(), Guid.Parse(id).ToString(),
            $"%{(int)id[0]:x2}{id[1..]}" }.Select(spelt => $"{Accounts}/{spelt}/withdraw").Append($"/API/v1/accounts/{id}/withdraw");
        var paid = new List<string?>();
        foreach (var path in paths)
            paid.Add((string?)(await KeyedAsync(HttpMethod.Post, path, key, body, "spelt-1")).Body["withdrawal"]!["id"]);
        paid.Distinct().Count().ShouldBe(1, string.Join(' ', paid));
        (await KeyedAsync(HttpMethod.Get, $"{Accounts}/{id}", key)).Body["account"]!["withdrawals"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_signed_call_sent_again_under_its_idempotency_key_gets_the_stored_answer()
    {
        var body = _wallet.Body(Message("create_account", DateTimeOffset.UtcNow, ("name", "signed twice")));
        var first = await service.Wallet.SendAsync(Post(Accounts, body, "k1"));
        var second = await service.Wallet.SendAsync(Post(Accounts, body, "k1"));
        (first.Status, second.Status, second.Body.ToJsonString()).ShouldBe((200, 200, first.Body.ToJsonString()));
        var stranger = new TestWallet();
        var theirs = await service.Wallet.SendAsync(
            Post(Accounts, stranger.Body(Message("create_account", DateTimeOffset.UtcNow, ("name", "signed twice"))), "k1"));
        ((string?)theirs.Body["account"]!["owner"]).ShouldBe(stranger.Address.ToString()); // a key is one's own
    }

    private Task<(int Status, JsonNode Body)> SignedAsync(
        HttpMethod method, string path, string action, params (string Name, string Value)[] members) =>
        SignedAsync(method, path, action, _wallet, members);

    private Task<(int Status, JsonNode Body)> SignedAsync(
        HttpMethod method, string path, string action, TestWallet wallet, (string Name, string Value)[]? members = null,
        DateTimeOffset? at = null)
    {
        var message = Message(action, at ?? DateTimeOffset.UtcNow, members ?? []);
        if (method == HttpMethod.Post) return service.Wallet.SendAsync(Post(path, wallet.Body(message)));
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in wallet.Headers(message)) request.Headers.Add(name, value);
        return service.Wallet.SendAsync(request);
    }

    private Task<(int Status, JsonNode Body)> WithdrawAsync(
        string id, string amount, string? token = null, TestWallet? wallet = null, string? signedFor = null) =>
            SignedAsync(HttpMethod.Post, $"{Accounts}/{id}/withdraw", "withdraw", wallet ?? _wallet,
                [("accountId", signedFor ?? id), ("token", token ?? Token), ("amount", amount)]);

    private Task<(int Status, JsonNode Body)> KeyedAsync(
        HttpMethod method, string path, string key, string? body = null, string? once = null)
    {
        var request = body is null || method == HttpMethod.Get ? new HttpRequestMessage(method, path) : Post(path, body, once);
        request.Headers.Add("X-API-Key", key);
        return service.Wallet.SendAsync(request);
    }

    private async Task<string> KeyAsync(string permissions)
    {
        var (status,
            made) = await service.Wallet.SendAsync(
                Post("/api/v1/api-keys", _wallet.Body(_wallet.KeyMessage($"k {Guid.NewGuid():N}", permissions, DateTimeOffset.UtcNow))));
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }

    private async Task FundAsync(JsonNode account, string amount, string? token = null)
    {
        var (status,
            body) = await service.Wallet.SendAsync(
                Post("/simulator/faucet", Body(("address", (string)account["address"]!), ("token", token ?? Token), ("amount", amount))));
        status.ShouldBe(200, body.ToJsonString());
    }

    private static HttpRequestMessage Post(string path, string body, string? once = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (once is not null) request.Headers.Add("Idempotency-Key", once);
        return request;
    }

    private static string Body(params (string Name, string Value)[] members) =>
        new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Value))).ToJsonString();

    private static string Message(string action, DateTimeOffset at, params (string Name, string Value)[] members)
    {
        var message = new JsonObject
        {
            ["action"] = action, ["timestamp"] = at.ToUnixTimeMilliseconds(),
            ["salt"] = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in members) message[name] = value;
        return message.ToJsonString();
    }
}
