using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderService.Tests.Tread;

/// <summary>
/// The WebSocket of a user's orders: who may listen, what is told and in which order, and that what was missed is told when it is asked
/// for.
/// </summary>
public sealed class UserOrdersSocketTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private const string Subscribe = """{"command":"subscribe","data_type":"user_orders"}""";

    [Fact]
    public async Task What_happens_to_ones_own_orders_is_told_in_its_order_and_nobody_elses()
    {
        var (user, other) = (await UserAsync(), await UserAsync());
        using var socket = await OpenAsync($"?token={user.Token}");
        await SayAsync(socket, Subscribe);
        await SayAsync(socket, """{"command":"dance"}""");
        // and what was said before is in force
        (await HearAsync(socket)).ToJsonString().ShouldBe("""{"type":"error","message":"Unknown command"}""");
        await other.PlaceAsync(other.Waiting());
        var order = await user.PlaceAsync(user.Resting());
        var about = new JsonObject { ["order_id"] = (string)order["id"]! };
        (await user.PostAsync("/api/pause_order/", about.DeepClone())).Status.ShouldBe(202);
        (await user.PostAsync("/api/resume_order/", about.DeepClone())).Status.ShouldBe(202);
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}")).Status.ShouldBe(200);
        var heard = await HearAsync(socket, 5);
        heard.Select(m => (string)m["data"]!["update_type"]!)
            .ShouldBe(["order_created", "order_activated", "order_paused", "order_resumed", "order_canceled"]);
        heard.ShouldAllBe(m => (string)m["type"]! == "order_update" && (string)m["data"]!["order_id"]! == (string)order["id"]!);
        var sequences = heard.Select(m => (long)m["sequence"]!).ToList();
        sequences.ShouldBe(sequences.Order());
        var shown = heard[0]["data"]!["order"]!.AsObject();
        shown.ContainsKey("trajectory").ShouldBeTrue();
        (shown.ContainsKey("fills"), shown.ContainsKey("messages")).ShouldBe((false, false));

        // Another connection asks for what came after the second.
        using var again = await OpenAsync();
        await SayAsync(again, $$"""{"command":"authenticate","token":"{{user.Token}}"}""");
        await SayAsync(again, $$"""{"command":"subscribe","data_type":"user_orders","after":{{sequences[1]}}}""");
        (await HearAsync(again, 3)).Select(m => (long)m["sequence"]!).ShouldBe(sequences[2..]);
    }

    [Fact]
    public async Task A_fill_and_the_end_are_told()
    {
        var user = await UserAsync();
        using var socket = await OpenAsync($"?token={user.Token}");
        await SayAsync(socket, """{"command":"subscribe","data_type":"user_orders","after":0}""");
        await user.PlaceAsync(user.Waiting(b => (b["strategy"], b["order_condition"], b["base_asset_qty"]) = ("Market", null, 5)));
        var heard = await HearAsync(socket, 4);
        heard.Select(m => (string)m["data"]!["update_type"]!)
            .ShouldBe(["order_created", "order_activated", "order_fill_received", "order_completed"]);
    }

    [Theory]
    [InlineData("?token=nonsense", null)]
    [InlineData("", """{"command":"authenticate","token":"nonsense"}""")]
    [InlineData("", """{"command":"subscribe","data_type":"user_orders"}""")]
    public async Task Whoever_is_not_known_is_closed_with_4001(string query, string? first)
    {
        using var socket = await OpenAsync(query);
        if (first is not null) await SayAsync(socket, first);
        (await CloseOfAsync(socket)).ShouldBe(4001);
    }

    [Fact]
    public async Task A_key_has_twenty_connections()
    {
        var user = await UserAsync();
        var open = new List<ClientWebSocket>();
        for (var i = 0; i < 20; i++)
        {
            open.Add(await OpenAsync($"?token={user.Token}"));
            await SayAsync(open[i], """{"command":"?"}""");
            await HearAsync(open[i]);
        }
        using var last = await OpenAsync($"?token={user.Token}");
        (await CloseOfAsync(last)).ShouldBe(4029);
        open.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Plain_HTTP_is_told_what_the_path_is()
    {
        using var answer = await service.Http.GetAsync("/ws/orders/");
        ((int)answer.StatusCode).ShouldBe(426);
    }

    private async Task<TreadClient> UserAsync()
    {
        var user = await service.UserAsync();
        await user.OpenAsync("main", cha: 1_000, susdt: 100);
        return user;
    }

    private async Task<ClientWebSocket> OpenAsync(string query = "")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{service.BaseUrl.Replace("http", "ws", StringComparison.Ordinal)}/ws/orders/{query}"),
            CancellationToken.None);
        return socket;
    }

    private static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonNode> HearAsync(ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (buffer, text) = (new byte[16 * 1024], new MemoryStream());
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"closed with {(int?)part.CloseStatus}");
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonNode.Parse(Encoding.UTF8.GetString(text.ToArray()))!;
        }
    }

    private static async Task<List<JsonNode>> HearAsync(ClientWebSocket socket, int count)
    {
        var heard = new List<JsonNode>();
        while (heard.Count < count) heard.Add(await HearAsync(socket));
        return heard;
    }

    private static async Task<int?> CloseOfAsync(ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var part = await socket.ReceiveAsync(new byte[1024], limit.Token);
        return part.MessageType == WebSocketMessageType.Close ? (int?)part.CloseStatus : null;
    }
}
