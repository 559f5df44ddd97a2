using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Api.Wire;

/// <summary>A text that may be null in an answer, where a member without any value at all is left out.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct TextOrNull(string? Text)
{
    internal sealed class Converter : JsonConverter<TextOrNull>
    {
        public override TextOrNull Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString());

        public override void Write(Utf8JsonWriter writer, TextOrNull value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
