using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// The body of an answer of server-sent events: messages go out whole. A client that does not take what it was sent within a while is cut off: it has the id of the last message that it got, and
/// comes back with it; nobody else waits for it meanwhile.
/// </summary>
internal sealed class SseBody(HttpContext context, TimeSpan slowAfter, TimeProvider time)
{
    public const string Type = "text/event-stream";

    private readonly PipeWriter _body = context.Response.BodyWriter;

    /// <summary>True where a request asks for a stream.</summary>
    public static bool IsWanted(HttpRequest request) => request.Headers.Accept.ToString().Contains(Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Serves a stream until it is over, the client has left or the service stops, whatever comes first.</summary>
    public static async Task ServeAsync(HttpContext context, TimeSpan slowAfter, TimeProvider time, Func<SseBody, CancellationToken, Task> serve, Action left, CancellationToken stopping)
    {
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            var body = new SseBody(context, slowAfter, time);
            body.Begin();
            await serve(body, over.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left, or the service stops.
        }
        finally
        {
            left();
        }
    }

    private void Begin()
    {
        var response = context.Response;
        response.ContentType = $"{Type}; charset=utf-8";
        (response.Headers.CacheControl, response.Headers["X-Accel-Buffering"], response.Headers.XContentTypeOptions) = ("no-store", "no", "nosniff");
        _body.Write("retry: 1000\n\n"u8);
    }

    /// <summary>Writes a message: its id where the client is to come back behind it, its name where it is no event of the log.</summary>
    public void Write<T>(string? id, string? name, T record, JsonTypeInfo<T> type)
    {
        if (id is not null) Text($"id: {id}\n");
        if (name is not null) Text($"event: {name}\n");
        _body.Write("data: "u8);
        _body.Write(JsonAnswer.Bytes(record, type).Span);
        _body.Write("\n\n"u8);
    }

    /// <summary>Says that it is still there, and where the client is by now, though nothing happened that it asked for.</summary>
    public void StillHere(string? id) => Text(id is null ? ": still here\n\n" : $"id: {id}\n: still here\n\n");

    /// <summary>Sends what was written; false where the client has left, or was cut off.</summary>
    public async Task<bool> FlushAsync(CancellationToken token)
    {
        var flush = _body.FlushAsync(token);
        if (flush.IsCompleted) return !(await flush).IsCompleted;
        try
        {
            return !(await flush.AsTask().WaitAsync(slowAfter, time, token)).IsCompleted;
        }
        catch (TimeoutException)
        {
            context.Abort();
            return false;
        }
    }

    private void Text(string text) => Encoding.ASCII.GetBytes(text, _body);
}
