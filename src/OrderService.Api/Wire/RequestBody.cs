using System.Buffers;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace OrderService.Api.Wire;

/// <summary>
/// Reads a request's JSON body: bounded, UTF-8, of a media type that a JSON client sends. Refusals are
/// <see cref="BadHttpRequestException"/>, answered in the shape of the route's dialect.
/// </summary>
internal static class RequestBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Hands the whole body to a parser and answers what it made of it. The bytes are gone when this returns.</summary>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, int bytesMax, Func<ReadOnlyMemory<byte>, T> parse)
    {
        CheckHeaders(context.Request, bytesMax);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted && read.Buffer.Length <= bytesMax)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                if (read.Buffer.Length > bytesMax) throw TooLarge(bytesMax);
                return parse(Checked(read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray()));
            }
            finally
            {
                // A refused body is consumed too: a connection whose body was left half-read is cut, and with it the client's next request.
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    /// <summary>A body without the mark that some editors put before it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    // fetch() sends text/plain where the caller names no type, and some clients send none: both are taken as JSON.
    private static void CheckHeaders(HttpRequest request, int bytesMax)
    {
        if (request.ContentLength > bytesMax) throw TooLarge(bytesMax);
        if (request.Headers.ContentEncoding.Count > 0) throw Unsupported("a compressed body is not read");
        if (string.IsNullOrEmpty(request.ContentType)) return;
        var isKnown = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase));
        if (!isKnown) throw Unsupported("send the body as Content-Type: application/json");
        var charset = HeaderUtilities.RemoveQuotes(type!.Charset);
        if (charset.HasValue && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            && !charset.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported("send the body in UTF-8");
        }
    }

    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> body)
    {
        // What is kept verbatim goes into the store as text, which takes UTF-8 only.
        if (!Utf8.IsValid(body.Span))
            throw new BadHttpRequestException("Invalid request: the body is not UTF-8", StatusCodes.Status400BadRequest);
        return WithoutMark(body);
    }

    private static BadHttpRequestException TooLarge(int bytesMax) =>
        new($"Invalid request: the body is larger than {bytesMax} bytes", StatusCodes.Status413PayloadTooLarge);

    private static BadHttpRequestException Unsupported(string problem) =>
        new($"Invalid request: {problem}", StatusCodes.Status415UnsupportedMediaType);
}
