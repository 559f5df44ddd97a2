using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Partitions;

namespace OrderService.Api.Tread;

/// <summary>
/// The WebSocket <c>/ws/orders/</c>: tells a user what happens to its orders, as a reader of their events. It decides nothing; what it
/// missed can be asked for again by its place.
/// </summary>
internal sealed class UserOrdersSocket(
    FollowCurves follow, TreadOrders orders, AllPartitions partitions, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public const string Path = "/ws/orders";

    private const int Silent = 4000, Unauthorised = 4001, Slow = 4008, TooMany = 4029;
    private const int QueueMax = 1_000;
    private const int ConnectionsMax = 20;
    private const int CommandBytesMax = 4 * 1024;

    private static readonly TimeSpan AuthenticateWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, int> _connections = new(StringComparer.Ordinal);

    private sealed class Session(WebSocket socket, Channel<ReadOnlyMemory<byte>> queue)
    {
        public WebSocket Socket => socket;

        public Channel<ReadOnlyMemory<byte>> Queue => queue;

        public SocketEvents? Events { get; set; }
    }

    /// <summary>Serves one connection to its end.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await new TreadFault(StatusCodes.Status426UpgradeRequired, FaultShape.Detail, "websocket_required",
                "This path is a WebSocket.").ExecuteAsync(context);
            return;
        }
        var token = context.Request.Query.Text("token");
        var refused = token is null ? null : await TokenProof.JudgeAsync(context, token);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var session = new Session(socket, Channel.CreateBounded<ReadOnlyMemory<byte>>(QueueMax));
        var caller = refused is not null
            ? null : token is not null ? TokenProof.CallerOf(context) : await AuthenticateAsync(context, session, ended.Token);
        if (caller is null)
        {
            await CloseAsync(socket, Unauthorised, "Unauthorized");
            return;
        }
        var key = caller.Key?.Id.ToString("N") ?? caller.Name;
        var isRoom = _connections.AddOrUpdate(key, 1, (_, count) => count + 1) <= ConnectionsMax;
        try
        {
            if (isRoom) await ServeAsync(session, caller, ended);
            else await CloseAsync(socket, TooMany, "Too many connections");
        }
        finally
        {
            if (_connections.AddOrUpdate(key, 0, (_, count) => count - 1) <= 0) _connections.TryRemove(KeyValuePair.Create(key, 0));
        }
    }

    private async Task<TreadCaller?> AuthenticateAsync(HttpContext context, Session session, CancellationToken ended)
    {
        var (command, code) = await ReceiveAsync(session.Socket, AuthenticateWithin, ended);
        if (code is not null || command is not { Command.Value: "authenticate", Token.Value: { } token }) return null;
        return await TokenProof.JudgeAsync(context, token) is null ? TokenProof.CallerOf(context) : null;
    }

    // Three things at once: what the client says, what happened, and what is on its way to the client. The first that ends ends the others.
    private async Task ServeAsync(Session session, TreadCaller caller, CancellationTokenSource ended)
    {
        var listening = ListenAsync(session, caller, ended.Token);
        var looking = LookAsync(session, ended.Token);
        var sending = SendAsync(session, ended.Token);
        var first = await Task.WhenAny(listening, looking, sending);
        var code = first.IsCompletedSuccessfully && first is Task<int?> told ? await told : null;
        if (code is { } why) await CloseAsync(session.Socket, why, why == Silent ? "Silent" : "Slow");
        await ended.CancelAsync();
        try
        {
            await Task.WhenAll(listening, looking, sending);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The client left, or the service stops: nobody is told anything any more.
        }
    }

    private async Task<int?> ListenAsync(Session session, TreadCaller caller, CancellationToken ended)
    {
        while (true)
        {
            var (command, code) = await ReceiveAsync(session.Socket, SilenceMax, ended);
            if (code is not null) return code == (int)WebSocketCloseStatus.NormalClosure ? null : code;
            switch (command)
            {
                case { Command.Value: "subscribe", DataType.Value: "user_orders" }:
                    var events = EventsOf(caller);
                    await events.BeginAsync(command.After.IsRead ? command.After.Value : null, ended);
                    session.Events = events;
                    break;
                case { Command.Value: "unsubscribe", DataType.Value: "user_orders" }:
                    session.Events = null;
                    break;
                case { Command.Value: "keep_alive" }:
                    break;
                default:
                    if (!session.Queue.Writer.TryWrite("""{"type":"error","message":"Unknown command"}"""u8.ToArray())) return Slow;
                    break;
            }
        }
    }

    // A token that came after the connection was made may be of a wallet of another partition.
    private SocketEvents EventsOf(TreadCaller caller)
    {
        if (caller.Key is not { } key) return new SocketEvents(follow, orders, caller, time);
        var own = partitions.Of(key.Owner);
        return new SocketEvents(own.GetRequiredService<FollowCurves>(), own.GetRequiredService<TreadOrders>(), caller, time);
    }

    private async Task<int?> LookAsync(Session session, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(ended))
        {
            if (session.Events is not { } events) continue;
            foreach (var message in await events.NextAsync(ended))
            {
                if (!session.Queue.Writer.TryWrite(message)) return Slow;
            }
        }
        return null;
    }

    private static async Task<int?> SendAsync(Session session, CancellationToken ended)
    {
        await foreach (var message in session.Queue.Reader.ReadAllAsync(ended))
            await session.Socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, ended);
        return null;
    }

    // One command, or the code to close with: silence, or the client's own end. What is no JSON object is a command that nobody knows.
    private async Task<(CommandRecord? Command, int? Code)> ReceiveAsync(WebSocket socket, TimeSpan within, CancellationToken ended)
    {
        var buffer = new byte[CommandBytesMax];
        var length = 0;
        try
        {
            while (true)
            {
                // A receive that is cancelled breaks the connection, and the client would never be told why it ended.
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), ended).AsTask().WaitAsync(within, time, ended);
                if (part.MessageType == WebSocketMessageType.Close) return (null, (int)WebSocketCloseStatus.NormalClosure);
                length += part.Count;
                if (part.EndOfMessage) return (BodyReader<CommandRecord>.Read(buffer.AsSpan(0, length), TreadBodies.Style), null);
                if (length == buffer.Length) return (null, (int)WebSocketCloseStatus.MessageTooBig);
            }
        }
        catch (TimeoutException)
        {
            return (null, Silent);
        }
        catch (WebSocketException)
        {
            return (null, (int)WebSocketCloseStatus.NormalClosure);
        }
    }

    private static async Task CloseAsync(WebSocket socket, int code, string reason)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It is gone already.
        }
    }
}
