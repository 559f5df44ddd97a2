using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Engine.Execution;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Ground;
using OrderService.Tests.SwapCoffee;
using OrderService.Tests.Tread;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Http;

/// <summary>The whole service, in which what has ended is moved when a test says so.</summary>
public sealed class EndedFixture : TreadFixture
{
    protected override string[] More =>
        ["--Ended:MoveAfter=00:00:00", "--Ended:Interval=1.00:00:00", "--Simulator:Arbitrage=false", "--Orders:MaxDeviationBps=10000"];
}

/// <summary>
/// What every dialect answers about an order is the same, byte for byte, before and after it left the tables of the engine.
/// </summary>
public sealed class EndedReadTests(EndedFixture service) : IClassFixture<EndedFixture>
{
    private readonly List<(string Name, Func<Task<string>> Ask)> _asked = [];

    [Fact]
    public async Task Every_wire_answers_the_same_about_orders_that_have_left()
    {
        await PinAsync();
        await NativeAsync();
        await StrategiesAsync();
        var user = await service.UserAsync();
        await user.OpenAsync("ended", cha: 10_000, susdt: 10_000);
        await TreadAsync(user);
        await PanoraAsync(user);
        await WaitAsync("SELECT count(*) FROM orders WHERE ended_at IS NULL", 0);
        await WaitAsync("SELECT count(*) FROM outgoing_transactions WHERE NOT is_final", 0);
        var (before, again) = (await AskAllAsync(), await AskAllAsync());
        foreach (var (name, answer) in before) again[name].ShouldBe(answer, $"{name} is not the same from one moment to the next");
        var orders = await CountAsync("SELECT count(*) FROM orders");

        await MoveAllAsync();

        (await CountAsync("SELECT count(*) FROM ended_orders")).ShouldBe(orders);
        (await CountAsync("SELECT count(*) FROM order_ids WHERE month IS NOT NULL")).ShouldBe(orders);
        foreach (var table in (string[])["slices", "curves", "outgoing_versions"])
            (await CountAsync($"SELECT count(*) FROM {table}")).ShouldBe(0, table);
        (await CountAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'slice'")).ShouldBe(0);
        var after = await AskAllAsync();
        foreach (var (name, answer) in before) after[name].ShouldBe(answer, name);
    }

    // What a line of a history cost is told by the prices around its moment, the last of which still come: here they stand still.
    private async Task PinAsync()
    {
        var prices = JsonNode.Parse(await service.Http.GetStringAsync("/api/v1/prices"))!["data"]!.AsArray();
        prices.ShouldNotBeEmpty();
        foreach (var price in prices)
        {
            using var pinned = await service.Http.PostAsJsonAsync("/simulator/prices",
                new { token = (string)price!["tokenId"]!, usd = (string)price["usdPriceExact"]! });
            pinned.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private async Task NativeAsync()
    {
        var demo = await Wallet.OfDemoAsync(service.Http, service.Get<SimulatedOptions>().DemoKey);
        var swapped = demo.Order(Wallet.AtOnce);
        var cancelled = demo.Order();
        foreach (var body in (JsonObject[])[swapped, cancelled]) await PostAsync(demo, body);
        var late = demo.Order(body => body["validTo"] = "2100-01-01T00:00:00Z");
        await PostAsync(demo, late);
        await WindowEnd.PassAsync(service.Services, (string)late["uuid"]!);
        (await demo.AskAsync(HttpMethod.Patch, (string)cancelled["uuid"]!, "cancel")).Status.ShouldBe(200);
        await demo.WaitAsync((string)swapped["uuid"]!, "confirmed");
        await demo.WaitAsync((string)late["uuid"]!, "cancelled");
        foreach (var body in (JsonObject[])[swapped, cancelled, late])
        {
            var path = $"/api/v1/orders/{(string)body["uuid"]!}";
            foreach (var rest in (string[])["", "/events", "/explain"]) Add(path + rest, () => TextAsync(path + rest));
            // the same body once more, a cancel and a call to execute
            Add($"again {path}", async () => (await demo.PostOrderAsync(body)).ToString());
            Add($"cancel {path}", async () => Answer(await demo.AskAsync(HttpMethod.Patch, (string)body["uuid"]!, "cancel")));
            Add($"execute {path}", async () => Answer(await demo.AskAsync(HttpMethod.Post, (string)body["uuid"]!, "execute")));
            Add($"other {path}", async () => Answer(await demo.PostOrderAsync(Other(demo, body))));
        }
        foreach (var query in (string[])["", "&status=cancelled", "&status=confirmed", "&status=open", "&page=1", "&sortOrder=asc",
            $"&search={((string)swapped["uuid"]!)[..8]}"])
        {
            Add($"list {query}", async () => await ListAsync(demo, $"/api/v1/orders?owner={demo.Address}&limit=2{query}"));
        }
        Add("walk", async () => await WalkAsync(demo));
    }

    private static async Task PostAsync(Wallet wallet, JsonObject body)
    {
        var (status, answer) = await wallet.PostOrderAsync(body);
        status.ShouldBe(200, answer.ToJsonString());
    }

    private async Task StrategiesAsync()
    {
        var sell = service.Get<OrderService.Engine.Pricing.TokenRegistry>().All.First(
            t => t.Symbol.StartsWith("CHA-", StringComparison.OrdinalIgnoreCase)).Id.ToString();
        var client = new StrategyClient(service.Http, PrivateKey.Generate(), sell);
        await client.OpenAsync();
        var (swapped, cancelled) = (await client.CreatedAsync(client.Dca()), await client.CreatedAsync(client.Limit("999999999999")));
        await client.WaitAsync(swapped, "executed");
        (await client.SendAsync(HttpMethod.Delete, $"order?id={cancelled}")).Status.ShouldBe(200);
        foreach (var id in (string[])[swapped, cancelled])
            Add($"strategy {id}", async () => (await client.SendAsync(HttpMethod.Get, $"order?id={id}")).Body!.ToJsonString());
        Add("strategies",
            async () => (await client.SendAsync(HttpMethod.Get, "orders?include_finished=true")).Body?.ToJsonString() ?? "");
    }

    private async Task TreadAsync(TreadClient user)
    {
        var ids = new List<string>();
        foreach (var body in (JsonObject[])[user.Waiting(), user.Resting()]) ids.Add((string)(await user.PlaceAsync(body))["id"]!);
        foreach (var id in ids) (await user.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Status.ShouldBeLessThan(300);
        foreach (var path in ids.SelectMany(id => (string[])[$"/api/order/{id}?include_fills=true", $"/api/order_summary/{id}"]).Concat(
            ["/api/orders", "/api/orders?page=1&page_size=1", "/api/orders_with_stats", "/api/placements", "/api/order_errors"]))
        {
            Add(path, async () => (await user.GetAsync(path)) is var answer ? $"{answer.Status} {answer.Text}" : "");
        }
    }

    private async Task PanoraAsync(TreadClient user)
    {
        var sell = service.Get<OrderService.Engine.Pricing.TokenRegistry>().All.First(t => t.Symbol == "sUSDT-subnet").Id.ToString();
        JsonObject Limit(string rate) => new()
        {
            ["toWalletAddress"] = user.Owner, ["fromWalletAddress"] = user.Owner, ["fromTokenAddress"] = sell, ["toTokenAddress"] = ".stx",
            ["fromTokenAmount"] = "1", ["rateToTokenPerFromToken"] = rate,
        };
        var filled = await PanoraPostAsync(user, "/limit/v1/createOrder", Limit("0.0001"));
        var cancelled = await PanoraPostAsync(user, "/limit/v1/createOrder", Limit("100000"));
        await Until.Async(() => StandingAsync("panora%"), standing => standing.Contains("completed", StringComparison.Ordinal));
        await PanoraPostAsync(user, "/limit/v1/cancelOrder", new JsonObject { ["panoraTxId"] = (string)cancelled["panoraTxId"]! });
        filled["panoraTxId"].ShouldNotBeNull();
        foreach (var status in (string[])["active", "completed"])
        {
            var path = $"/limit/v1/getOrders?chainId=2147483648&toWalletAddress={user.Owner}&status={status}&limit=10&pageNumber=1&txDetails=true";
            Add(path, () => TextAsync(path, request => request.Headers.Add("X-API-Key", user.Token)));
        }
    }

    private async Task<JsonNode> PanoraPostAsync(TreadClient user, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", user.Token);
        using var answer = await service.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }

    private void Add(string name, Func<Task<string>> ask) => _asked.Add((name, ask));

    private async Task<Dictionary<string, string>> AskAllAsync()
    {
        var answers = new Dictionary<string, string>();
        foreach (var (name, ask) in _asked) answers[name] = await ask();
        return answers;
    }

    private async Task<string> TextAsync(string path, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        more?.Invoke(request);
        using var answer = await service.Http.SendAsync(request);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    // The moment of a refusal is the only thing of an answer that is new each time.
    private static string Answer((int Status, JsonNode Body) answer)
    {
        if (answer.Body is JsonObject body) body.Remove("timestamp");
        return $"{answer.Status} {answer.Body.ToJsonString()}";
    }

    private static Task<(int Status, JsonNode Body)> SignedAsync(Wallet wallet, string path)
    {
        var message = $$"""{"service":"{{OrderService.Tests.Auth.TestWallet.Service}}","chainId":{{wallet.ChainId}},"address":"{{wallet.Address}}","action":"list_orders","owner":"{{wallet.Address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
        return wallet.GetAsync(path, request =>
        {
            request.Headers.Add("x-message", message);
            request.Headers.Add("x-signature", wallet.Sign(message));
        });
    }

    private static async Task<string> ListAsync(Wallet wallet, string path)
    {
        var answer = await SignedAsync(wallet, path);
        answer.Status.ShouldBe(200, $"{path}: {answer.Body}");
        return Answer(answer);
    }

    // One order a page, to the end.
    private static async Task<string> WalkAsync(Wallet wallet)
    {
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var (status, page) = await SignedAsync(wallet, $"/api/v1/orders?owner={wallet.Address}&limit=1&cursor={cursor}");
            status.ShouldBe(200, page.ToJsonString());
            seen.Add(page["data"]!.ToJsonString());
            cursor = Uri.EscapeDataString((string?)page["nextCursor"] ?? "");
        }
        while (cursor.Length > 0);
        seen.Count.ShouldBeGreaterThan(2);
        return string.Join('\n', seen);
    }

    private static JsonObject Other(Wallet wallet, JsonObject body)
    {
        var other = (JsonObject)body.DeepClone();
        other["recipient"] = wallet.Stranger().Address;
        return other;
    }

    private Task<long> WaitAsync(string sql, long wanted) => Until.Async(() => CountAsync(sql), count => count == wanted);

    private Task<long> CountAsync(string sql) => service.CountAsync(sql);

    private async Task<string> StandingAsync(string dialect)
    {
        await using var command = service.Get<NpgsqlDataSource>().CreateCommand(
            "SELECT coalesce(string_agg(concat_ws(' ', o.status, o.reason, s.status, s.reason, s.wake_at, s.quote_route), '; '), '') FROM orders o JOIN slices s ON s.order_id = o.id WHERE o.dialect LIKE $1");
        command.Parameters.Add(new NpgsqlParameter { Value = dialect });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private Task<long> MoveAllAsync() => Until.Async(async () =>
    {
        while (await service.Get<MoveEnded>().TickAsync(CancellationToken.None) > 0) { }
        return await CountAsync("SELECT count(*) FROM orders");
    }, left => left == 0);
}
