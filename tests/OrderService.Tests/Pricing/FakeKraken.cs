using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderService.Tests.Pricing;

/// <summary>A server that speaks as Kraken's stream does, when and what a test tells it to.</summary>
public sealed class FakeKraken : IAsyncDisposable
{
    private readonly Channel<Caller> _callers = Channel.CreateUnbounded<Caller>();
    private WebApplication? _app;
    private int _elsewhere;

    public string Url { get; private set; } = "";

    /// <summary>How often somebody came by the redirect.</summary>
    public int Elsewhere => Volatile.Read(ref _elsewhere);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Url = _app.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal);
    }

    /// <summary>The next connection, once it has asked for something.</summary>
    public async Task<Caller> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)); // ends a test that hangs
        return await _callers.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/moved")
        {
            context.Response.Redirect("/elsewhere");
            await _callers.Writer.WriteAsync(new Caller(null, ""));
            return;
        }
        if (context.Request.Path == "/elsewhere") Interlocked.Increment(ref _elsewhere);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        try
        {
            var asked = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            await _callers.Writer.WriteAsync(new Caller(socket, Encoding.UTF8.GetString(buffer, 0, asked.Count)));
            while ((await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // the other side has left
        }
    }

    public sealed record Caller(WebSocket? Socket, string Asked)
    {
        public Task SayAsync(string text) =>
            Socket!.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

        public Task TickAsync(string symbol, string last, DateTimeOffset at) => SayAsync(
            $$"""{"channel":"ticker","type":"update","data":[{"symbol":"{{symbol}}","bid":1,"last":{{last}},"timestamp":"{{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}}"}]}""");

        public void Drop() => Socket!.Abort();
    }
}
