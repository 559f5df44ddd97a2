using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Wire;

/// <summary>A number of an answer, digit by digit as it stands here: a writer of numbers would go through floating point.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct NumberText(string Digits)
{
    /// <summary>A price.</summary>
    public static NumberText Of(Price price) => new(price.ToString());

    /// <summary>Basis points as the fraction that they are: 50 of them are 0.005.</summary>
    public static NumberText OfFraction(int basisPoints) => Of(new Price((UInt128)basisPoints * (Price.Scale / BasisPoints.Max)));

    internal sealed class Converter : JsonConverter<NumberText>
    {
        public override NumberText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(Encoding.UTF8.GetString(reader.ValueSpan));

        public override void Write(Utf8JsonWriter writer, NumberText value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Digits, skipInputValidation: true);
    }
}

/// <summary>A count of base units in an answer: a number as far as every client can hold one (2^53), a text beyond.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct LooseUnits(UInt128 Units)
{
    /// <summary>An amount.</summary>
    public static LooseUnits Of(TokenAmount amount) => new(amount.Units);

    internal sealed class Converter : JsonConverter<LooseUnits>
    {
        public override LooseUnits Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(UInt128.Parse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, LooseUnits value, JsonSerializerOptions options)
        {
            if (value.Units <= 1UL << 53) writer.WriteNumberValue((ulong)value.Units);
            else writer.WriteStringValue(value.Units.ToString(CultureInfo.InvariantCulture));
        }
    }
}
