using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>
/// A value of a body as it came: its JSON type, and the text of a text, the digits of a number, or true or false; of anything else there is
/// none.
/// </summary>
internal readonly record struct WireValue(JsonTokenType Type, string? Text)
{
    /// <summary>Reads one, and leaves the reader at its end.</summary>
    public static WireValue Read(ref Utf8JsonReader reader)
    {
        var type = reader.TokenType;
        if (type is JsonTokenType.True or JsonTokenType.False) return new WireValue(type, type == JsonTokenType.True ? "true" : "false");
        if (type == JsonTokenType.Number) return new WireValue(type, Encoding.UTF8.GetString(reader.ValueSpan));
        if (type == JsonTokenType.String && TryReadText(ref reader, out var text)) return new WireValue(type, text);
        reader.Skip();
        return new WireValue(type, null);
    }

    /// <summary>
    /// Reads a text or a name. JSON can spell half a surrogate pair, which is no text: the reader has no way to ask, so this is where its
    /// exception is answered.
    /// </summary>
    public static bool TryReadText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            text = null;
        }
        return text is not null;
    }
}

/// <summary>Reads a value of whatever JSON type.</summary>
internal delegate bool TryReadValue<T>(WireValue value, out T read);
