using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Engine.Events;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using Wallet = OrderService.Tests.Http.Wallet;

namespace OrderService.Tests.Events;

/// <summary>Streams of some orders and kinds, those that begin with what is open, heartbeats, and prices as they move.</summary>
public sealed class StreamFilterTests(StreamFilterTests.Streams service) : IClassFixture<StreamFilterTests.Streams>
{
    private const string Path = "/api/v1/events";

    public sealed class Streams : ServiceFixture
    {
        protected override IReadOnlyList<string> More => ["--Events:Heartbeat=00:00:00.2"];
    }

    [Fact]
    public async Task A_reader_of_one_order_and_some_kinds_hears_of_these_alone()
    {
        var wallet = service.Wallet.Stranger();
        var (mine, other) = (await PlaceAsync(wallet), await PlaceAsync(wallet));
        foreach (var uuid in (string[])[other, mine]) (await wallet.AskAsync(HttpMethod.Patch, uuid, "cancel")).Status.ShouldBe(200);
        Kinds(await Until.Async(() => PageAsync(wallet, $"?order={mine}"), page => Kinds(page).Count >= 3))
            .ShouldBe(["created", "cancelled", "cancelled"]);
        var cancels = await PageAsync(wallet, $"?order={mine},{other}&kind=cancelled,expired");
        Kinds(cancels).ShouldAllBe(kind => kind == "cancelled");
        Kinds(cancels).Count.ShouldBe(4);
        ((string?)cancels["data"]!["next"]).ShouldEndWith(
            string.Create(CultureInfo.InvariantCulture, $"-{(long)cancels["data"]!["head"]!}"));
        Kinds(await PageAsync(wallet, $"?order={Guid.NewGuid()}")).ShouldBeEmpty();
        // A narrow page that is full goes on right behind its last.
        var one = await PageAsync(wallet, "?kind=cancelled&limit=1");
        Kinds(await PageAsync(wallet, $"?kind=cancelled&limit=10&after={one["data"]!["next"]}")).Count.ShouldBe(3);

        await using var stream = await EventClient.OpenAsync(service.Client, request => Prove(wallet, request),
            path: $"{Path}?kind=created&after={cancels["data"]!["next"]}");
        var third = await PlaceAsync(wallet);
        ((string?)(await stream.NextAsync()).Event["order"]).ShouldBe(third);
        (await wallet.AskAsync(HttpMethod.Patch, third, "cancel")).Status.ShouldBe(200);
        var fourth = await PlaceAsync(wallet);
        ((string?)(await stream.NextAsync()).Event["order"]).ShouldBe(fourth);
    }

