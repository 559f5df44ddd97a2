using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OrderService.Domain.Amounts;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// Whole numbers of a list, written as JSON numbers or as text, and read from their digits, so that nothing is rounded. <c>1.5e+21</c> is
/// one too: so JavaScript writes what is large.
/// </summary>
internal static class WireNumber
{
    private const int TextMax = 64;
    private const int ExponentTextMax = 3; // a sign and two digits: beyond it no amount fits

    /// <summary>Reads an amount; false for what is no whole number of 0 to 2^128-1.</summary>
    public static bool TryReadAmount(JsonElement element, out TokenAmount amount)
    {
        amount = default;
        var text = element.ValueKind switch
        {
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.String => element.GetString()!,
            _ => "",
        };
        if (text.Length is 0 or > TextMax) return false;
        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        if (exponent >= 0 && text.Length - exponent - 1 > ExponentTextMax) return false;
        if (!BigInteger.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var whole))
        {
            return false;
        }
        if (whole < 0 || whole > (BigInteger)UInt128.MaxValue) return false;
        amount = new TokenAmount((UInt128)whole);
        return true;
    }

    /// <summary>Reads a number of 0 to a maximum.</summary>
    public static bool TryReadWhole(JsonElement element, int max, out int number)
    {
        var isOne = TryReadAmount(element, out var amount) && amount.Units <= (UInt128)max;
        number = isOne ? (int)amount.Units : 0;
        return isOne;
    }
}
