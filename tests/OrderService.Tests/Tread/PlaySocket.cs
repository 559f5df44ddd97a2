using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrderService.Tests.Tread;

/// <summary>The service's end of a WebSocket whose client says what a test says, and reads or does not.</summary>
internal sealed class PlaySocket : WebSocket, IHttpWebSocketFeature
{
    private readonly Channel<byte[]> _said = Channel.CreateUnbounded<byte[]>();

    /// <summary>False for a client to whom nothing more can be sent.</summary>
    public required bool IsReading { get; init; }

    /// <summary>What the client read.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>The code with which the service closed it.</summary>
    public int? Closed { get; private set; }

    public bool IsWebSocketRequest => true;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override string? SubProtocol => null;

    public override WebSocketState State => WebSocketState.Open;

    /// <summary>One message of the client.</summary>
    public void Say(string text) => _said.Writer.TryWrite(Encoding.UTF8.GetBytes(text)).ShouldBeTrue();

    /// <summary>The client closes the connection when all that it said was heard.</summary>
    public void Leave() => _said.Writer.Complete();

    public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => Task.FromResult<WebSocket>(this);

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await _said.Reader.WaitToReadAsync(cancellationToken))
            return new WebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
        var message = await _said.Reader.ReadAsync(cancellationToken);
        message.CopyTo(buffer.AsSpan());
        return new WebSocketReceiveResult(message.Length, WebSocketMessageType.Text, endOfMessage: true);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (!IsReading) return Task.Delay(Timeout.Infinite, cancellationToken);
        Heard.Add(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        Closed = (int)closeStatus;
        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    /// <summary>True where the service gave the connection up.</summary>
    public bool IsAborted { get; private set; }

    public override void Abort()
    {
        IsAborted = true;
        _said.Writer.TryComplete();
    }

    public override void Dispose()
    {
    }
}
