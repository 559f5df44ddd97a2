using System.Globalization;
using System.Numerics;

namespace OrderService.Client;

/// <summary>Amounts in whole tokens, as people write them, and exactly.</summary>
public static class TokenText
{
    /// <summary>Base units as whole tokens, without zeros at the end.</summary>
    public static string Whole(string units, int decimals)
    {
        var digits = BigInteger.Parse(units, NumberStyles.None, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            .PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }

    /// <summary>Whole tokens in base units; false for what is no such number, is finer than a base unit, or too large.</summary>
    public static bool TryUnits(string text, int decimals, out UInt128 units)
    {
        ArgumentNullException.ThrowIfNull(text);
        units = 0;
        var (whole, fraction) = text.Split('.') switch { [var all] =>
            (all, ""), [var before, var behind] => (before, behind.TrimEnd('0')), _ => ("", "") };
        if (whole.Length == 0 || fraction.Length > decimals || !(whole + fraction).All(char.IsAsciiDigit)) return false;
        return UInt128.TryParse(whole + fraction.PadRight(decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out units);
    }
}