    [Fact]
    public async Task What_is_not_a_callers_is_not_found_by_its_uuid()
    {
        var uuid = await PlaceAsync(service.Wallet);
        var stranger = service.Wallet.Stranger();
        await Until.Async(() => PageAsync(service.Wallet, $"?order={uuid}"), page => Kinds(page).Count > 0);
        Kinds(await PageAsync(stranger, $"?order={uuid}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("order=x", "order")]
    [InlineData("kind=creation", "kind")]
    [InlineData("snapshot=perhaps", "snapshot")]
    [InlineData("snapshot=true", "snapshot")] // of a page
    public async Task What_cannot_be_meant_is_named(string query, string field)
    {
        var (status, body) = await service.Wallet.GetAsync($"{Path}?{query}", request => Prove(service.Wallet, request));
        (status, (string?)body["code"], (string?)body["details"]!["field"]).ShouldBe((400, "invalid_field", field));
    }

    [Fact]
    public async Task A_snapshot_tells_what_is_open_and_the_stream_goes_on_from_there()
    {
        var wallet = service.Wallet.Stranger();
        var (gone, open) = (await PlaceAsync(wallet), await PlaceAsync(wallet));
        (await wallet.AskAsync(HttpMethod.Patch, gone, "cancel")).Status.ShouldBe(200);
        await Until.Async(() => PageAsync(wallet, ""), page => Kinds(page).Count == 4);
        await using var stream =
            await EventClient.OpenAsync(service.Client, request => Prove(wallet, request), path: $"{Path}?snapshot=true");
        var (id, name, order) = await stream.MessageAsync();
        (id, name, (string?)order["uuid"], (string?)order["status"],
            (string?)order["waitingFor"]).ShouldBe(("", "order", open, "open", "call"));
        var (at, told, snapshot) = await stream.MessageAsync();
        (told, (int)snapshot["orders"]!, at).ShouldBe(("snapshot", 1, $"{snapshot["log"]}-{snapshot["position"]}"));
        (await wallet.AskAsync(HttpMethod.Patch, open, "cancel")).Status.ShouldBe(200);
        var (next, happened) = await stream.NextAsync();
        ((string?)happened["kind"], (string?)happened["order"]).ShouldBe(("cancelled", open));
        // Whoever comes back with a position is told what is behind it, and no snapshot.
        await using var again = await EventClient.OpenAsync(service.Client, request =>
        {
            Prove(wallet, request);
            request.Headers.Add("Last-Event-ID", next);
        }, path: $"{Path}?snapshot=true");
        var (_, unnamed, last) = await again.MessageAsync();
        (unnamed, (string?)last["kind"], last["slice"] is null).ShouldBe(("", "cancelled", true));
    }

    [Fact]
    public async Task A_silent_stream_says_where_it_is()
    {
        var wallet = service.Wallet.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?kind=completed");
        request.Headers.Add("Accept", "text/event-stream");
        Prove(wallet, request);
        using var answer = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var (first, beats) = (-1L, 0);
        await PlaceAsync(wallet); // moves the head, and is none of what was asked for
        while (first <= 0 && beats < 200) // those before the order was placed say 0
        {
            var line = await lines.ReadLineAsync() ?? throw new EndOfStreamException();
            if (!line.StartsWith("id: ", StringComparison.Ordinal)) continue;
            LogPosition.TryParse(line[4..], out var position).ShouldBeTrue();
            (await lines.ReadLineAsync()).ShouldBe(": still here");
            position.Number.ShouldBeGreaterThanOrEqualTo(first);
            (first, beats) = (position.Number, beats + 1);
        }
        first.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Prices_come_all_at_first_and_then_as_they_move()
    {
        var token = ".stx";
        await PinAsync(token, "1.25");
        await using var stream = await EventClient.OpenAsync(service.Client, _ => { }, path: $"/api/v1/prices/stream?token={token}");
        var (_, name, first) = await stream.MessageAsync();
        (name, (string?)first["tokenId"]).ShouldBe(("price", token));
        await PinAsync(token, "1.5");
        JsonNode moved;
        do (_, _, moved) = await stream.MessageAsync();
        while ((string?)moved["usdPriceExact"] != "1.5");
        ((string?)moved["tokenId"]).ShouldBe(token);
        ((string?)(await service.Wallet.GetAsync($"/api/v1/prices/stream?token={token}")).Body["data"]![0]!["tokenId"]).ShouldBe(token);
        var (status, body) = await service.Wallet.GetAsync("/api/v1/prices/stream?token=no");
        (status, (string?)body["details"]!["field"]).ShouldBe((400, "token"));
    }

    private async Task PinAsync(string token, string usd)
    {
        using var answer = await service.Client.PostAsync("/simulator/prices",
            new StringContent($$"""{"token":"{{token}}","usd":"{{usd}}"}""", System.Text.Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> PlaceAsync(Wallet wallet, Action<JsonObject>? more = null)
    {
        var (status, body) = await wallet.PostOrderAsync(wallet.Order(more));
        status.ShouldBe(200, body.ToJsonString());
        return (string)body["data"]!["uuid"]!;
    }

    private static void Prove(Wallet wallet, HttpRequestMessage request)
    {
        var message = $$"""{"service":"{{TestWallet.Service}}","chainId":{{wallet.ChainId}},"address":"{{wallet.Address}}","action":"list_orders","owner":"{{wallet.Address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
        request.Headers.Add("x-message", message);
        request.Headers.Add("x-signature", wallet.Sign(message));
    }

    private static async Task<JsonNode> PageAsync(Wallet wallet, string query)
    {
        var (status, body) = await wallet.GetAsync(Path + query, request => Prove(wallet, request));
        status.ShouldBe(200, body.ToJsonString());
        return body;
    }

    private static List<string?> Kinds(JsonNode page) => [.. page["data"]!["events"]!.AsArray().Select(e => (string?)e!["kind"])];
}
