using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.SwapCoffee;

namespace OrderService.Tests.Reliability;

/// <summary>
/// An order of twelve parts, and many kill -9 while it runs, twenty of them with full counts: it goes on by itself after each, and ends
/// with twelve swaps and exact totals.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "load")]
public sealed class ScheduleCrashTests
{
    private const int Parts = 12;
    private const string Sell = "STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1";

    private static readonly int Kills = TestScale.Full ? 20 : 8;

    private static readonly (string, string)[] Settings =
    [
        ("Accounts__MasterKey", new string('5', 64)), ("Simulator__BlockInterval", "00:00:01"), ("Auth__RequestsPerMinute", "100000"),
        ("Auth__RequestsPerHour", "1000000"), ("Auth__RequestsPerDay", "1000000"),
    ];

    private readonly Random _random = new(20_261_121);

    [Fact]
    public async Task Twelve_suborders_at_once_survive_every_kill()
    {
        await using var database = await TestDatabase.CreateAsync();
        var key = PrivateKey.Generate();
        string id;
        await using (var first = await StartAsync(database))
        {
            var client = new StrategyClient(first.Http, key, Sell);
            await client.OpenAsync();
            id = await client.CreatedAsync(client.Limit("1", Parts));
        }
        await KillAsync(database, () => TimeSpan.FromMilliseconds(_random.Next(50, 500)));
        await using var last = await StartAsync(database);
        var order = await new StrategyClient(last.Http, key, Sell).WaitAsync(id, "executed");
        ((int)order["suborders_executed"]!, (string?)order["current_input_amount"]).ShouldBe((Parts, "0"));
        await JudgeAsync(database, 1_000_001);
        Tally.Add("schedule", "12 suborders at once", 1, $"{Kills} kills");
    }

    // Its minutes are real ones, so this takes a quarter of an hour.
    [Fact]
    public async Task A_DCA_of_twelve_minutes_survives_twenty_kills()
    {
        if (!TestScale.Full) return; // the same without the minutes is above
        await using var database = await TestDatabase.CreateAsync();
        var wallet = new TestWallet();
        string apiKey;
        await using (var first = await StartAsync(database)) apiKey = await PlaceAsync(first.Http, wallet);
        await KillAsync(database, () => TimeSpan.FromSeconds(_random.Next(10, 50)));
        await using var last = await StartAsync(database);
        var order = await Until.Async(() => ReadAsync(last.Http, wallet, apiKey, "completed"), found => found is not null,
            TimeSpan.FromMinutes(14));
        ((string?)order!["status"], (string?)order["fromTokenAmountSpent"],
            (int)order["numberOfOrdersCompleted"]!).ShouldBe(("filled", "12.000001", Parts));
        order["txDetails"]!.AsArray().Count(tx => (string?)tx!["type"] == "filled").ShouldBe(Parts);
        order["txDetails"]!.AsArray().Count(tx => (string?)tx!["type"] == "created").ShouldBe(1);
        await JudgeAsync(database, 12_000_001);
        Tally.Add("schedule", "a DCA of 12 minutes", 1, $"{Kills} kills");
    }

    private static Task<ServiceProcess> StartAsync(TestDatabase database) =>
        ServiceProcess.StartAsync(database.ConnectionString, null, Settings);

    private static async Task KillAsync(TestDatabase database, Func<TimeSpan> uptime)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var service = await StartAsync(database);
            await Task.Delay(uptime());
            (await Verdict.CountAsync(source, "SELECT count(*) FROM orders WHERE ended_at IS NULL")).ShouldBe(1,
                $"the order had ended before kill {kill + 1}");
            await service.KillAsync();
        }
    }

    private static async Task JudgeAsync(TestDatabase database, long amountIn)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE NOT is_final"), left => left == 0);
        (await Verdict.CountAsync(source, "SELECT count(DISTINCT uuid) FROM simulator.swaps")).ShouldBe(Parts);
        (await Verdict.CountAsync(source, "SELECT count(*) FROM simulator.swaps")).ShouldBe(Parts);
        (await Verdict.CountAsync(source, "SELECT sum(amount_in)::bigint FROM simulator.swaps")).ShouldBe(amountIn);
        (await Verdict.CountAsync(source, "SELECT count(*) FROM slices WHERE status = 'confirmed'")).ShouldBe(Parts);
        (await Verdict.CountAsync(source,
            "SELECT count(*) FROM reservations WHERE initial = spent AND reserved = 0 AND returned = 0")).ShouldBe(1);
    }

    private static async Task<string> PlaceAsync(HttpClient http, TestWallet wallet)
    {
        var made = await PostAsync(http, "/api/v1/api-keys",
            JsonNode.Parse(wallet.Body(wallet.KeyMessage("dca", "\"create\",\"accounts\",\"trade\"", DateTimeOffset.UtcNow)))!, null);
        var apiKey = (string)made["apiKey"]!;
        var account =
            (string)(await PostAsync(http, "/api/v1/accounts", new JsonObject { ["name"] = "dca" }, apiKey))["account"]!["address"]!;
        await PostAsync(http, "/simulator/faucet", new JsonObject { ["address"] = account, ["token"] = Sell, ["amount"] = "50000000" },
            null);
        await PostAsync(http, "/dca/v1/createOrder", new JsonObject
        {
            ["chainId"] = "2147483648", ["toWalletAddress"] = wallet.Address.ToString(), ["fromTokenAddress"] = Sell,
            ["toTokenAddress"] = ".stx",
            ["fromTokenAmount"] = new JsonObject { ["value"] = "12.000001", ["type"] = "total" },
            ["interval"] = new JsonObject { ["value"] = "1", ["timePeriod"] = "minute" }, ["numberOfOrders"] = Parts,
        }, apiKey);
        return apiKey;
    }

    private static async Task<JsonNode?> ReadAsync(HttpClient http, TestWallet wallet, string apiKey, string status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"/dca/v1/getOrders?chainId=2147483648&toWalletAddress={wallet.Address}&status={status}&limit=10&pageNumber=1&txDetails=true");
        request.Headers.Add("x-api-key", apiKey);
        using var answer = await http.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["orders"]!.AsArray().FirstOrDefault();
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonNode body, string? apiKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (apiKey is not null) request.Headers.Add("x-api-key", apiKey);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
