using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using OrderService.Api.Wire;
using OrderService.Domain.Events;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// Events as they become readable, as server-sent events: each one's id is its position with its log, which the client sends back as Last-Event-ID. It reads only as fast as the client takes, and ends
/// when its time is over, when the key does or when the log does: who comes back is judged anew, and goes on behind what it has.
/// </summary>
internal sealed class EventStream(EventReader reader, EventHead head, EventsOptions options, TimeProvider time, EventsQuery query, EventPage first, Action left, CancellationToken stopping) : IResult
{
    private static readonly TimeSpan QuietMax = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var following = head.Follow();
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            var response = httpContext.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            (response.Headers.CacheControl, response.Headers["X-Accel-Buffering"], response.Headers.XContentTypeOptions) = ("no-store", "no", "nosniff");
            await ServeAsync(response.BodyWriter, over.Token);
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

    private async Task ServeAsync(PipeWriter body, CancellationToken token)
    {
        var end = time.GetUtcNow() + options.StreamMax;
        if (query.Key?.ExpiresAt is { } expires && expires < end) end = expires;
        body.Write("retry: 1000\n\n"u8);
        var (page, told, quiet) = (first, time.GetUtcNow(), TimeSpan.Zero);
        while (true)
        {
            foreach (var happened in page.Events) Write(body, page.Log.LogId, happened);
            var now = time.GetUtcNow();
            if (page.Events.Count > 0 || now - told >= options.Heartbeat)
            {
                if (page.Events.Count == 0) body.Write(": still here\n\n"u8);
                told = now;
            }
            if ((await body.FlushAsync(token)).IsCompleted || now >= end || page.Events.Any(Ends)) return;
            // What is not the caller's moves the head too: one to whom little happens does not look at each of these.
            quiet = page.Events.Count > 0 ? TimeSpan.Zero : quiet + options.Pause < QuietMax ? quiet + options.Pause : QuietMax;
            var after = page.Next;
            if (!page.IsFull)
            {
                if (quiet > TimeSpan.Zero) await Task.Delay(quiet, time, token);
                await head.WaitAsync(page.Log, Shorter(options.Heartbeat, end - now), time, token);
            }
            page = await reader.ReadAsync(query.Owner, after.Number, EventsQuery.LimitMax, token);
            if (!page.Log.Has(after)) return; // the client is told when it comes back
        }
    }

    // Whoever asked with a key that has been revoked is told that, and nothing after it.
    private bool Ends(LoggedEvent happened) =>
        query.Key is { } key && happened.Facts is { } facts && EventText.TryRead(happened.Kind, facts, out var read) && read is ApiKeyRevoked revoked && revoked.Key == key.Id;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Write(PipeWriter body, string logId, LoggedEvent happened)
    {
        Encoding.ASCII.GetBytes($"id: {new LogPosition(logId, happened.Position)}\ndata: ", body);
        body.Write(JsonAnswer.Bytes(EventJson.Of(happened), CharismaJson.Default.EventRecord).Span);
        body.Write("\n\n"u8);
    }
}
