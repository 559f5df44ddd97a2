using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Benchmarks.Load;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Benchmarks.Gate;

/// <summary>Orders of twelve monthly parts over Panora's calls, from the first create until the first part of each is swapped.</summary>
internal sealed class ScheduledLoad(GateBuild build) : GateLoad(build)
{
    private const int Orders = 1_000;
    private const int AtOnce = 16;
    private const int Parts = 12;
    private const int TriesMax = 5;
    private const string Permissions = "\"create\",\"execute\",\"cancel\",\"accounts\"";

    private readonly SignedOrders _tokens = new(1);
    private readonly PrivateKey _owner = PrivateKey.Generate();
    private string? _key;

    private string Wallet => _owner.PublicKey().ToAddress(StacksNetwork.Testnet).ToString();

    public override async Task<double> RunAsync()
    {
        _key ??= await OpenAsync();
        var before = await SwappedAsync();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Orders), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, _) => await PostAsync("/dca/v1/createOrder", Order()));
        await AwaitAsync(before + Orders);
        return Orders / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private JsonObject Order() => new()
    {
        ["chainId"] = "2147483648", ["toWalletAddress"] = Wallet, ["fromTokenAddress"] = _tokens.Sell.ToString(),
        ["toTokenAddress"] = ".stx", ["slippagePercentage"] = "10",
        ["fromTokenAmount"] = new JsonObject { ["value"] = "0.012", ["type"] = "total" },
        ["interval"] = new JsonObject { ["value"] = "1", ["timePeriod"] = "month" }, ["numberOfOrders"] = Parts,
    };

    // An account that is never empty, and a key that may sell from it: the permission for that has a name of its own in builds that know
    // it.
    private async Task<string> OpenAsync()
    {
        var made = await KeyAsync($"{Permissions},\"trade\"") ?? await KeyAsync(Permissions)
            ?? throw new InvalidOperationException("no API key was given");
        _key = (string)made["apiKey"]!;
        var account = await PostAsync("/api/v1/accounts", new JsonObject { ["name"] = "gate" });
        await PostAsync("/simulator/faucet",
            new JsonObject
            {
                ["address"] = (string)account["account"]!["address"]!, ["token"] = _tokens.Sell.ToString(), ["amount"] = "1000000000000",
            });
        return _key;
    }

    private async Task<JsonNode?> KeyAsync(string permissions)
    {
        var network = (await Build.Http.GetFromJsonAsync<JsonNode>("/api/v1/network"))!["data"]!;
        var message = $$"""
            {"action":"create_api_key","keyName":"gate","permissions":[{{permissions}}],"timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"service":"{{network["service"] ?? "gate"}}","chainId":{{network["chainId"]}},"address":"{{Wallet}}"}
            """;
        var hash = new byte[32];
        PersonalMessage.Hash(message, hash);
        var body = new JsonObject
        {
            ["message"] = message, ["signature"] = Secp256k1.Sign(hash, _owner).ToRsvHex(), ["walletAddress"] = Wallet,
        };
        using var answer = await Build.Http.PostAsync("/api/v1/api-keys", Content(body));
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }

    // An account whose funds move faster than they can be counted is busy (503) and asks the client to try again: on a machine that is
    // short of time this may happen to either build.
    private async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        for (var tries = 1; ; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(body) };
            if (_key is not null) request.Headers.Add("X-API-Key", _key);
            using var answer = await Build.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) return JsonNode.Parse(text)!;
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || tries == TriesMax)
                throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private static StringContent Content(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
