using System.Globalization;
using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Wire;

/// <summary>Why a text is no amount of a token.</summary>
internal enum HumanAmountFault
{
    None,

    /// <summary>Not a decimal number from 0.</summary>
    Shape,

    /// <summary>Finer than the token's base unit.</summary>
    TooFine,

    /// <summary>More than 2^128-1 base units.</summary>
    TooLarge,
}

/// <summary>
/// Amounts in whole tokens, as people write them, and exactly: <c>10.5</c> of a token with 6 decimals is 10,500,000 base units.
/// </summary>
internal static class HumanAmount
{
    /// <summary>
    /// Reads a decimal number in any spelling of JSON's. Zeros at the end say nothing, nor does a millionth of a base unit,
    /// which only a client's floating point makes; any other digit finer than the base unit is a fault, never rounded.
    /// </summary>
    public static HumanAmountFault Read(string? text, int decimals, out TokenAmount amount)
    {
        amount = default;
        if (!WireNumber.TryParse(text, out var number) || text.StartsWith('-')) return HumanAmountFault.Shape;
        if (!number.TryBaseUnits(decimals, out var units)) return HumanAmountFault.TooFine;
        if (units > (BigInteger)UInt128.MaxValue) return HumanAmountFault.TooLarge;
        amount = new TokenAmount((UInt128)units);
        return HumanAmountFault.None;
    }

    /// <summary>The shortest text of <paramref name="count"/>·10^-<paramref name="decimals"/>, which is not negative.</summary>
    public static string Text(BigInteger count, int decimals) =>
        TokenAmount.ToWhole(count.ToString(CultureInfo.InvariantCulture), decimals);
}
