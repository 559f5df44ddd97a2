using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>
/// Parses JSON of a client's. Where names given twice are refused, the parser compares them, and throws another exception for a name with half of a surrogate pair
/// than for all else that is wrong: here it is the same one.
/// </summary>
internal static class StrictJson
{
    /// <summary>The document, or a <see cref="JsonException"/>.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options)
    {
        try
        {
            return JsonDocument.Parse(json, options);
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("a name is not valid Unicode", half);
        }
    }
}
