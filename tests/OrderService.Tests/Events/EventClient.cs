using System.Text.Json.Nodes;

namespace OrderService.Tests.Events;

/// <summary>A reader of server-sent events.</summary>
internal sealed class EventClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventClient(HttpResponseMessage answer, StreamReader lines) => (_answer, _lines) = (answer, lines);

    public static async Task<EventClient> OpenAsync(
        HttpClient client, Action<HttpRequestMessage> prove, string path = "/api/v1/events", CancellationToken token = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        prove(request);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        if ((int)answer.StatusCode != 200)
            throw new HttpRequestException($"the stream was answered {(int)answer.StatusCode}", null, answer.StatusCode);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventClient(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(token)));
    }

    /// <summary>The next event with its id; throws where the stream ends.</summary>
    public async Task<(string Id, JsonNode Event)> NextAsync(CancellationToken token = default)
    {
        var (id, _, data) = await MessageAsync(token);
        return (id, data);
    }

    /// <summary>The next message with its id and its name, which are empty where it has none.</summary>
    public async Task<(string Id, string Name, JsonNode Data)> MessageAsync(CancellationToken token = default)
    {
        var (id, name, data) = ("", "", (JsonNode?)null);
        while (true)
        {
            var line = await _lines.ReadLineAsync(token) ?? throw new EndOfStreamException("the stream ended");
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = JsonNode.Parse(line[6..]);
            else if (line.Length == 0 && data is not null) return (id, name, data);
        }
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
