using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>A key with a funded address, and what a client of the native API does with it.</summary>
internal sealed class Wallet
{
    private readonly HttpClient _client;
    private readonly PrivateKey _key;

    private Wallet(HttpClient client, PrivateKey key, ContractId router, uint chainId, string sellToken)
    {
        (_client, _key, Router, ChainId, SellToken) = (client, key, router, chainId, sellToken);
        Address = key.PublicKey().ToAddress(StacksNetwork.Testnet).ToString();
    }

    public string Address { get; }

    public ContractId Router { get; }

    public uint ChainId { get; }

    public string SellToken { get; }

    public string PublicKey => _key.PublicKey().ToString();

    public static async Task<Wallet> OfDemoAsync(HttpClient client, string demoKey)
    {
        var network = (await client.GetFromJsonAsync<JsonNode>("/api/v1/network"))!["data"]!;
        var tokens = (await client.GetFromJsonAsync<JsonNode>("/api/v1/tokens"))!["data"]!.AsArray();
        var sell = tokens.First(
            t => (string?)t!["type"] == "SUBNET" && ((string)t["contractId"]!).Contains("charisma", StringComparison.Ordinal))!;
        PrivateKey.TryParse(demoKey, out var key).ShouldBeTrue();
        return new Wallet(client, key, ContractId.Parse((string)network["router"]!, null), (uint)network["chainId"]!,
            (string)sell["contractId"]!);
    }

    /// <summary>Another wallet, without funds.</summary>
    public Wallet Stranger() => new(_client, PrivateKey.Generate(), Router, ChainId, SellToken);

    /// <summary>An API key of a wallet that nobody else has, with these permissions.</summary>
    public async Task<string> NewKeyAsync(string permissions)
    {
        var owner = new TestWallet();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/api-keys")
        {
            Content = new StringContent(owner.Body(owner.KeyMessage($"key {Guid.NewGuid():N}", permissions, DateTimeOffset.UtcNow)),
                Encoding.UTF8, "application/json"),
        };
        var (status, made) = await SendAsync(request);
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }

    /// <summary>A signed body of POST orders/new, manual unless more is set.</summary>
    public JsonObject Order(Action<JsonObject>? more = null)
    {
        var body = new JsonObject
        {
            ["owner"] = Address, ["inputToken"] = SellToken, ["outputToken"] = ".stx", ["amountIn"] = "1000000", ["recipient"] = Address,
            ["uuid"] = Guid.NewGuid().ToString(),
        };
        more?.Invoke(body);
        body["signature"] ??= SignIntent(body);
        return body;
    }

    public static void AtOnce(JsonObject body) => (body["conditionToken"], body["targetPrice"], body["direction"]) = ("*", "0", "gt");

    public string SignIntent(JsonObject body, uint? chainId = null, string? router = null)
    {
        var hash = new byte[32];
        var target = Principal.Parse(router ?? Router.ToString(), null);
        new TransferIntent(ContractId.Parse((string)body["inputToken"]!, null), UInt128.Parse((string)body["amountIn"]!, null), target,
            (string)body["uuid"]!, chainId ?? ChainId).Hash(hash);
        return Secp256k1.Sign(hash, _key).ToRsvHex();
    }

    public string Sign(string message)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(message, hash);
        return Secp256k1.Sign(hash, _key).ToRsvHex();
    }

    public async Task<(int Status, JsonNode Body)> PostOrderAsync(JsonObject body) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post,
            "/api/v1/orders/new") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") });

    /// <summary>PATCH or POST on an order, proven by a timed message of the action.</summary>
    public Task<(int Status, JsonNode Body)> AskAsync(
        HttpMethod method, string uuid, string verb, string? action = null, DateTimeOffset? at = null)
    {
        var message = $$"""{"service":"{{OrderService.Tests.Auth.TestWallet.Service}}","chainId":{{ChainId}},"address":"{{Address}}","action":"{{action ?? verb + "_order"}}","uuid":"{{uuid}}","timestamp":{{(at ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}"}""";
        var request = new HttpRequestMessage(method, $"/api/v1/orders/{uuid}/{verb}");
        request.Headers.Add("x-signature", Sign(message));
        request.Headers.Add("x-message", message);
        return SendAsync(request);
    }

    public Task<(int Status, JsonNode Body)> GetAsync(string path, Action<HttpRequestMessage>? more = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        more?.Invoke(request);
        return SendAsync(request);
    }

    public async Task<(int Status, JsonNode Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        try
        {
            return ((int)response.StatusCode, JsonNode.Parse(text)!);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException(
                $"{request.Method} {request.RequestUri} answered {(int)response.StatusCode} with no JSON: {text}");
        }
    }

    /// <summary>Reads an order until it has a status.</summary>
    public async Task<JsonNode> WaitAsync(string uuid, string status) =>
        (await Until.Async(async () => (await GetAsync($"/api/v1/orders/{uuid}")).Body,
            body => (string?)body["data"]?["status"] == status))["data"]!;
}
