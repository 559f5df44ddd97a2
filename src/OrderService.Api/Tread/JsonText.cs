using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Texts, decimals and whole numbers of a JSON value, each as this wire takes it.</summary>
internal static class JsonText
{
    /// <summary>A text without NUL; null for any other value, and for half a surrogate pair, which is no text.</summary>
    public static string? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A decimal by its exact value: a JSON number in any spelling, or a text of digits without an exponent.</summary>
    public static WireNumber? Decimal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => WireNumber.TryParse(value.GetRawText(), out var number) ? number : null,
        JsonValueKind.String => Of(value) is { } text && !text.AsSpan().ContainsAny('e', 'E') && WireNumber.TryParse(text, out var number) ? number : null,
        _ => null,
    };

    /// <summary>A whole number, as a number of that value or as digits in a text.</summary>
    public static long? Whole(JsonElement value) =>
        Decimal(value) is { } number && number.TryScale(0, out var whole) && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;

    /// <summary>The shortest text of a decimal of up to 99 places: no exponent, no zeros at the end.</summary>
    public static string Shortest(WireNumber number)
    {
        var decimals = Math.Max(0, -number.Exponent);
        number.TryScale(decimals, out var count);
        return (count.Sign < 0 ? "-" : "") + HumanAmount.Text(System.Numerics.BigInteger.Abs(count), decimals);
    }

    /// <summary>As it came, for a sentence that names it.</summary>
    public static string AsGiven(JsonElement value) => Of(value) ?? value.GetRawText();

    /// <summary>A whole number as text.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
