using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Events;

/// <summary>The body of an answer of server-sent events.</summary>
internal sealed class SseBody(HttpContext context, TimeSpan slowAfter, TimeProvider time) : StreamBody
{
    public const string Type = "text/event-stream";

    private readonly PipeWriter _body = context.Response.BodyWriter;

    /// <summary>True where a request asks for a stream of these.</summary>
    public static new bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Serves one answer to its end.</summary>
    public static new async Task ServeAsync(
        HttpContext context, TimeSpan slowAfter, TimeProvider time, Func<StreamBody, CancellationToken, Task> serve, Action left,
        CancellationToken stopping)
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
        (response.Headers.CacheControl, response.Headers["X-Accel-Buffering"], response.Headers.XContentTypeOptions) = ("no-store", "no",
            "nosniff");
        _body.Write("retry: 1000\n\n"u8);
    }

    /// <inheritdoc/>
    public override void Write<T>(string? id, string? name, T record, JsonTypeInfo<T> type)
    {
        if (id is not null) Text($"id: {id}\n");
        if (name is not null) Text($"event: {name}\n");
        _body.Write("data: "u8);
        _body.Write(JsonAnswer.Bytes(record, type).Span);
        _body.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void StillHere(string? id) => Text(id is null ? ": still here\n\n" : $"id: {id}\n: still here\n\n");

    /// <inheritdoc/>
    public override async Task<bool> FlushAsync(CancellationToken token)
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
