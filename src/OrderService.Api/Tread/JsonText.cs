using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;

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

    /// <summary>The same of a text that stands by itself.</summary>
    public static bool TryReadText(string? given, out string text)
    {
        text = given ?? "";
        return given is not null && !given.Contains('\0', StringComparison.Ordinal);
    }

    /// <summary>A side, in any case.</summary>
    public static bool TryReadSide(string? text, out TradeSide side)
    {
        var isSell = string.Equals(text, "sell", StringComparison.OrdinalIgnoreCase);
        side = isSell ? TradeSide.Sell : TradeSide.Buy;
        return isSell || string.Equals(text, "buy", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A decimal by its exact value: a JSON number in any spelling, or a text of digits without an exponent.</summary>
    public static WireNumber? Decimal(WireValue value) =>
        value.Type is JsonTokenType.Number or JsonTokenType.String
            && (value.Type == JsonTokenType.Number || value.Text?.AsSpan().ContainsAny('e', 'E') == false)
            && WireNumber.TryParse(value.Text, out var number)
            ? number : null;

    /// <summary>The same of a value that was kept.</summary>
    public static WireNumber? Decimal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Decimal(new WireValue(JsonTokenType.Number, value.GetRawText())),
        JsonValueKind.String => Decimal(new WireValue(JsonTokenType.String, Of(value))),
        _ => null,
    };

    /// <summary>A whole number, as a number of that value or as digits in a text.</summary>
    public static bool TryReadWhole(WireValue value, out long number)
    {
        number = 0;
        if (Decimal(value) is not { } given || !given.TryScale(0, out var whole) || whole < long.MinValue || whole > long.MaxValue)
            return false;
        number = (long)whole;
        return true;
    }

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
