using System.Text.Json.Serialization.Metadata;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// Where a stream is told: as server-sent events, or over a WebSocket. Messages go out whole. A client that does not take what it was sent
/// within a while is cut off: it has the id of the last message that it got, and comes back with it; nobody else waits for it meanwhile.
/// </summary>
internal abstract class StreamBody
{
    /// <summary>True where a request asks for a stream.</summary>
    public static bool IsWanted(HttpRequest request) => request.HttpContext.WebSockets.IsWebSocketRequest || SseBody.IsWanted(request);

    /// <summary>
    /// Serves a stream as it was asked for, until it is over, the client has left or the service stops, whatever comes first.
    /// </summary>
    public static Task ServeAsync(
        HttpContext context, TimeSpan slowAfter, TimeProvider time, Func<StreamBody, CancellationToken, Task> serve, Action left,
        CancellationToken stopping) =>
            context.WebSockets.IsWebSocketRequest
                ? SocketBody.ServeAsync(context, slowAfter, time, serve, left, stopping)
                : SseBody.ServeAsync(context, slowAfter, time, serve, left, stopping);

    /// <summary>Writes a message: its id where the client is to come back behind it, its name where it is no event of the log.</summary>
    public abstract void Write<T>(string? id, string? name, T record, JsonTypeInfo<T> type);

    /// <summary>Says that it is still there, and where the client is by now, though nothing happened that it asked for.</summary>
    public abstract void StillHere(string? id);

    /// <summary>Sends what was written; false where the client has left, or was cut off.</summary>
    public abstract Task<bool> FlushAsync(CancellationToken token);
}
