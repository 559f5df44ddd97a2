using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrderService.Domain.Amounts;

/// <summary>
/// A price as a count of 10^-18: up to 20 integer and 18 fractional digits. Text form: <c>^\d+(\.\d{1,18})?$</c>, printed without trailing
/// zeros.
/// </summary>
public readonly record struct Price(UInt128 Count) : IParsable<Price>, IComparable<Price>
{
    /// <summary>Fractional digits kept.</summary>
    public const int Decimals = 18;

    /// <summary>10^18, the count of one whole.</summary>
    public static UInt128 Scale { get; } = 1_000_000_000_000_000_000UL;

    /// <summary>10^38-1, the largest count: what numeric(38,0) holds.</summary>
    public static Price MaxValue { get; } = new(UInt128.Parse("99999999999999999999999999999999999999", CultureInfo.InvariantCulture));

    /// <summary>Nothing: allowed on the wire only beside the condition <c>*</c>.</summary>
    public static Price Zero => default;

    /// <summary>One whole: the price of USD.</summary>
    public static Price One { get; } = new(Scale);

    /// <summary>Compares counts.</summary>
    public static bool operator <(Price a, Price b) => a.Count < b.Count;

    /// <summary>Compares counts.</summary>
    public static bool operator >(Price a, Price b) => a.Count > b.Count;

    /// <summary>Compares counts.</summary>
    public static bool operator <=(Price a, Price b) => a.Count <= b.Count;

    /// <summary>Compares counts.</summary>
    public static bool operator >=(Price a, Price b) => a.Count >= b.Count;

    /// <inheritdoc/>
    public int CompareTo(Price other) => Count.CompareTo(other.Count);

    /// <summary>
    /// Reads the text form; false for anything else and beyond 20 integer or 18 fractional digits (leading zeros do not count).
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Price price)
    {
        price = default;
        if (string.IsNullOrEmpty(text) || text.Length > 1000) return false;
        var dot = text.IndexOf('.');
        var whole = dot < 0 ? text.AsSpan() : text.AsSpan(0, dot);
        var fraction = dot < 0 ? default : text.AsSpan(dot + 1);
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')) return false;
        if (dot >= 0 && fraction.Length is 0 or > Decimals) return false;
        whole = whole.TrimStart('0');
        if (whole.Length > 20) return false;
        UInt128 count = 0;
        foreach (var digit in whole) count = count * 10 + (uint)(digit - '0');
        for (var i = 0; i < Decimals; i++) count = count * 10 + (i < fraction.Length ? (uint)(fraction[i] - '0') : 0);
        price = new Price(count);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Price result) => TryParse(s, out result);

    /// <inheritdoc/>
    public static Price Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var price) ? price : throw new FormatException($"not a price: {s}");

    /// <summary>The shortest decimal text of the exact value.</summary>
    public override string ToString()
    {
        var (whole, fraction) = UInt128.DivRem(Count, Scale);
        if (fraction == 0) return whole.ToString(CultureInfo.InvariantCulture);
        var digits = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        return $"{whole.ToString(CultureInfo.InvariantCulture)}.{digits}";
    }
}
