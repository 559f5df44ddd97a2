using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Engine.Auth;

/// <summary>
/// Reads a whole number by its value, in any spelling of JSON's: <c>1700000000000.0</c> and <c>1.7e12</c> are what some clients print of
/// it. Text is none: what was signed must read the same to everybody.
/// </summary>
internal sealed class WholeNumber<T> : JsonConverter<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly decimal Min = decimal.CreateChecked(T.MinValue);
    private static readonly decimal Max = decimal.CreateChecked(T.MaxValue);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var number)) throw new JsonException();
        var isWhole = number == decimal.Truncate(number) && number >= Min && number <= Max;
        return isWhole ? T.CreateChecked(number) : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(null, CultureInfo.InvariantCulture));
}
