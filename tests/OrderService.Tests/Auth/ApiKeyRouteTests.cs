using Microsoft.EntityFrameworkCore;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;

namespace OrderService.Tests.Auth;

/// <summary>The four routes over HTTP: in the documented form, in the form that the reference code wants, and every refusal.</summary>
public sealed class ApiKeyRouteTests(AuthWorld world) : IClassFixture<AuthWorld>
{
    private const string Keys = "/api/v1/api-keys";

    private readonly TestWallet _wallet = new();

    private DateTimeOffset Now => world.Time.GetUtcNow();

    [Fact]
    public async Task A_key_is_made_listed_shown_and_revoked_in_the_documented_form()
    {
        var (status, made, headers) = await world.SendAsync("POST", Keys, [],
            _wallet.Body(_wallet.KeyMessage("My Trading Bot", "\"cancel\",\"create\",\"cancel\"", Now)));
        status.ShouldBe(200);
        headers.CacheControl!.NoStore.ShouldBeTrue();
        ((string)made["apiKey"]!).ShouldMatch("^ck_live_[0-9a-f]{64}$");
        ((string)made["keyId"]!).ShouldMatch("^[0-9a-f]{32}$");
        made["permissions"]!.ToJsonString().ShouldBe("""["create","cancel"]""");
        ((string?)made["status"], (string?)made["name"], (int)made["rateLimit"]!,
            made["expiresAt"]).ShouldBe(("success", "My Trading Bot", 100, null));
        var id = (string)made["keyId"]!;

        var (listed, list, _) = await world.SendAsync("GET", Keys, _wallet.Headers(_wallet.Message("list_api_keys", Now)));
        listed.ShouldBe(200);
        var key = list["apiKeys"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)key["id"], (string?)key["status"], (string?)key["walletAddress"]).ShouldBe((id, "active", _wallet.Address.ToString()));
        ((string?)key["keyPreview"]).ShouldBe($"ck_live_{new string('•', 12)}{((string)made["apiKey"]!)[^4..]}");
        list.ToJsonString().ShouldNotContain(((string)made["apiKey"]!)[8..40]);
        key.AsObject().ContainsKey("keyHash").ShouldBeFalse();

        var (shown, view, _) = await world.SendAsync("GET", $"{Keys}/{id}", _wallet.Headers(About("get_api_key_stats", id)));
        (shown, (string?)view["apiKey"]?["id"], view["recentActivity"]!.AsArray().Count).ShouldBe((200, id, 0));

