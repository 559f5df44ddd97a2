using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Domain.Events;

/// <summary>A moment as the wires have it: UTC with milliseconds and a Z.</summary>
internal sealed class MomentText : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
