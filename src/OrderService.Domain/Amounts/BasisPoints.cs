using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrderService.Domain.Amounts;

/// <summary>Hundredths of a percent, 0 to 10,000.</summary>
public readonly record struct BasisPoints : IParsable<BasisPoints>
{
    /// <summary>Nothing.</summary>
    public const int Min = 0;

    /// <summary>The whole.</summary>
    public const int Max = 10_000;

    private BasisPoints(int value) => Value = value;

    /// <summary>The number, 0 to 10,000.</summary>
    public int Value { get; }

    /// <summary>Accepts 0 to 10,000.</summary>
    public static bool TryCreate(int value, out BasisPoints basisPoints)
    {
        basisPoints = value is >= Min and <= Max ? new BasisPoints(value) : default;
        return value is >= Min and <= Max;
    }

    /// <summary>Makes basis points of a number known to be in range; throws outside 0 to 10,000.</summary>
    public static BasisPoints Of(int value) =>
        TryCreate(value, out var basisPoints) ? basisPoints : throw new ArgumentOutOfRangeException(nameof(value), value, "0 to 10000");

    /// <summary>
    /// The least of <paramref name="amount"/> that is acceptable: ⌈amount·(10000-bps)/10000⌉, so that protection never rounds down.
    /// </summary>
    public TokenAmount Below(TokenAmount amount) =>
        new(Wide.MulDivCeiling(amount.Units, (UInt128)(Max - Value), Max) ?? amount.Units);

    /// <summary>So much more than <paramref name="amount"/>: ⌈amount·(10000+bps)/10000⌉, at most 2^128-1.</summary>
    public TokenAmount Above(TokenAmount amount) =>
        new(Wide.MulDivCeiling(amount.Units, (UInt128)(Max + Value), Max) ?? UInt128.MaxValue);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BasisPoints result)
    {
        result = default;
        return int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && TryCreate(value, out result);
    }

    /// <inheritdoc/>
    public static BasisPoints Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var value) ? value : throw new FormatException($"not basis points: {s}");

    /// <summary>The number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
