using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.SwapCoffee;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Http;

/// <summary>The service, an owner with an order, an account and keys in every condition, and everyone else.</summary>
public sealed class WrongCallers : StrategiesFixture, IAsyncLifetime
{
    private const string All = "\"create\",\"execute\",\"cancel\",\"accounts\",\"trade\"";

    private readonly TestWallet _stranger = new();
    private readonly Dictionary<string, string> _keys = []; // by what is wrong with them
    private readonly Dictionary<string, string> _values = []; // of the paths
    private PrivateKey _key;
    private TestWallet _owner = null!;
    private JsonObject _order = null!;
    private Wallet _demo = null!;

    protected override string[] Settings => BusyKeys.Arguments;

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var demo = Services.GetRequiredService<SimulatedOptions>().DemoKey;
        PrivateKey.TryParse(demo, out _key).ShouldBeTrue();
        _owner = new TestWallet(_key, StacksNetwork.Testnet);
        _demo = await Wallet.OfDemoAsync(Client, demo);
        _order = _demo.Order();
        (await _demo.PostOrderAsync(_order)).Status.ShouldBe(200);
        foreach (var permission in All.Split(','))
        {
            _keys[permission.Trim('"')] = (await KeyAsync(_owner,
                All.Replace(permission, "", StringComparison.Ordinal).Replace(",,", ",", StringComparison.Ordinal).Trim(','))).Secret;
        }
        _keys["good"] = (await KeyAsync(_owner, All)).Secret;
        _keys["foreign"] = (await KeyAsync(_stranger, All)).Secret;
        _keys["elsewhere"] = (await KeyAsync(_owner, All, ""","limits":{"ips":["203.0.113.0/24"]}""")).Secret;
        (_keys["revoked"], var revoked) = await KeyAsync(_owner, All);
        (_keys["expired"], var expired) = await KeyAsync(_owner, All, $",\"expiresAt\":\"{Now.AddDays(1):yyyy-MM-dd'T'HH:mm:ss'Z'}\"");
        await SqlAsync($"UPDATE api_keys SET expires_at = now() - interval '1 hour', created_at = now() - interval '2 hours' WHERE id = '{Guid.Parse(expired)}'");
        var (status, gone, _) = await SendAsync("DELETE", $"/api/v1/api-keys/{revoked}",
            Signed(_owner, _owner.Message(WalletActions.DeleteApiKey, Now, $",\"keyId\":\"{revoked}\"")));
        status.ShouldBe(200, gone?.ToJsonString());
        _values["uuid"] = (string)_order["uuid"]!;
        _values["keyId"] = (await KeyAsync(_owner, All)).Id;
        _values["address"] = _owner.Address.ToString();
        var hook = await SendAsync("POST", "/api/v1/webhooks",
            Signed(_owner, _owner.Message(WalletActions.AddWebhook, Now, ",\"url\":\"https://example.com/hook\"")));
        _values["webhookId"] = (string?)hook.Body?["webhook"]?["id"] ?? throw new InvalidOperationException(hook.Body?.ToJsonString());
        var account = await SendAsync("POST", "/api/v1/accounts",
            Signed(_owner, _owner.Message(WalletActions.CreateAccount, Now, ",\"name\":\"one\"")));
        _values["accountId"] = (string?)account.Body?["account"]?["id"]
            ?? throw new InvalidOperationException(account.Body?.ToJsonString());
    }

    internal string DialectOf(string path) =>
        Services.GetRequiredService<Dialects>() is var dialects && dialects.Find("/" + path.TrimStart('/')) is { } found
            ? found.Name : path.Contains("ws/", StringComparison.Ordinal) ? "tread" : dialects.All[0].Name;

    /// <summary>All that a wrong caller could have changed.</summary>
    internal async Task<string> StateAsync()
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT concat_ws(' ', (SELECT count(*) FROM orders), (SELECT string_agg(status, ',' ORDER BY id) FROM orders), (SELECT count(*) FROM order_events), (SELECT count(*) FROM used_messages),
                (SELECT string_agg(status || permissions::text, ',' ORDER BY id) FROM api_keys), (SELECT count(*) FROM accounts), (SELECT count(*) FROM withdrawals), (SELECT count(*) FROM cancel_switches),
                (SELECT string_agg(url || status || encode(secret, 'hex'), ',' ORDER BY id) FROM webhook_endpoints))
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Everyone who may not call it.</summary>
    internal IEnumerable<(string Caller, Action<HttpRequestMessage> Add)> WrongFor(CalledRoute route) =>
        (route.Access.Who, route.Dialect) switch
        {
            (Asker.Bearer, "tread") =>
                [("a caller without a socket", _ => { }),
                    ("a token without a socket", Header("Authorization", $"Token {_keys["foreign"]}"))],
            (Asker.Bearer, _) => WrongIntents(route),
            (Asker.Operator, _) =>
                [("nobody", _ => { }), ("a user", Header("X-API-Key", _keys["good"])), ("a guesser", Header("X-API-Key", AdminKey + "x")),
                    ("a wallet", Header("x-verify", Verify(_ => { })))],
            (Asker.Wallet, "swapcoffee") => WrongProofs(),
            (Asker.Key, _) =>
                [("nobody", _ => { }), ("a wallet", WalletOf(route, _owner)), .. WrongKeys(route, secret => Header("X-API-Key", secret))],
            (Asker.User, _) =>
            [
                ("nobody", _ => { }), ("an empty token", Header("Authorization", "Token")),
                ("two tokens", Header("Authorization", $"Token {_keys["good"]} x")),
                ("another scheme", Header("Authorization", $"Basic {_keys["good"]}")),
                ("a key in another header", Header("X-API-Key", _keys["good"])),
                .. WrongKeys(route, secret => Header("Authorization", $"Token {secret}")),
            ],
            (Asker.Owner, _) => [.. WrongSigners(route), .. WrongKeys(route, secret => Header("X-API-Key", secret)), .. Foreign(route)],
            (Asker.Wallet, _) => [.. WrongSigners(route), ("a key of it", Header("X-API-Key", _keys["good"]))],
            var other => throw new InvalidOperationException($"{other} is not walked"),
        };

    /// <summary>Who may.</summary>
    internal Action<HttpRequestMessage> RightFor(CalledRoute route) => (route.Access.Who, route.Dialect) switch
    {
        (Asker.Operator, _) => Header("X-API-Key", AdminKey),
        (Asker.Wallet, "swapcoffee") => Header("x-verify", Verify(_ => { })),
        (Asker.Key, _) => Header("X-API-Key", _keys["good"]),
        (Asker.User, _) => Header("Authorization", $"Token {_keys["good"]}"),
        _ => WalletOf(route, _owner),
    };

    internal Task<(int Status, JsonNode? Body, string? Code)> SendAsync(CalledRoute route, Action<HttpRequestMessage> add)
    {
        var path = route.Path.Replace("{id?}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("{id}", "2147483647", StringComparison.Ordinal);
        foreach (var (name, value) in _values) path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        foreach (var name in (string[])["{first}", "{second}"]) path = path.Replace(name, "native", StringComparison.Ordinal);
        return SendAsync(route.Method,
            route.Action == WalletActions.ListOrders && route.Dialect == "charisma" ? $"{path}?owner={_owner.Address}" : path, add);
    }

    private async Task<(int Status, JsonNode? Body, string? Code)> SendAsync(string method, string path, Action<HttpRequestMessage> add)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PATCH" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        add(request);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text),
            response.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.Single() : null);
    }

    private IEnumerable<(string, Action<HttpRequestMessage>)> WrongSigners(CalledRoute route)
    {
        var message = MessageOf(route, _owner, Now);
        yield return ("nobody", _ => { });
        yield return ("another wallet that signs the owner's message", Signed(_owner, message, _stranger.Sign(message)));
        yield return ("another wallet that says it is the owner",
            Signed(_owner, MessageOf(route, _stranger, Now), _stranger.Sign(MessageOf(route, _stranger, Now))));
        yield return ("a broken signature", Signed(_owner, message, new string('0', 130)));
        yield return ("no signature at all", Signed(_owner, message, ""));
        yield return ("a message of another action",
            Signed(_owner, message.Replace($"\"action\":\"{route.Action}\"", "\"action\":\"other\"", StringComparison.Ordinal)));
        yield return ("a message of yesterday", Signed(_owner, MessageOf(route, _owner, Now.AddHours(-13))));
        yield return ("a message of tomorrow", Signed(_owner, MessageOf(route, _owner, Now.AddHours(13))));
        yield return ("a message to another service",
            Signed(_owner, message.Replace(TestWallet.Service, "elsewhere.test", StringComparison.Ordinal)));
        yield return ("a message for another chain",
            Signed(_owner, message.Replace($"\"chainId\":{StacksNetwork.Testnet.ChainId}", "\"chainId\":1", StringComparison.Ordinal)));
        if (route.IsBound) yield return ("another wallet for itself", WalletOf(route, _stranger));
        if (route.Path.Contains("{uuid}", StringComparison.Ordinal))
        {
            yield return ("a message about another order",
                Signed(_owner, message.Replace(_values["uuid"], Guid.NewGuid().ToString(), StringComparison.Ordinal)));
        }
        if (route.Path.Contains("{keyId}", StringComparison.Ordinal))
        {
            yield return ("a message about another key",
                Signed(_owner, message.Replace(_values["keyId"], Guid.NewGuid().ToString("N"), StringComparison.Ordinal)));
        }
        if (route.Path.Contains("{webhookId}", StringComparison.Ordinal))
        {
            yield return ("a message about another webhook",
                Signed(_owner, message.Replace(_values["webhookId"], Guid.NewGuid().ToString("N"), StringComparison.Ordinal)));
        }
        if (route.Action == WalletActions.Withdraw)
        {
            yield return ("a message about another account",
                Signed(_owner, message.Replace(_values["accountId"], Guid.NewGuid().ToString("N"), StringComparison.Ordinal)));
        }
        if (!WalletActions.AcceptsBareUuid(route.Action)) yield return ("only the uuid", Signed(_owner, _values["uuid"]));
    }

    private IEnumerable<(string, Action<HttpRequestMessage>)> WrongKeys(CalledRoute route, Func<string, Action<HttpRequestMessage>> with)
    {
        yield return ("a key that nobody made", with($"ck_live_{new string('0', 64)}"));
        yield return ("what is no key", with("ck_live_1"));
        foreach (var wrong in (string[])["revoked", "expired", "elsewhere"]) yield return ($"a key that is {wrong}", with(_keys[wrong]));
        foreach (var permission in route.Access.Proof!.Permissions)
            yield return ($"a key without {permission}", with(_keys[permission.Name()]));
    }

    private IEnumerable<(string, Action<HttpRequestMessage>)> Foreign(CalledRoute route) =>
        route.IsBound ? [("another wallet's key", Header("X-API-Key", _keys["foreign"]))] : [];

    private IEnumerable<(string, Action<HttpRequestMessage>)> WrongProofs()
    {
        var domain = $"{TestWallet.Service}/testnet";
        yield return ("nobody", _ => { });
        yield return ("what is no proof", Header("x-verify", "{}"));
        yield return ("a key of it", Header("X-API-Key", _keys["good"]));
        yield return ("another wallet", Header("x-verify", StrategyClient.Proof(PrivateKey.Generate(), domain, Now).ToJsonString()));
        yield return ("another's signature",
            Header("x-verify",
                Verify(proof =>
                    proof["proof"]!["signature"] = (string)StrategyClient.Proof(PrivateKey.Generate(), domain,
                        Now)["proof"]!["signature"]!)));
        yield return ("a proof for another domain",
            Header("x-verify", StrategyClient.Proof(_key, "elsewhere.test/testnet", Now).ToJsonString()));
        yield return ("a proof of yesterday", Header("x-verify", StrategyClient.Proof(_key, domain, Now.AddDays(-1)).ToJsonString()));
        yield return ("a proof of tomorrow", Header("x-verify", StrategyClient.Proof(_key, domain, Now.AddDays(1)).ToJsonString()));
    }

    private IEnumerable<(string, Action<HttpRequestMessage>)> WrongIntents(CalledRoute route)
    {
        foreach (var wrong in (string[])["foreign", "revoked", "expired", "elsewhere", "create"])
        {
            yield return ($"a key: {wrong}",
                request => { request.Content = Body(_demo.Order()); request.Headers.Add("X-API-Key", _keys[wrong]); });
        }
        yield return ("no signature", request => request.Content = Body(_demo.Order(body => body["signature"] = "")));
        yield return ("another wallet's signature",
            request => request.Content = Body(_demo.Order(body => body["signature"] = _demo.Stranger().SignIntent(body))));

        StringContent Body(JsonObject order) =>
            Json(route.Path.EndsWith("/batch", StringComparison.Ordinal)
                ? new JsonObject { ["orders"] = new JsonArray(order), ["atomic"] = true } : order);
    }

    private Action<HttpRequestMessage> WalletOf(CalledRoute route, TestWallet wallet) => Signed(wallet, MessageOf(route, wallet, Now));

    // All that any action is about: what it does not need is not looked at.
    private string MessageOf(CalledRoute route, TestWallet wallet, DateTimeOffset at) => wallet.Message(route.Action, at,
        $",\"uuid\":\"{_values["uuid"]}\",\"keyId\":\"{_values["keyId"]}\",\"accountId\":\"{_values["accountId"]}\",\"webhookId\":\"{_values["webhookId"]}\",\"owner\":\"{wallet.Address}\",\"uuids\":[\"{_values["uuid"]}\"],\"newUuid\":\"{_values["uuid"]}\",\"filter\":{{}},\"changes\":{{\"slippageBps\":10}},\"timeoutSeconds\":60,\"salt\":\"{Guid.NewGuid():N}\"");

    private string Verify(Action<JsonObject> change)
    {
        var proof = StrategyClient.Proof(_key, $"{TestWallet.Service}/testnet", Now);
        change(proof);
        return proof.ToJsonString();
    }

    private static Action<HttpRequestMessage> Header(string name, string value) =>
        request => request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();

    private static Action<HttpRequestMessage> Signed(TestWallet says, string message, string? signature = null) => request =>
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("x-message", message),
            ("x-signature", signature ?? says.Sign(message)), ("x-wallet-address", says.Address.ToString())])
        {
            Header(name, value)(request);
        }
    };

    private async Task<(string Secret, string Id)> KeyAsync(TestWallet wallet, string permissions, string more = "")
    {
        var (status, made, _) = await SendAsync("POST", "/api/v1/api-keys",
            request =>
                request.Content = Json(JsonNode.Parse(wallet.Body(wallet.KeyMessage($"key {Guid.NewGuid():N}", permissions, Now, more)))!));
        status.ShouldBe(200, made?.ToJsonString());
        return ((string)made!["apiKey"]!, (string)made["keyId"]!);
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task SqlAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
