using System.Text;
using System.Text.Json.Nodes;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

/// <summary>What answers say.</summary>
internal sealed record Answer(int Status, JsonNode? Body, string? OrderId)
{
    public string Error => (string)Body!["error"]!;
}

/// <summary>A wallet and what a client of the strategies API does with it.</summary>
internal sealed class StrategyClient(HttpClient client, PrivateKey key, string sellToken)
{
    public string Address { get; } = key.PublicKey().ToAddress(StacksNetwork.Testnet).ToString();

    public string SellToken => sellToken;

    public string? Wallet { get; private set; }

    /// <summary>A proof, its members changed before it is signed.</summary>
    public static JsonObject Proof(PrivateKey key, string domain, DateTimeOffset at, Action<JsonObject>? more = null)
    {
        var proof = new JsonObject
        {
            ["timestamp"] = at.ToUnixTimeSeconds(), ["domain_len"] = domain.Length, ["domain_val"] = domain,
            ["payload"] = Guid.NewGuid().ToString("N"),
        };
        more?.Invoke(proof);
        var hash = new byte[32];
        PersonalMessage.Hash(ProofDomains.MessageOf((string)proof["domain_val"]!, (long)proof["timestamp"]!, (string)proof["payload"]!),
            hash);
        proof["signature"] = Secp256k1.Sign(hash, key).ToRsvHex();
        return new JsonObject { ["public_key"] = key.PublicKey().ToString(), ["wallet_state_init"] = "", ["proof"] = proof };
    }

    public string Header() => Proof(key, $"{OrderService.Tests.Auth.TestWallet.Service}/testnet", DateTimeOffset.UtcNow).ToJsonString();

    /// <summary>A message of the native API, and the wallet's signature over one.</summary>
    public string Message(string action, string more) =>
        $$"""{"service":"{{OrderService.Tests.Auth.TestWallet.Service}}","chainId":{{StacksNetwork.Testnet.ChainId}},"address":"{{Address}}","action":"{{action}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}{{more}}}""";

    public string Sign(string message)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(message, hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    public StrategyClient Stranger() => new(client, PrivateKey.Generate(), sellToken);

    /// <summary>Creates the strategies wallet and gives it funds.</summary>
    public async Task<string> OpenAsync(string amount = "1000000000")
    {
        Wallet = (string)(await SendAsync(HttpMethod.Post, "wallet")).Body!["address"]!;
        await FaucetAsync(Wallet, amount);
        return Wallet;
    }

    public Task FaucetAsync(string address, string amount) =>
        PostAsync("/simulator/faucet", new JsonObject { ["address"] = address, ["token"] = sellToken, ["amount"] = amount });

    public Task<Answer> SendAsync(HttpMethod method, string rest, JsonNode? body = null, Action<HttpRequestMessage>? more = null) =>
        AskAsync(method, $"/v1/strategies/{Address}/{rest}", body, request =>
        {
            request.Headers.Add("x-verify", Header());
            more?.Invoke(request);
        });

    public Task<Answer> CreateAsync(JsonObject body, Action<HttpRequestMessage>? more = null) =>
        SendAsync(HttpMethod.Post, "order", body, more);

    /// <summary>The id of an order that was created.</summary>
    public async Task<string> CreatedAsync(JsonObject body)
    {
        var answer = await CreateAsync(body);
        answer.Status.ShouldBe(200, answer.Body?.ToJsonString());
        return answer.OrderId!;
    }

    public async Task<JsonNode> OrderAsync(string id)
    {
        var answer = await SendAsync(HttpMethod.Get, $"order?id={id}");
        answer.Status.ShouldBe(200, answer.Body?.ToJsonString());
        return answer.Body!;
    }

    /// <summary>Reads an order until it has a status.</summary>
    public Task<JsonNode> WaitAsync(string id, string status) =>
        Until.Async(() => OrderAsync(id), order => (string?)order["status"] == status);

    public JsonObject Dca(int suborders = 1, Action<JsonObject>? more = null) =>
        Body("dca", suborders, new JsonObject { ["delay"] = 60 }, more);

    public JsonObject Limit(string minOutput, int suborders = 1, Action<JsonObject>? more = null) =>
        Body("limit", suborders, new JsonObject { ["min_output_amount"] = minOutput }, more);

    public async Task<Answer> AskAsync(HttpMethod method, string path, JsonNode? body = null, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        more?.Invoke(request);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text),
            response.Headers.TryGetValues("X-Order-Id", out var ids) ? ids.Single() : null);
    }

    private async Task PostAsync(string path, JsonNode body) => (await AskAsync(HttpMethod.Post, path, body)).Status.ShouldBe(200);

    private JsonObject Body(string type, int suborders, JsonObject settings, Action<JsonObject>? more)
    {
        var body = new JsonObject
        {
            ["type"] = type, ["token_from"] = Token(sellToken), ["token_to"] = Token("native"), ["input_amount"] = "1000001",
            ["max_suborders"] = suborders, ["max_invocations"] = suborders * 2, ["slippage"] = JsonNode.Parse("0.01"),
            ["settings"] = settings,
        };
        more?.Invoke(body);
        return body;
    }

    private static JsonObject Token(string address) => new() { ["blockchain"] = "stacks", ["address"] = address };
}
