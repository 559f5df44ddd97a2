using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrderService.Api.Wire;

/// <summary>An answer in JSON, written whole before its first byte leaves, so that a fault on the way still gets its own answer.</summary>
internal sealed class JsonAnswer(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK, string contentType = JsonAnswer.Json)
    : IResult
{
    public const string Json = "application/json; charset=utf-8";
    public const string ProblemJson = "application/problem+json; charset=utf-8";

    // The answers are JSON and never part of a page, so nothing needs the escapes that are made for HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An answer that is a record.</summary>
    public static JsonAnswer Of<T>(T record, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(json => JsonSerializer.Serialize(json, record, type), status);

    /// <summary>
    /// The same, which must never come out of a cache: what an order is like would be told stale after a create or a cancel.
    /// </summary>
    public static JsonAnswer Fresh<T>(HttpContext context, T record, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Of(record, type, status);
    }

    /// <summary>The text of a record.</summary>
    public static ReadOnlyMemory<byte> Bytes<T>(T record, JsonTypeInfo<T> type) =>
        Bytes(json => JsonSerializer.Serialize(json, record, type));

    /// <summary>The text of a JSON object.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        return buffer.WrittenMemory;
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Bytes(write);
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (status, contentType, bytes.Length);
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
