using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.SwapCoffee;
using Wallet = OrderService.Tests.Http.Wallet;

namespace OrderService.Tests.Events;

/// <summary>GET events: pages and streams, who sees what, and positions that the log does not have.</summary>
public sealed class EventRouteTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    private const string Path = "/api/v1/events";

    [Fact]
    public async Task A_wallet_reads_the_story_of_its_order_and_nobody_elses()
    {
        var demo = await Demo();
        var (mine, other) = (demo.Stranger(), demo.Stranger());
        var uuid = await PlaceAsync(mine);
        await PlaceAsync(other);
        (await mine.AskAsync(HttpMethod.Patch, uuid, "cancel")).Status.ShouldBe(200);
        var page = await Until.Async(() => PageAsync(mine), page => Events(page).Count >= 3);
        Events(page).Select(e => ((string?)e["kind"], e["slice"] is not null))
            .ShouldBe([("created", false), ("cancelled", true), ("cancelled", false)]);
        foreach (var e in Events(page))
        {
            ((string?)e["order"], (string?)e["owner"], (string?)e["actor"],
                (string?)e["dialect"]).ShouldBe((uuid, mine.Address, mine.Address, "charisma"));
        }
        Positions(page).ShouldBeInOrder();
        Positions(page)[^1].ShouldBeLessThanOrEqualTo((long)page["data"]!["head"]!);

        // One at a time, each behind the one before, by next and by the bare number.
        var one = await PageAsync(mine, "?limit=1");
        ((string?)one["data"]!["next"]).ShouldBe($"{page["data"]!["log"]}-{Positions(page)[0]}");
        Positions(await PageAsync(mine, $"?limit=1&after={one["data"]!["next"]}")).ShouldBe([Positions(page)[1]]);
        Positions(await PageAsync(mine, $"?after={Positions(page)[0]}")).ShouldBe(Positions(page)[1..]);
        Events(await PageAsync(mine, $"?after={page["data"]!["next"]}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_operator_reads_everybodys_without_a_gap()
    {
        var demo = await Demo();
        foreach (var wallet in (Wallet[])[demo.Stranger(), demo.Stranger()]) await PlaceAsync(wallet);
        await Until.Async(() => AdminPageAsync("?limit=1000"),
            page => Events(page).Select(e => (string?)e["owner"]).Distinct().Count() > 1);
        var (owners, positions, after) = (new HashSet<string?>(), new List<long>(), "0");
        for (var isMore = true; isMore;)
        {
            var page = await AdminPageAsync($"?limit=7&after={after}");
            owners.UnionWith(Events(page).Select(e => (string?)e["owner"]));
            positions.AddRange(Positions(page));
            after = (string)page["data"]!["next"]!;
            isMore = Events(page).Count == 7;
        }
        positions.ShouldBe(Enumerable.Range(1, positions.Count).Select(position => (long)position));
        owners.Count.ShouldBeGreaterThan(1);
        var one = owners.First(owner => owner is not null)!;
        Events(await AdminPageAsync($"?owner={one}")).Select(e => (string?)e["owner"]).Distinct().ShouldBe([one]);
        var (status, body) = await demo.GetAsync($"{Path}?owner={demo.Stranger().Address}", request => Prove(demo, request));
        (status, (string?)body["code"]).ShouldBe((401, "invalid_signature"));
    }

    [Fact]
    public async Task Nobody_in_particular_is_refused()
    {
        foreach (var (key, status, code) in ((string?, int, string)[])[(null, 401, "missing_credentials"),
            (StrategiesFixture.AdminKey[..^1], 401, "invalid_api_key")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            if (key is not null) request.Headers.Add("X-API-Key", key);
            using var answer = await service.Client.SendAsync(request);
            ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]).ShouldBe((status, code));
        }
    }

    [Theory]
    [InlineData("after=x", "after")]
    [InlineData("after=-1", "after")]
    [InlineData("after=LOG-1", "after")]
    [InlineData("after=99999999999999999999", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=ten", "limit")]
    public async Task What_cannot_be_meant_is_named(string query, string field)
    {
        var (status, body) = await AdminAsync($"?{query}");
        (status, (string?)body["code"], (string?)body["details"]!["field"]).ShouldBe((400, "invalid_field", field));
    }

    [Fact]
    public async Task A_position_beyond_the_head_or_of_another_log_is_gone_and_tells_the_head()
    {
        await PlaceAsync((await Demo()).Stranger());
        var page = await Until.Async(() => AdminPageAsync(""), page => (long)page["data"]!["head"]! > 0);
        var log = (string)page["data"]!["log"]!;
        foreach (var after in (string[])["1000000000", $"{log}-1000000000", $"{new string('0', 16)}-1"])
        {
            foreach (var asStream in (bool[])[false, true])
            {
                var (status, body) = await AdminAsync($"?after={after}", asStream);
                (status, (string?)body["code"], (string?)body["details"]!["log"]).ShouldBe((410, "position_gone", log), after);
                ((long)body["details"]!["head"]!).ShouldBeGreaterThan(0);
            }
        }
        using var last = Request("", asStream: true);
        last.Headers.Add("Last-Event-ID", $"{new string('0', 16)}-1");
        using var answer = await service.Client.SendAsync(last);
        answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_stream_tells_what_happens_next_and_goes_on_behind_its_last_id()
    {
        var wallet = (await Demo()).Stranger();
        var first = await PlaceAsync(wallet);
        string lastId;
        await using (var stream = await EventClient.OpenAsync(service.Client, request => Prove(wallet, request)))
        {
            (string?, string?) Story(JsonNode e) => ((string?)e["kind"], (string?)e["order"]);
            Story((await stream.NextAsync()).Event).ShouldBe(("created", first));
            var second = await PlaceAsync(wallet);
            var (id, next) = await stream.NextAsync();
            Story(next).ShouldBe(("created", second));
            id.ShouldEndWith(string.Create(CultureInfo.InvariantCulture, $"-{(long)next["position"]!}"));
            lastId = id;
        }
        (await wallet.AskAsync(HttpMethod.Patch, first, "cancel")).Status.ShouldBe(200);
        await using var again = await EventClient.OpenAsync(service.Client, request =>
        {
            Prove(wallet, request);
            request.Headers.Add("Last-Event-ID", lastId);
        });
        var (_, cancelled) = await again.NextAsync();
        ((string?)cancelled["kind"], (string?)cancelled["order"]).ShouldBe(("cancelled", first));
    }

    [Fact]
    public async Task A_stream_that_begins_with_a_full_page_goes_on_right_behind_it()
    {
        var wallet = (await Demo()).Stranger();
        for (var i = 0; i < 3; i++) await PlaceAsync(wallet);
        var known = await Until.Async(() => PageAsync(wallet), page => Events(page).Count == 3);
        await using var stream = await EventClient.OpenAsync(service.Client, request =>
        {
            Prove(wallet, request);
            request.RequestUri = new Uri($"{Path}?limit=1", UriKind.Relative);
        });
        foreach (var position in Positions(known)) ((long)(await stream.NextAsync()).Event["position"]!).ShouldBe(position);
    }

    [Fact]
    public async Task A_wallet_reads_of_its_accounts_and_keys_and_a_stream_ends_with_its_key()
    {
        var owner = new TestWallet();
        var (account, _) = await SendAsync(HttpMethod.Post, "/api/v1/accounts", owner,
            owner.Message("create_account", DateTimeOffset.UtcNow, ",\"name\":\"escrow\""));
        var (made, _) = await SendAsync(HttpMethod.Post, "/api/v1/api-keys", owner,
            owner.KeyMessage("reader", "\"create\"", DateTimeOffset.UtcNow));
        var (secret, id) = ((string)made["apiKey"]!, (string)made["keyId"]!);
        await using var stream = await EventClient.OpenAsync(service.Client, request => request.Headers.Add("X-API-Key", secret));
        var (_, opened) = await stream.NextAsync();
        ((string?)opened["kind"], (string?)opened["facts"]!["account"], (string?)opened["facts"]!["address"],
            (string?)opened["actor"]).ShouldBe(
                ("account_opened", (string?)account["account"]!["id"], (string?)account["account"]!["address"], owner.Address.ToString()));
        var (_, created) = await stream.NextAsync();
        ((string?)created["kind"], (string?)created["facts"]!["key"],
            created.ToJsonString().Contains(secret, StringComparison.Ordinal)).ShouldBe(("api_key_created", id, false));

        var (_, status) = await SendAsync(HttpMethod.Delete, $"/api/v1/api-keys/{id}", owner,
            owner.Message("delete_api_key", DateTimeOffset.UtcNow, $",\"keyId\":\"{id}\""));
        status.ShouldBe(200);
        var (_, revoked) = await stream.NextAsync();
        ((string?)revoked["kind"], (string?)revoked["facts"]!["key"]).ShouldBe(("api_key_revoked", id));
        await Should.ThrowAsync<EndOfStreamException>(() => stream.NextAsync());
        Events(await PageAsync((await Demo()).Stranger())).ShouldBeEmpty();
    }

    private async Task<(JsonNode Body, int Status)> SendAsync(HttpMethod method, string path, TestWallet wallet, string message)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(wallet.Body(message), System.Text.Encoding.UTF8, "application/json"),
        };
        using var answer = await service.Client.SendAsync(request);
        return (JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, (int)answer.StatusCode);
    }

    private async Task<Wallet> Demo() =>
        await Wallet.OfDemoAsync(service.Client,
            service.Services.GetRequiredService<OrderService.Venues.Simulated.SimulatedOptions>().DemoKey);

    private static async Task<string> PlaceAsync(Wallet wallet)
    {
        var (status, body) = await wallet.PostOrderAsync(wallet.Order());
        status.ShouldBe(200, body.ToJsonString());
        return (string)body["data"]!["uuid"]!;
    }

    private static void Prove(Wallet wallet, HttpRequestMessage request)
    {
        var message = $$"""{"service":"{{TestWallet.Service}}","chainId":{{wallet.ChainId}},"address":"{{wallet.Address}}","action":"list_orders","owner":"{{wallet.Address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
        request.Headers.Add("x-message", message);
        request.Headers.Add("x-signature", wallet.Sign(message));
    }

    private static async Task<JsonNode> PageAsync(Wallet wallet, string query = "")
    {
        var (status, body) = await wallet.GetAsync(Path + query, request => Prove(wallet, request));
        status.ShouldBe(200, body.ToJsonString());
        return body;
    }

    private static HttpRequestMessage Request(string query, bool asStream = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path + query);
        request.Headers.Add("X-API-Key", StrategiesFixture.AdminKey);
        if (asStream) request.Headers.Add("Accept", "text/event-stream");
        return request;
    }

    private async Task<(int Status, JsonNode Body)> AdminAsync(string query, bool asStream = false)
    {
        using var request = Request(query, asStream);
        using var answer = await service.Client.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task<JsonNode> AdminPageAsync(string query)
    {
        var (status, body) = await AdminAsync(query);
        status.ShouldBe(200, body.ToJsonString());
        return body;
    }

    private static List<JsonNode> Events(JsonNode page) => [.. page["data"]!["events"]!.AsArray().Select(e => e!)];

    private static List<long> Positions(JsonNode page) => [.. Events(page).Select(e => (long)e["position"]!)];
}
