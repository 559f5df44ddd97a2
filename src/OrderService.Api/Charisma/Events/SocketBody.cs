using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// A stream over a WebSocket: each message is one text, <c>{"id", "event", "data"}</c>, with what it has of these. The client has nothing
/// to say.
/// </summary>
internal sealed class SocketBody(WebSocket socket, TimeSpan slowAfter, TimeProvider time) : StreamBody
{
    /// <summary>The client said something.</summary>
    public const int Unasked = 4400;

    // How long the other side of a closed connection may take to close it too.
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    private readonly Queue<ReadOnlyMemory<byte>> _written = [];
    private volatile bool _spoke;

    /// <summary>Serves one connection to its end.</summary>
    public static new async Task ServeAsync(
        HttpContext context, TimeSpan slowAfter, TimeProvider time, Func<StreamBody, CancellationToken, Task> serve, Action left,
        CancellationToken stopping)
    {
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(SocketDoor.ProtocolOf(context));
            await new SocketBody(socket, slowAfter, time).ServeAsync(serve, context.RequestAborted, stopping);
        }
        finally
        {
            left();
        }
    }

    /// <inheritdoc/>
    public override void Write<T>(string? id, string? name, T record, JsonTypeInfo<T> type) => _written.Enqueue(JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        if (id is not null) json.WriteString("id", id);
        if (name is not null) json.WriteString("event", name);
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, record, type);
        json.WriteEndObject();
    }));

    /// <inheritdoc/>
    public override void StillHere(string? id) => _written.Enqueue(JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        if (id is not null) json.WriteString("id", id);
        json.WriteString("event", "here");
        json.WriteEndObject();
    }));

    /// <inheritdoc/>
    public override async Task<bool> FlushAsync(CancellationToken token)
    {
        try
        {
            while (_written.TryDequeue(out var message))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask()
                    .WaitAsync(slowAfter, time, token);
            }
            return true;
        }
        catch (TimeoutException)
        {
            socket.Abort(); // what is on its way can be neither taken back nor closed behind
            return false;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private async Task ServeAsync(Func<StreamBody, CancellationToken, Task> serve, CancellationToken aborted, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        var listening = ListenAsync(over);
        try
        {
            await serve(this, over.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left or spoke, or the service stops.
        }
        await CloseAsync(_spoke ? Unasked : (int)WebSocketCloseStatus.EndpointUnavailable,
            _spoke ? "Nothing is asked for here" : "It is over: come back behind the last id");
        // Who is told why has to read it before the connection is gone.
        var closed = UntilClosedAsync(listening);
        await Task.WhenAny(closed, Task.Delay(CloseWithin, CancellationToken.None));
        socket.Abort();
        await closed;
    }

    private async Task UntilClosedAsync(Task listening)
    {
        await listening;
        while (_spoke && await HearsAsync())
        {
            // What else it said is not read.
        }
    }

    // That the client said something ends the stream as its leaving does, and is known before the stream ends.
    private async Task ListenAsync(CancellationTokenSource over)
    {
        _spoke = await HearsAsync();
        await over.CancelAsync();
    }

    private async Task<bool> HearsAsync()
    {
        try
        {
            return (await socket.ReceiveAsync(new byte[128], CancellationToken.None)).MessageType != WebSocketMessageType.Close;
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task CloseAsync(int code, string why)
    {
        try
        {
            using var limit = new CancellationTokenSource(CloseWithin);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, why, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It is gone already.
        }
    }
}
