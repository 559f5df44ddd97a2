using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrderService.Client;

/// <summary>Follows the stream of events: where it ends, breaks off or falls silent, it comes back behind the last one.</summary>
internal sealed class EventStream(ServiceHttp http, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    public async IAsyncEnumerable<ServiceEvent> FollowAsync(
        Func<Task<HttpRequestMessage>> call, string? after, [EnumeratorCancellation] CancellationToken token)
    {
        for (var failures = 0; ;)
        {
            await using var messages = ReadAsync(call, after, token).GetAsyncEnumerator(token);
            while (await NextAsync(messages, token))
            {
                (after, failures) = (messages.Current.EventId ?? after, 0);
                if (messages.Current.Data is { } happened) yield return happened with { Id = after ?? "" };
            }
            var wait = FirstWait * (1 << Math.Min(failures++, 6));
            await Task.Delay(wait < WaitMax ? wait : WaitMax, time, token);
        }
    }

    // False where it broke off, which the next connection makes good; what will not get better by itself is thrown.
    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<ServiceEvent?>> messages, CancellationToken token)
    {
        try
        {
            return await messages.MoveNextAsync();
        }
        catch (Exception broken) when (!token.IsCancellationRequested
            && broken is HttpRequestException or IOException or OperationCanceledException
                or ServiceRefusedException { Status: 429 or >= 500 })
        {
            return false;
        }
    }

    private async IAsyncEnumerable<SseItem<ServiceEvent?>> ReadAsync(
        Func<Task<HttpRequestMessage>> call, string? after, [EnumeratorCancellation] CancellationToken token)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(token);
        silence.CancelAfter(SilenceMax);
        using var request = await call();
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (after is not null) request.Headers.Add("last-event-id", after);
        using var answer = await http.OpenAsync(request, silence.Token);
        await using var body = await answer.Content.ReadAsStreamAsync(silence.Token);
        var parser = SseParser.Create(body,
            static (type, data) => type == SseParser.EventTypeDefault && data.Length > 0
                ? JsonSerializer.Deserialize<ServiceEvent>(data, ClientJson.Options) : null);
        await foreach (var message in parser.EnumerateAsync(silence.Token))
        {
            silence.CancelAfter(SilenceMax);
            yield return message;
        }
    }
}
