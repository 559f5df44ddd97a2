using System.Globalization;
using System.Text.Json;

namespace OrderService.Engine.Pricing;

/// <summary>GET of a JSON document with a limit on its time and on its size, whatever the server says of its length.</summary>
internal static class BoundedJson
{
    private static readonly JsonDocumentOptions _reading = new() { MaxDepth = 32 };

    public static async Task<JsonDocument> GetAsync(HttpClient client, Uri address, HttpPriceSourceOptions options, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(options.Timeout);
        try
        {
            return Parse(await ReadAsync(client, address, options, limit.Token));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new PriceSourceException(
                string.Create(CultureInfo.InvariantCulture, $"no answer within {options.Timeout.TotalMilliseconds} ms"));
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpClient client, Uri address, HttpPriceSourceOptions options, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in options.Headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        if (!response.IsSuccessStatusCode)
            throw new PriceSourceException(string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode}"));
        await using var body = await response.Content.ReadAsStreamAsync(token);
        var buffer = new byte[Math.Min(options.MaxBytes + 1, 16 * 1024)];
        var length = 0;
        while (await body.ReadAsync(buffer.AsMemory(length), token) is > 0 and var read)
        {
            length += read;
            if (length > options.MaxBytes)
                throw new PriceSourceException(string.Create(CultureInfo.InvariantCulture, $"answered more than {options.MaxBytes} bytes"));
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(options.MaxBytes + 1, buffer.Length * 2));
        }
        return buffer.AsMemory(0, length);
    }

    /// <summary>The document, or a <see cref="PriceSourceException"/> where it is none.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, _reading);
        }
        catch (JsonException broken)
        {
            throw new PriceSourceException("answered what is not JSON", broken);
        }
    }
}
