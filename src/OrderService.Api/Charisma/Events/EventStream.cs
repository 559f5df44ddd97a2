using OrderService.Domain.Events;
using OrderService.Engine.Clock;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// Events as they become readable, as server-sent events or over a WebSocket: each one's id is its position with its log, which the client
/// sends back as Last-Event-ID. It reads only as fast as the client takes, and ends when its time is over, when the key does or when the
/// log does: who comes back is judged anew, and goes on behind what it has.
/// </summary>
internal sealed class EventStream(
    EventReader reader, EventHead head, OpenOrders orders, EventsOptions options, TimeProvider time, EventsQuery query, EventPage first,
    Action left, CancellationToken stopping) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var following = head.Follow(query.Owner?.ToString(), keeps: !query.Filter.IsNarrow);
        await StreamBody.ServeAsync(httpContext, options.SlowAfter, time, (body, token) => ServeAsync(body, following, token), left,
            stopping);
    }

    private async Task ServeAsync(StreamBody body, EventFollower following, CancellationToken token)
    {
        var end = time.RealNow() + options.StreamMax;
        if (query.Key?.ExpiresAt is { } expires && expires < end) end = expires;
        if (query.WithSnapshot && !await orders.TellAsync(body, query, first.Next, token)) return;
        var (page, told) = (first, time.RealNow());
        while (true)
        {
            foreach (var happened in page.Events)
            {
                body.Write(new LogPosition(page.Log.LogId, happened.Position).ToString(), name: null, EventJson.Of(happened),
                    CharismaJson.Default.EventRecord);
            }
            var now = time.RealNow();
            if (page.Events.Count > 0 || now - told >= options.Heartbeat)
            {
                if (page.Events.Count == 0) body.StillHere(page.Next.ToString());
                told = now;
            }
            if (!await body.FlushAsync(token) || now >= end || page.Events.Any(Ends)) return;
            var after = page.Next;
            if (!page.IsFull) await following.WaitAsync(Shorter(options.Heartbeat, end - now), time, token);
            page = following.Take(after) ?? await reader.SelectAsync(query.Filter, after.Number, EventsQuery.LimitMax, token);
            if (!page.Log.Has(after) || page.Log.LogId != after.LogId) return; // the client is told when it comes back
        }
    }

    // Whoever asked with a key that has been revoked is told that, and nothing after it.
    private bool Ends(LoggedEvent happened) =>
        query.Key is { } key && happened.Facts is { } facts && EventText.TryRead(happened.Kind, facts, out var read)
            && read is ApiKeyRevoked revoked && revoked.Key == key.Id;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
