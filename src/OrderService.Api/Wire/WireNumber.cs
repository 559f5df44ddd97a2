using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace OrderService.Api.Wire;

/// <summary>
/// A decimal number as JSON spells it (<c>0.01</c>, <c>1e-2</c>), exactly: digits times a power of ten. Nothing goes through floating
/// point.
/// </summary>
internal readonly record struct WireNumber(BigInteger Digits, int Exponent)
{
    private const int TextMax = 64;
    private const int ExponentMax = 99;

    /// <summary>Reads the text of a JSON number of at most 64 characters, with an exponent of at most two digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out WireNumber number)
    {
        number = default;
        if (text is null || text.Length is 0 or > TextMax) return false;
        var mark = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? text.AsSpan() : text.AsSpan(0, mark);
        var exponent = 0;
        if (mark >= 0
            && (!int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || exponent is < -ExponentMax or > ExponentMax))
        {
            return false;
        }
        var isNegative = mantissa.StartsWith("-");
        if (isNegative) mantissa = mantissa[1..];
        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var fraction = dot < 0 ? default : mantissa[(dot + 1)..];
        if (whole.IsEmpty || (dot >= 0 && fraction.IsEmpty) || whole.ContainsAnyExceptInRange('0', '9')
            || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }
        var digits = BigInteger.Parse($"{whole}{fraction}", NumberStyles.None, CultureInfo.InvariantCulture);
        number = new WireNumber(isNegative ? -digits : digits, exponent - fraction.Length);
        return true;
    }

    /// <summary>The number times 10^decimals, where that is whole.</summary>
    public bool TryScale(int decimals, out BigInteger scaled)
    {
        (scaled, var left) = Divide(decimals);
        return left.IsZero;
    }

    /// <summary>
    /// The number times 10^decimals in base units. A millionth of one more or less does not count: it is what a client's floating point
    /// makes of 0.23·10^9, and nobody means it. Anything else that is finer than a unit answers false.
    /// </summary>
    public bool TryBaseUnits(int decimals, out BigInteger units) => TryRound(decimals, noise: 6, out units);

    /// <summary>
    /// The number times 10^decimals in basis points; a client's 0.7/100 is 70 of them, though it misses that by up to a billionth of the
    /// whole.
    /// </summary>
    public bool TryBasisPoints(int decimals, out BigInteger bps) => TryRound(decimals, noise: 5, out bps);

    /// <summary>The number times 10^decimals, rounded towards zero.</summary>
    public BigInteger ScaleFloor(int decimals) => Divide(decimals).Whole;

    /// <summary>The number times 10^decimals, rounded away from zero.</summary>
    public BigInteger ScaleCeiling(int decimals)
    {
        var (whole, left) = Divide(decimals);
        return whole + left.Sign;
    }

    // The nearest whole number, and whether it is within 10^-noise.
    private bool TryRound(int decimals, int noise, out BigInteger rounded)
    {
        var (whole, left) = Divide(decimals);
        var one = BigInteger.Pow(10, Math.Max(0, -(Exponent + decimals)));
        rounded = 2 * BigInteger.Abs(left) < one ? whole : whole + left.Sign;
        return BigInteger.Min(BigInteger.Abs(left), one - BigInteger.Abs(left)) * BigInteger.Pow(10, noise) <= one;
    }

    private (BigInteger Whole, BigInteger Left) Divide(int decimals)
    {
        var power = Exponent + decimals;
        return power >= 0 ? (Digits * BigInteger.Pow(10, power), BigInteger.Zero) : BigInteger.DivRem(Digits, BigInteger.Pow(10, -power));
    }
}
