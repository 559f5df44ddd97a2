using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Reads a body that must be a JSON object.</summary>
internal static class JsonBody
{
    private const int DepthMax = 16;

    // Two readers of one body must not see two orders.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    /// <summary>The object, detached from the request; null where the body is anything else.</summary>
    public static Task<JsonElement?> ReadAsync(HttpContext context)
    {
        var most = context.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value.BodyBytesMax;
        return RequestBody.ReadAsync(context, most, Parse);
    }

    /// <summary>The same where no body is an empty object.</summary>
    public static async Task<JsonElement?> ReadOptionalAsync(HttpContext context)
    {
        var most = context.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value.BodyBytesMax;
        return await RequestBody.ReadAsync(context, most, body => body.IsEmpty ? Parse("{}"u8.ToArray()) : Parse(body));
    }

    /// <summary>A member that is there and not null.</summary>
    public static JsonElement? Given(this JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = StrictJson.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
