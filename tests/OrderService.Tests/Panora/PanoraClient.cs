using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;

namespace OrderService.Tests.Panora;

/// <summary>What a client of this wire does, with one API key.</summary>
internal sealed class PanoraClient
{
    private readonly PanoraWorld _world;
    private readonly TestWallet _wallet;

    private PanoraClient(PanoraWorld world, TestWallet wallet, string key, string keyId) =>
        (_world, _wallet, Key, Actor) = (world, wallet, key, $"key:{keyId}");

    public string Key { get; }

    /// <summary>As events name it.</summary>
    public string Actor { get; }

    public string Wallet => _wallet.Address.ToString();

    /// <summary>The address of its first managed account.</summary>
    public string Account { get; set; } = "";

    public static async Task<PanoraClient> OpenAsync(PanoraWorld world, TestWallet wallet, string permissions, string more = "")
    {
        var (status, made) = await AskAsync(world, wallet, permissions, more);
        status.ShouldBe(200, made.ToJsonString());
        return new PanoraClient(world, wallet, (string)made["apiKey"]!, (string)made["keyId"]!);
    }

    /// <summary>What is answered to the wish for a key.</summary>
    public static Task<(int Status, JsonNode Body)> AskAsync(PanoraWorld world, TestWallet wallet, string permissions, string more) =>
        new PanoraClient(world, wallet, "", "").SendAsync("POST", "/api/v1/api-keys",
            wallet.Body(wallet.KeyMessage($"key {Guid.NewGuid():N}", permissions, world.Time.GetUtcNow(), more)));

    /// <summary>Another key of the same wallet.</summary>
    public async Task<PanoraClient> WithAsync(string permissions, string more = "")
    {
        var other = await OpenAsync(_world, _wallet, permissions, more);
        other.Account = Account;
        return other;
    }

    public async Task<string> OpenAccountAsync(string name, ulong units)
    {
        var (status, opened) = await SendAsync("POST", "/api/v1/accounts", new JsonObject { ["name"] = name }.ToJsonString());
        status.ShouldBe(200, opened.ToJsonString());
        var address = (string)opened["account"]!["address"]!;
        if (units > 0) await _world.FundAsync(address, units);
        return address;
    }

    /// <summary>A DCA of 12 whole tokens in 12 parts, one a minute, unless more is set.</summary>
    public JsonObject Dca(Action<JsonObject>? more = null)
    {
        var body = new JsonObject
        {
            ["chainId"] = "2147483648",
            ["toWalletAddress"] = Wallet,
            ["fromTokenAddress"] = _world.Sell.Id.ToString(),
            ["toTokenAddress"] = ".stx",
            ["fromTokenAmount"] = new JsonObject { ["value"] = "12", ["type"] = "total" },
            ["interval"] = new JsonObject { ["value"] = "1", ["timePeriod"] = "minute" },
            ["numberOfOrders"] = 12,
        };
        more?.Invoke(body);
        return body;
    }

    /// <summary>A limit order over one whole token at a rate that is always there, unless more is set.</summary>
    public JsonObject Limit(Action<JsonObject>? more = null)
    {
        var body = new JsonObject
        {
            ["toWalletAddress"] = Wallet, ["fromWalletAddress"] = Wallet, ["fromTokenAddress"] = _world.Sell.Id.ToString(),
            ["toTokenAddress"] = ".stx",
            ["fromTokenAmount"] = "1", ["rateToTokenPerFromToken"] = "0.5",
        };
        more?.Invoke(body);
        return body;
    }

    public async Task<JsonNode> CreateAsync(Action<JsonObject>? more = null)
    {
        var (status, order) = await PostAsync("/dca/v1/createOrder", Dca(more));
        status.ShouldBe(200, order.ToJsonString());
        return order;
    }

    public async Task<JsonNode> CreateLimitAsync(Action<JsonObject>? more = null)
    {
        var (status, order) = await PostAsync("/limit/v1/createOrder", Limit(more));
        status.ShouldBe(200, order.ToJsonString());
        return order;
    }

    public Task<(int Status, JsonNode Body)> CancelAsync(JsonNode order, string product = "dca") =>
        PostAsync($"/{product}/v1/cancelOrder", new JsonObject { ["panoraTxId"] = (string)order["panoraTxId"]! });

    /// <summary>The order as it reads now, with its history.</summary>
    public async Task<JsonNode> ReadAsync(JsonNode order, string product = "dca")
    {
        foreach (var filter in (string[])["active", "completed"])
        {
            var (status,
                page) = await GetAsync($"/{product}/v1/getOrders?{Query(filter)}&panoraTxId={(string)order["panoraTxId"]!}&txDetails=true");
            status.ShouldBe(200, page.ToJsonString());
            if (page["orders"]!.AsArray() is [{ } found]) return found;
        }
        throw new InvalidOperationException($"no order {order["panoraTxId"]}");
    }

    public string Query(string status = "active", int limit = 10, int page = 1) =>
        $"chainId=2147483648&toWalletAddress={Wallet}&status={status}&limit={limit}&pageNumber={page}";

    public Task<(int Status, JsonNode Body)> GetAsync(string path) => SendAsync("GET", path);

    public Task<(int Status, JsonNode Body)> PostAsync(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        SendAsync("POST", path, body.ToJsonString(), headers);

    public async Task<(int Status, JsonNode Body)> SendAsync(
        string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (Key.Length > 0) request.Headers.Add("x-api-key", Key);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _world.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        try
        {
            return ((int)response.StatusCode, JsonNode.Parse(text)!);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode} with no JSON: {text}");
        }
    }
}