        var (deleted, gone, _) = await world.SendAsync("DELETE", $"{Keys}/{id}", [], _wallet.Body(About("delete_api_key", id)));
        (deleted, (string?)gone["message"]).ShouldBe((200, "API key \"My Trading Bot\" has been revoked"));
        var (_, after, _) = await world.SendAsync("GET", Keys, _wallet.Headers(_wallet.Message("list_api_keys", Now)));
        ((string?)after["apiKeys"]![0]!["status"]).ShouldBe("revoked");
        (await RefusedAsync("DELETE", $"{Keys}/{id}", [], _wallet.Body(About("delete_api_key", id, ",\"again\":1")), 404)).ShouldBe(
            "not_found");
    }

    [Fact]
    public async Task The_reference_codes_form_has_the_signature_in_headers()
    {
        var message = _wallet.KeyMessage("by header", "\"execute\"", Now);
        (string, string)[] headers = [("x-signature", _wallet.Sign(message)), ("x-public-key", _wallet.PublicKey)];
        var (status, made, _) = await world.SendAsync("POST", Keys, headers, _wallet.Body(message, "anything"));
        status.ShouldBe(200, made.ToJsonString());
        var id = (string)made["keyId"]!;
        var list = _wallet.Message("list_api_keys", Now);
        (await world.SendAsync("GET", Keys, [.. _wallet.Headers(list), ("x-public-key", _wallet.PublicKey)])).Status.ShouldBe(200);
        var delete = About("delete_api_key", id);
        headers = [("x-signature", _wallet.Sign(delete)), ("x-public-key", _wallet.PublicKey)];
        (await world.SendAsync("DELETE", $"{Keys}/{id}", headers, _wallet.Body(delete, "anything"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_message_that_changes_something_acts_once_and_a_read_may_be_repeated()
    {
        var create = _wallet.Body(_wallet.KeyMessage("once", "\"create\"", Now));
        (await world.SendAsync("POST", Keys, [], create)).Status.ShouldBe(200);
        (await RefusedAsync("POST", Keys, [], create, 401)).ShouldBe("message_already_used");
        var list = _wallet.Headers(_wallet.Message("list_api_keys", Now));
        for (var i = 0; i < 2; i++) (await world.SendAsync("GET", Keys, list)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Two_uses_of_one_message_at_once_make_one_key()
    {
        var create = _wallet.Body(_wallet.KeyMessage("at once", "\"create\"", Now));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => world.SendAsync("POST", Keys, [], create)));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 401);
    }

    [Fact]
    public async Task A_name_is_taken_by_an_active_key_only()
    {
        var (_, id) = await world.CreateKeyAsync(_wallet, "bot");
        var (status, body, _) = await world.SendAsync("POST", Keys, [], _wallet.Body(_wallet.KeyMessage("bot", "\"cancel\"", Now)));
        (status, (string?)body["error"], (string?)body["code"], (string?)body["details"]?["code"])
            .ShouldBe((400, "An active API key with this name already exists", "duplicate_key_name", "DUPLICATE_KEY_NAME"));
        body["timestamp"].ShouldNotBeNull();
        await world.CreateKeyAsync(new TestWallet(), "bot");
        (await world.SendAsync("DELETE", $"{Keys}/{id}", [], _wallet.Body(About("delete_api_key", id)))).Status.ShouldBe(200);
        await world.CreateKeyAsync(_wallet, "bot", "\"execute\"");
        var end = $",\"expiresAt\":\"{Now.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}\"";
        await world.CreateKeyAsync(_wallet, "short", more: end);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.CreateKeyAsync(_wallet, "short");
    }

    [Theory]
    [InlineData("", "\"create\"", "", "keyName")]
    [InlineData("   ", "\"create\"", "", "keyName")]
    [InlineData("bot!", "\"create\"", "", "keyName")]
    [InlineData("böt", "\"create\"", "", "keyName")]
    [InlineData("٣", "\"create\"", "", "keyName")]
    [InlineData("bot", "", "", "permissions")]
    [InlineData("bot", "\"Create\"", "", "permissions")]
    [InlineData("bot", "\"admin\"", "", "permissions")]
    [InlineData("bot", "null", "", "permissions")]
    [InlineData("bot", "\"create\"", ",\"expiresAt\":\"soon\"", "expiresAt")]
    [InlineData("bot", "\"create\"", ",\"expiresAt\":\"2026-03-04\"", "expiresAt")]
    [InlineData("bot", "\"create\"", ",\"expiresAt\":\"2026-02-30T00:00:00Z\"", "expiresAt")]
    [InlineData("bot", "\"create\"", ",\"expiresAt\":\"2026-03-04T12:00:00Z\"", "expiresAt")]
    public async Task What_the_message_asks_for_is_checked_and_the_field_named(string name, string permissions, string more, string field)
    {
        var (status, body, _) = await world.SendAsync("POST", Keys, [], _wallet.Body(_wallet.KeyMessage(name, permissions, Now, more)));
        (status, (string?)body["code"], (string?)body["details"]?["field"]).ShouldBe((400, "invalid_field", field), body.ToJsonString());
    }

    [Fact]
    public async Task A_name_has_at_most_100_characters()
    {
        await world.CreateKeyAsync(_wallet, new string('a', 100));
        (await RefusedAsync("POST", Keys, [], _wallet.Body(_wallet.KeyMessage(new string('a', 101), "\"create\"", Now)), 400)).ShouldBe(
            "invalid_field");
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        foreach (var body in new[] { null, "", "{}", "[]", "null", "nonsense", "{\"message\":1}", "{\"message\":\"a\",\"message\":\"b\"}" })
        {
            var (status, answer, _) = await world.SendAsync("POST", Keys, [], body);
            (status, (string?)answer["error"],
                (string?)answer["code"]).ShouldBe((400, "Missing required fields: message, signature, walletAddress", "missing_fields"),
                    body);
        }
        var (refused, missing, _) = await world.SendAsync("GET", Keys, [("X-Message", "a"), ("X-Signature", "")]);
        (refused, (string?)missing["error"],
            (string?)missing["code"]).ShouldBe((401, "Missing required headers: X-Signature, X-Wallet-Address", "missing_credentials"));
    }

    [Fact]
    public async Task A_bad_proof_is_refused()
    {
        var message = _wallet.KeyMessage("bot", "\"create\"", Now);
        (await RefusedAsync("POST", Keys, [], _wallet.Body(message, new TestWallet().Sign(message)), 401)).ShouldBe("invalid_signature");
        (await RefusedAsync("POST", Keys, [("x-signature", new TestWallet().Sign(message))], _wallet.Body(message), 401)).ShouldBe(
            "invalid_signature");
        (await RefusedAsync("POST", Keys, [], _wallet.Body(_wallet.KeyMessage("bot", "\"create\"", Now.AddMinutes(-6))), 401)).ShouldBe(
            "expired_timestamp");
        (await RefusedAsync("POST", Keys, [], _wallet.Body(_wallet.Message("list_api_keys", Now)), 401)).ShouldBe("invalid_message");
        (await RefusedAsync("POST", Keys, [], _wallet.Body("a uuid or a text"), 401)).ShouldBe("invalid_message");
        var body = _wallet.Body(message).Replace(Claimed(_wallet.Address.ToString()), Claimed("SP123"), StringComparison.Ordinal);
        (await RefusedAsync("POST", Keys, [], body, 400)).ShouldBe("invalid_wallet_address");
        var mainnet = new OrderService.Stacks.Addresses.StacksAddress(22, _wallet.Address.Hash).ToString();
        (await RefusedAsync("POST", Keys, [],
            _wallet.Body(message).Replace(Claimed(_wallet.Address.ToString()), Claimed(mainnet), StringComparison.Ordinal),
            400)).ShouldBe("wrong_network");
    }

    [Fact]
    public async Task Another_wallets_key_and_an_unknown_key_are_not_shown_or_revoked()
    {
        var (_, id) = await world.CreateKeyAsync(_wallet, "mine");
        var stranger = new TestWallet();
        (await RefusedAsync("GET", $"{Keys}/{id}", stranger.Headers(About("get_api_key_stats", id, by: stranger)), null, 403)).ShouldBe(
            "wrong_wallet");
        (await RefusedAsync("DELETE", $"{Keys}/{id}", [], stranger.Body(About("delete_api_key", id, by: stranger)), 403)).ShouldBe(
            "wrong_wallet");
        foreach (var unknown in new[] { Guid.NewGuid().ToString("N"), "nonsense" })
        {
            (await RefusedAsync("GET", $"{Keys}/{unknown}", _wallet.Headers(About("get_api_key_stats", unknown)), null, 404)).ShouldBe(
                "not_found");
            (await RefusedAsync("DELETE", $"{Keys}/{unknown}", [], _wallet.Body(About("delete_api_key", unknown)), 404)).ShouldBe(
                "not_found");
        }
        (await RefusedAsync("DELETE", $"{Keys}/{id}", [], _wallet.Body(About("delete_api_key", Guid.NewGuid().ToString("N"))),
            401)).ShouldBe("invalid_message");
    }

    [Fact]
    public async Task A_wallet_has_at_most_so_many_active_keys()
    {
        var options = world.Get<Microsoft.Extensions.Options.IOptions<AuthOptions>>().Value;
        var before = options.ActiveKeysMax;
        options.ActiveKeysMax = 2;
        try
        {
            await world.CreateKeyAsync(_wallet, "one");
            await world.CreateKeyAsync(_wallet, "two");
            (await RefusedAsync("POST", Keys, [], _wallet.Body(_wallet.KeyMessage("three", "\"create\"", Now)), 429)).ShouldBe(
                "too_many_api_keys");
        }
        finally
        {
            options.ActiveKeysMax = before;
        }
    }

    [Fact]
    public async Task Only_the_hash_is_stored()
    {
        var (secret, id) = await world.CreateKeyAsync(_wallet, "stored");
        await using var db = world.OpenDb();
        var row = await db.Database.SqlQuery<string>(
            $"SELECT row_to_json(k)::text AS \"Value\" FROM api_keys k WHERE id = {Guid.Parse(id)}").SingleAsync();
        row.ShouldNotContain(secret[8..40]);
        row.ShouldContain(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret))));
    }

    private static string Claimed(string address) => $"\"walletAddress\":\"{address}\"";

    private string About(string action, string keyId, string more = "", TestWallet? by = null) =>
        (by ?? _wallet).Message(action, Now, $",\"keyId\":\"{keyId}\"{more}");

    private async Task<string?> RefusedAsync(string method, string path, (string, string)[] headers, string? body, int status)
    {
        var (actual, answer, _) = await world.SendAsync(method, path, headers, body);
        actual.ShouldBe(status, answer.ToJsonString());
        return (string?)answer["code"];
    }
}
