using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrderService.Domain.Amounts;

/// <summary>
/// A count of a token's base units, 0 to 2^128-1 (a Clarity uint). Text form: ASCII decimal digits, leading zeros allowed when read, never
/// printed.
/// </summary>
public readonly record struct TokenAmount(UInt128 Units) : IParsable<TokenAmount>, IComparable<TokenAmount>
{
    /// <summary>No units.</summary>
    public static TokenAmount Zero => default;

    /// <summary>Adds two amounts; throws <see cref="OverflowException"/> beyond 2^128-1.</summary>
    public static TokenAmount operator +(TokenAmount a, TokenAmount b) => new(checked(a.Units + b.Units));

    /// <summary>Subtracts; throws <see cref="OverflowException"/> below zero.</summary>
    public static TokenAmount operator -(TokenAmount a, TokenAmount b) => new(checked(a.Units - b.Units));

    /// <summary>Compares base units.</summary>
    public static bool operator <(TokenAmount a, TokenAmount b) => a.Units < b.Units;

    /// <summary>Compares base units.</summary>
    public static bool operator >(TokenAmount a, TokenAmount b) => a.Units > b.Units;

    /// <summary>Compares base units.</summary>
    public static bool operator <=(TokenAmount a, TokenAmount b) => a.Units <= b.Units;

    /// <summary>Compares base units.</summary>
    public static bool operator >=(TokenAmount a, TokenAmount b) => a.Units >= b.Units;

    /// <summary>⌊amount·numerator/denominator⌋, or null where it exceeds 2^128-1.</summary>
    public TokenAmount? MulDivFloor(UInt128 numerator, UInt128 denominator) =>
        Wide.MulDivFloor(Units, numerator, denominator) is { } units ? new TokenAmount(units) : null;

    /// <summary>⌈amount·numerator/denominator⌉, or null where it exceeds 2^128-1.</summary>
    public TokenAmount? MulDivCeiling(UInt128 numerator, UInt128 denominator) =>
        Wide.MulDivCeiling(Units, numerator, denominator) is { } units ? new TokenAmount(units) : null;

    /// <summary>The smaller of two amounts.</summary>
    public static TokenAmount Min(TokenAmount a, TokenAmount b) => a <= b ? a : b;

    /// <summary>The larger of two amounts.</summary>
    public static TokenAmount Max(TokenAmount a, TokenAmount b) => a >= b ? a : b;

    /// <inheritdoc/>
    public int CompareTo(TokenAmount other) => Units.CompareTo(other.Units);

    /// <summary>Reads ASCII decimal digits; false for anything else and beyond 2^128-1.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TokenAmount amount)
    {
        amount = default;
        if (string.IsNullOrEmpty(text) || text.Length > 1000 || text.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        if (!UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units)) return false;
        amount = new TokenAmount(units);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TokenAmount result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static TokenAmount Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var amount) ? amount : throw new FormatException($"not a token amount: {s}");

    /// <summary>The amount in whole tokens of so many decimals, as people write it: the shortest exact text.</summary>
    public string ToWhole(int decimals) => ToWhole(ToString(), decimals);

    /// <summary>The shortest exact text of that many digits, which are a count of 10^-<paramref name="decimals"/>.</summary>
    public static string ToWhole(string digits, int decimals)
    {
        digits = digits.PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }

    /// <summary>The decimal digits.</summary>
    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);
}
