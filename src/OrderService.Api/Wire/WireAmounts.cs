using System.Numerics;
using System.Text.Json;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Wire;

/// <summary>Numbers as bodies have them, by their value.</summary>
internal static class WireAmounts
{
    /// <summary>A JSON number.</summary>
    public static bool TryReadNumber(WireValue value, out WireNumber number)
    {
        number = default;
        return value.Type == JsonTokenType.Number && WireNumber.TryParse(value.Text, out number);
    }

    /// <summary>The same, or as text.</summary>
    public static bool TryReadLoose(WireValue value, out WireNumber number) => WireNumber.TryParse(value.Text, out number);

    /// <summary>
    /// A positive amount of base units: a whole number as text or as a JSON number, in any spelling. A millionth of a base unit more or
    /// less, as <c>(x * 10 ** decimals).toString()</c> makes of many an x, is that whole number.
    /// </summary>
    public static bool TryReadUnits(WireValue value, out TokenAmount amount)
    {
        amount = default;
        if (!WireNumber.TryParse(value.Text, out var number) || !number.TryBaseUnits(0, out var units) || units.Sign <= 0
            || units > (BigInteger)UInt128.MaxValue)
        {
            return false;
        }
        amount = new TokenAmount((UInt128)units);
        return true;
    }
}
