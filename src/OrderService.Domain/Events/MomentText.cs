using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Domain.Events;

/// <summary>A moment as the wires and our sentences have it: UTC with milliseconds and a Z.</summary>
public sealed class MomentText : JsonConverter<DateTimeOffset>
{
    /// <summary>The text.</summary>
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Of(value));
}
