using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Api.Wire;

/// <summary>
/// JSON that is kept, or was given by a client, told byte for byte as it is: numbers of any size, escapes and white space included.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>That of a text; null of none.</summary>
    public static RawJson? Of(string? json) => json is null ? null : new RawJson(Encoding.UTF8.GetBytes(json));

    internal sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.SerializeToUtf8Bytes(JsonElement.ParseValue(ref reader)));

        // It was read before, where it came from.
        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
