using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tread;

/// <summary>What an answer says: its JSON, the code in its header.</summary>
internal sealed record TreadAnswer(int Status, string Text, string? Code)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
}

/// <summary>A user of the core order API, with one API key.</summary>
internal sealed class TreadClient(TreadFixture service, TestWallet wallet, string token)
{
    public const string Pair = "CHA-sUSDT";

    public string Owner => wallet.Address.ToString();

    public TestWallet Wallet => wallet;

    public string Token => token;

    /// <summary>The name of its account.</summary>
    public string Account { get; private set; } = "";

    /// <summary>The same wallet with another key.</summary>
    public TreadClient With(string other) => new(service, wallet, other) { Account = Account };

    /// <summary>Opens an account and funds it.</summary>
    public async Task<string> OpenAsync(string name, decimal cha = 0, decimal susdt = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts")
        {
            Content = Json(new JsonObject { ["name"] = name }),
        };
        request.Headers.Add("X-API-Key", token);
        using var answer = await service.Http.SendAsync(request);
        var opened = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var address = (string?)opened["account"]?["address"] ?? throw new InvalidOperationException(opened.ToJsonString());
        if (cha > 0) await service.FundAsync(address, "CHA", cha);
        if (susdt > 0) await service.FundAsync(address, "sUSDT", susdt);
        Account = name;
        return address;
    }

    public async Task<TreadAnswer> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, string? authorization = null, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = Json(body);
        var header = authorization ?? $"Token {token}";
        if (header.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", header);
        more?.Invoke(request);
        using var answer = await service.Http.SendAsync(request);
        return new TreadAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(),
            answer.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.Single() : null);
    }

    public Task<TreadAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<TreadAnswer> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>A TWAP sell that its condition never releases.</summary>
    public JsonObject Waiting(Action<JsonObject>? more = null)
    {
        var body = new JsonObject
        {
            ["pair"] = Pair, ["side"] = "sell", ["accounts"] = new JsonArray(Account), ["strategy"] = "TWAP", ["duration"] = 3600,
            ["base_asset_qty"] = 100, ["order_condition"] = $"{Pair}@simulated <= 0.000001",
        };
        more?.Invoke(body);
        return body;
    }

    /// <summary>A TWAP buy with a limit far below the market: it runs and never fills.</summary>
    public JsonObject Resting(Action<JsonObject>? more = null)
    {
        var body = new JsonObject
        {
            ["pair"] = Pair, ["side"] = "buy", ["accounts"] = new JsonArray(Account), ["strategy"] = "TWAP", ["duration"] = 3600,
            ["base_asset_qty"] = 20, ["limit_price"] = "0.001",
        };
        more?.Invoke(body);
        return body;
    }

    public async Task<JsonNode> PlaceAsync(JsonObject body)
    {
        var answer = await PostAsync("/api/orders/", body);
        answer.Status.ShouldBe(201, answer.Text);
        return answer.Json;
    }

    /// <summary>Reads the detail of an order until it has a status.</summary>
    public Task<JsonNode> WaitAsync(string id, string status) =>
        Until.Async(async () => (await GetAsync($"/api/order/{id}?include_fills=true")).Json, order => (string?)order["status"] == status);

    private static StringContent Json(JsonNode body) =>
        new(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
