using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using OrderService.Engine.Clock;
using OrderService.Engine.Outbound;

namespace OrderService.Engine.Webhooks;

/// <summary>What became of one send: the answer with its first KiB, or why there was none.</summary>
internal sealed record WebhookOutcome(int? Status, string? Answer, string? Error, TimeSpan Took)
{
    /// <summary>True for an answer that says that it was taken.</summary>
    public bool IsDelivered => Status is >= 200 and < 300;

    /// <summary>True where nobody wants its messages any more.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;

    /// <summary>True where the endpoint is in trouble, whatever it is sent.</summary>
    public bool IsDown => Status is null or 429 or >= 500;
}

/// <summary>Sends one message to where a wallet wants it. Nothing is followed, and nothing goes anywhere but to a public address.</summary>
internal sealed class SendWebhook : IDisposable
{
    private const int AnswerMax = 1_024;

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public SendWebhook(IOptions<WebhooksOptions> options, TimeProvider time)
        : this(new PublicConnect(Dns.GetHostAddressesAsync, options.Value.AllowPrivate), options.Value.Timeout, time)
    {
    }

    /// <summary>One that resolves names in its own way.</summary>
    public SendWebhook(PublicConnect connect, TimeSpan timeout, TimeProvider time) =>
        (_client, _timeout, _time) = (OutboundHttp.Client(connect), timeout, time);

    /// <summary>Sends it, signed with each secret that is good now.</summary>
    public async Task<WebhookOutcome> HandleAsync(Uri url, WebhookMessage message, IReadOnlyList<byte[]> secrets, CancellationToken token)
    {
        var (began, seconds) = (_time.GetTimestamp(), _time.RealNow().ToUnixTimeSeconds());
        using var over = new CancellationTokenSource(_timeout, TimeProvider.System); // its own clock: a test's stands still
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token, over.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "OrderService-Webhooks/1");
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", message.SignatureAt(seconds, secrets));
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)answer.StatusCode;
            return new WebhookOutcome(status, await BeginningAsync(answer, limit.Token), status is >= 300 and < 400 ? "redirected" : null,
                _time.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return Failed("timeout");
        }
        catch (HttpRequestException fault)
        {
            return Failed(fault.GetBaseException() is AddressRefusedException ? "address_not_public" : fault.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => "tls",
                HttpRequestError.NameResolutionError => "unknown_host",
                _ => fault.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData
                    or SocketError.TryAgain } ? "unknown_host" : "unreachable",
            });
        }

        WebhookOutcome Failed(string error) => new(null, null, error, _time.GetElapsedTime(began));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // Others' words: bounded, and without what a text of the store cannot hold.
    private static async Task<string?> BeginningAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(AnswerMax);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(token);
            var length = await body.ReadAtLeastAsync(buffer.AsMemory(0, AnswerMax), AnswerMax, throwOnEndOfStream: false, token);
            return length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length).Replace('\0', '\uFFFD');
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
