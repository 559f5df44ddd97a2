using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace OrderService.Client;

/// <summary>
/// Sends calls, and sends them again where that is safe and may help: 429, 503 and lost connections, after the time that the service says.
/// Every call of this client may be repeated.
/// </summary>
internal sealed class ServiceHttp(ClientOptions options) : IDisposable
{
    private const int AnswerMax = 16 << 20;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = Of(options);

    /// <summary>The body of a success; throws the refusal otherwise.</summary>
    public async Task<T> ReadAsync<T>(Func<HttpRequestMessage> call, CancellationToken token) =>
        (await ReadTaggedAsync<T>(call, token)).Body;

    /// <summary>The same, with the <c>ETag</c> of the answer.</summary>
    public async Task<(T Body, string? Tag)> ReadTaggedAsync<T>(Func<HttpRequestMessage> call, CancellationToken token)
    {
        for (var tries = 0; ; tries++)
        {
            var (wait, body, tag) = await TryAsync<T>(call, tries, token);
            if (wait is null) return (body!, tag);
            await Task.Delay(wait.Value, options.Time, token);
        }
    }

    /// <summary>An answer whose body is still coming.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken token)
    {
        var answer = await SendAsync(request, token);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await ServiceRefusedException.OfAsync(answer, token);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // A connection that is lost just after it was made is told as a fault of the socket.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        }
        catch (SocketException lost)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, lost.Message, lost);
        }
    }

    private async Task<(TimeSpan? Wait, T? Body, string? Tag)> TryAsync<T>(
        Func<HttpRequestMessage> call, int tries, CancellationToken token)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(options.Timeout);
            using var request = call();
            using var answer = await OpenAsync(request, limit.Token);
            await answer.Content.LoadIntoBufferAsync(AnswerMax, limit.Token);
            return (null,
                await answer.Content.ReadFromJsonAsync<T>(ClientJson.Options, limit.Token)
                    ?? throw new JsonException("the answer is null"), answer.Headers.ETag?.Tag);
        }
        catch (ServiceRefusedException refused) when (refused.IsPassing && tries < options.RetriesMax
            && WaitAfter(refused.RetryAfter, tries) is { } wait)
        {
            return (wait, default, null);
        }
        catch (HttpRequestException) when (tries < options.RetriesMax && WaitAfter(null, tries) is { } wait)
        {
            return (wait, default, null);
        }
        catch (JsonException unread)
        {
            throw new ServiceRefusedException(200, "unreadable", $"The service's answer cannot be read: {unread.Message}");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new ServiceRefusedException(0, "no_answer",
                $"The service did not answer within {options.Timeout.TotalSeconds:0} seconds; whether the call took effect is not known.");
        }
    }

    // Whoever is told to wait longer gets the refusal.
    private TimeSpan? WaitAfter(TimeSpan? told, int tries)
    {
        var wait = told ?? FirstWait * (1 << tries);
        return wait <= options.WaitMax ? wait : null;
    }

    private static HttpClient Of(ClientOptions options)
    {
        // No redirect is followed with a proof or a key.
        var http = new HttpClient(options.Handler
            ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) },
            disposeHandler: options.Handler is null)
            {
                BaseAddress = new Uri($"{options.Url.AbsoluteUri.TrimEnd('/')}/"), Timeout = Timeout.InfiniteTimeSpan,
            };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.ApiKey is { } key) http.DefaultRequestHeaders.Add("x-api-key", key);
        return http;
    }
}
