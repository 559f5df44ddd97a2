using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Events;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using OrderService.Tests.Tread;

namespace OrderService.Tests.Events;

/// <summary>A service that one page of another site may ask.</summary>
public sealed class SocketFixture : ServiceFixture
{
    protected override IReadOnlyList<string> More => ["--Cors:Origins:0=https://app.example", "--Events:Heartbeat=00:00:01"];
}

/// <summary>The streams over a WebSocket: what they tell, to whom, and how they end.</summary>
public sealed class SocketStreamTests(SocketFixture service) : IClassFixture<SocketFixture>
{
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task It_begins_with_the_open_orders_and_goes_on_with_what_happens_behind_a_position()
    {
        var body = service.Wallet.Order(order =>
            (order["conditionToken"], order["targetPrice"], order["direction"], order["baseAsset"]) = (".stx", "1000", "gt", "USD"));
        var uuid = (string)body["uuid"]!;
        (await service.Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        using var socket = await OpenAsync($"events?snapshot=true&order={uuid}");
        var first = await HearAsync(socket);
        ((string?)first["event"], (string?)first["data"]!["uuid"], (string?)first["data"]!["status"]).ShouldBe(("order", uuid, "open"));
        var snapshot = await HearAsync(socket);
        ((string?)snapshot["event"], (int?)snapshot["data"]!["orders"]).ShouldBe(("snapshot", 1));
        (await service.Wallet.AskAsync(HttpMethod.Patch, uuid, "pause")).Status.ShouldBe(200);
        var paused = await HearAsync(socket);
        ((string?)paused["data"]!["kind"], paused["event"]).ShouldBe(("paused", null));
        (await service.Wallet.AskAsync(HttpMethod.Patch, uuid, "cancel")).Status.ShouldBe(200);
        ((string?)(await HearAsync(socket))["data"]!["kind"]).ShouldBe("cancelled");

        // Whoever comes back with an id is told what is behind it, of the kinds that it wants.
        using var again = await OpenAsync($"events?after={paused["id"]}&order={uuid}");
        ((string?)(await HearAsync(again))["data"]!["kind"]).ShouldBe("cancelled");
        using var some = await OpenAsync($"events?after=0&order={uuid}&kind=created,cancelled");
        ((string?)(await HearAsync(some))["data"]!["kind"],
            (string?)(await HearAsync(some))["data"]!["kind"]).ShouldBe(("created", "cancelled"));
        // What is silent says where it is.
        var here = await Until.Async(() => HearAsync(some, withHere: true), message => (string?)message["event"] == "here");
        ((string)here["id"]!).ShouldStartWith($"{((string)paused["id"]!).Split('-')[0]}-");
    }

    [Fact]
    public async Task Refusals_are_answered_before_the_upgrade()
    {
        (await RefusedAsync("events", prove: false)).ShouldBe(401);
        (await RefusedAsync("events?kind=dance")).ShouldBe(400);
        (await RefusedAsync("events?after=7d3f9c0a51b2e684-999999999")).ShouldBe(410);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("https://app.example", 101)]
    [InlineData("OWN", 101)]
    [InlineData("null", 403)]
    public async Task A_page_of_another_site_opens_none(string origin, int status)
    {
        var asked = origin == "OWN" ? service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin;
        foreach (var path in (string[])["events", "prices/stream"])
        {
            if (status != 101)
                (await RefusedAsync(path, more: socket => socket.Options.SetRequestHeader("Origin", asked))).ShouldBe(status);
            else (await OpenAsync(path, more: socket => socket.Options.SetRequestHeader("Origin", asked))).Dispose();
        }
    }

    [Fact]
    public async Task A_page_sends_its_proof_as_subprotocols()
    {
        var wallet = new TestWallet();
        using var content = new StringContent(wallet.Body(wallet.KeyMessage("socket", "\"execute\"", DateTimeOffset.UtcNow)), Encoding.UTF8,
            "application/json");
        using var made = await service.Client.PostAsync("/api/v1/api-keys", content);
        var key = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["apiKey"]!;
        using var socket = await OpenAsync("events?after=0", prove: false, more: asked =>
        {
            asked.Options.AddSubProtocol(SocketDoor.Protocol);
            asked.Options.AddSubProtocol($"x-api-key.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))}");
        });
        socket.SubProtocol.ShouldBe(SocketDoor.Protocol);
        ((string?)(await HearAsync(socket))["data"]!["kind"]).ShouldBe("api_key_created");
        (await RefusedAsync("events", prove: false, more: asked => asked.Options.AddSubProtocol("x-api-key.!"))).ShouldBe(400);
    }

    [Fact]
    public async Task Prices_are_told_as_they_move()
    {
        using var socket = await OpenAsync("prices/stream?token=.stx", prove: false);
        var told = await HearAsync(socket);
        ((string?)told["event"], (string?)told["data"]!["tokenId"]).ShouldBe(("price", ".stx"));
    }

    [Fact]
    public async Task A_client_that_says_something_is_closed()
    {
        using var socket = await OpenAsync("events");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await Should.ThrowAsync<EndOfStreamException>(async () => { while (true) await HearAsync(socket, withHere: true); });
        ((int?)socket.CloseStatus).ShouldBe(SocketBody.Unasked);
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off_after_a_while_and_not_before()
    {
        var (time, socket, isLeft) = (new SteppedTime(), new PlaySocket { IsReading = false }, false);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpWebSocketFeature>(socket);
        var serving = StreamBody.ServeAsync(context, SlowAfter, time, async (body, token) =>
        {
            body.Write("log-7", "order", 1L, CharismaJson.Default.Int64);
            (await body.FlushAsync(token)).ShouldBeFalse();
        }, () => isLeft = true, CancellationToken.None);
        time.Advance(SlowAfter - TimeSpan.FromMilliseconds(1));
        (socket.IsAborted, serving.IsCompleted).ShouldBe((false, false));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await serving;
        (socket.IsAborted, isLeft).ShouldBe((true, true));
    }

    [Fact]
    public async Task A_message_is_one_text_with_what_it_has()
    {
        var (time, socket) = (new SteppedTime(), new PlaySocket { IsReading = true });
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpWebSocketFeature>(socket);
        await StreamBody.ServeAsync(context, SlowAfter, time, async (body, token) =>
        {
            body.Write("log-7", "order", 1L, CharismaJson.Default.Int64);
            body.Write(id: null, name: null, "two\nlines", CharismaJson.Default.String);
            body.StillHere("log-8");
            body.StillHere(null);
            (await body.FlushAsync(token)).ShouldBeTrue();
        }, () => { }, CancellationToken.None);
        socket.Heard.ShouldBe(["""{"id":"log-7","event":"order","data":1}""", """{"data":"two\nlines"}""",
            """{"id":"log-8","event":"here"}""", """{"event":"here"}"""]);
        socket.Closed.ShouldBe((int)WebSocketCloseStatus.EndpointUnavailable);
    }

    private async Task<ClientWebSocket> OpenAsync(string path, bool prove = true, Action<ClientWebSocket>? more = null)
    {
        var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        if (prove)
        {
            var message = $$"""{"service":"{{TestWallet.Service}}","chainId":{{service.Wallet.ChainId}},"address":"{{service.Wallet.Address}}","action":"list_orders","owner":"{{service.Wallet.Address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
            socket.Options.SetRequestHeader("x-message", message);
            socket.Options.SetRequestHeader("x-signature", service.Wallet.Sign(message));
        }
        more?.Invoke(socket);
        try
        {
            await socket.ConnectAsync(new Uri(service.Client.BaseAddress!.ToString()
                .Replace("http:", "ws:", StringComparison.Ordinal) + $"api/v1/{path}"), CancellationToken.None);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != 0)
        {
            // The status says why.
        }
        return socket;
    }

    private async Task<int> RefusedAsync(string path, bool prove = true, Action<ClientWebSocket>? more = null)
    {
        using var socket = await OpenAsync(path, prove, more);
        return (int)socket.HttpStatusCode;
    }

    private static async Task<JsonNode> HearAsync(ClientWebSocket socket, bool withHere = false)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                if (part.MessageType == WebSocketMessageType.Close) throw new EndOfStreamException("the stream ended");
                length += part.Count;
                if (part.EndOfMessage) break;
            }
            var message = JsonNode.Parse(buffer.AsSpan(0, length))!;
            if (withHere || (string?)message["event"] != "here") return message;
        }
    }
}
