using System.Globalization;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Expressions;

/// <summary>
/// A signed count of 10^-18, of less than 2^127 either way: the numbers of expressions. A moment is its seconds since 1970 and a truth is
/// one or zero, so that comparisons are one. Every result is rounded half to even; one that does not fit, or a division by zero, is null:
/// unknown.
/// </summary>
public readonly record struct FixedNumber(Int128 Count) : IComparable<FixedNumber>
{
    private const int ExponentMax = 16;
    private static readonly Int128 Scale = (Int128)Price.Scale;
    private static readonly Int128 CountOfTick = 100_000_000_000;

    /// <summary>Nothing, and false.</summary>
    public static FixedNumber Zero => default;

    /// <summary>One, and true.</summary>
    public static FixedNumber One { get; } = new(Scale);

    /// <summary>A price as a number; every price fits.</summary>
    public static FixedNumber Of(Price price) => new((Int128)price.Count);

    /// <summary>A truth as a number.</summary>
    public static FixedNumber Of(bool isTrue) => isTrue ? One : Zero;

    /// <summary>A moment as its seconds since 1970.</summary>
    public static FixedNumber Of(DateTimeOffset moment) => new((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * CountOfTick);

    /// <summary>So many base units of a token as whole tokens: cut at 18 decimals, null where it does not fit.</summary>
    public static FixedNumber? Of(TokenAmount amount, int decimals)
    {
        var unit = UInt128.One;
        for (var i = 0; i < decimals; i++) unit *= 10;
        return Signed(Wide.MulDivFloor(amount.Units, Price.Scale, unit), false);
    }

    /// <summary>
    /// Reads <c>digits[.digits]</c>; digits beyond the 18th are rounded. False for anything else and for what does not fit.
    /// </summary>
    public static bool TryParse(string text, out FixedNumber number)
    {
        number = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text.AsSpan() : text.AsSpan(0, dot);
        var fraction = dot < 0 ? default : text.AsSpan(dot + 1);
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')
            || (dot >= 0 && fraction.IsEmpty))
        {
            return false;
        }
        whole = whole.TrimStart('0');
        if (whole.Length > 21) return false;
        Int128 count = 0;
        foreach (var digit in whole) count = count * 10 + (digit - '0');
        for (var i = 0; i < Price.Decimals; i++)
        {
            var digit = i < fraction.Length ? fraction[i] - '0' : 0;
            if (count > (Int128.MaxValue - digit) / 10) return false;
            count = count * 10 + digit;
        }
        var isRaised = RoundsUp(fraction.Length > Price.Decimals ? fraction[Price.Decimals..] : default, Int128.IsOddInteger(count));
        if (isRaised && count == Int128.MaxValue) return false;
        number = new FixedNumber(isRaised ? count + 1 : count);
        return true;
    }

    /// <summary>The sum.</summary>
    public FixedNumber? Plus(FixedNumber other)
    {
        var sum = unchecked(Count + other.Count);
        return Int128.IsNegative((Count ^ sum) & (other.Count ^ sum)) || sum == Int128.MinValue ? null : new FixedNumber(sum);
    }

    /// <summary>The difference.</summary>
    public FixedNumber? Minus(FixedNumber other) => Plus(new FixedNumber(-other.Count));

    /// <summary>The product.</summary>
    public FixedNumber? Times(FixedNumber other) =>
        Signed(Wide.MulDivHalfEven(Size(Count), Size(other.Count), Price.Scale), HasOtherSign(other));

    /// <summary>The quotient.</summary>
    public FixedNumber? Over(FixedNumber other) =>
        other.Count == 0 ? null : Signed(Wide.MulDivHalfEven(Size(Count), Price.Scale, Size(other.Count)), HasOtherSign(other));

    /// <summary>The remainder, which has the divisor's sign.</summary>
    public FixedNumber? Modulo(FixedNumber other)
    {
        if (other.Count == 0) return null;
        var rest = Count % other.Count;
        return new FixedNumber(rest != 0 && Int128.IsNegative(rest) != Int128.IsNegative(other.Count) ? rest + other.Count : rest);
    }

    /// <summary>The power to a whole exponent of -16 to 16, rounded after each product; other exponents give null.</summary>
    public FixedNumber? Power(FixedNumber exponent)
    {
        if (!exponent.IsExponent) return null;
        var times = (int)(exponent.Count / Scale);
        FixedNumber? power = One;
        for (var i = 0; i < Math.Abs(times) && power is { } soFar; i++) power = soFar.Times(this);
        return times < 0 && power is { } below ? One.Over(below) : power;
    }

    /// <summary>True for what may stand behind <c>**</c>.</summary>
    public bool IsExponent => Count % Scale == 0 && Int128.Abs(Count) <= Scale * ExponentMax;

    /// <summary>The price of this count; null where it is not above zero or does not fit.</summary>
    public Price? ToPrice() => Count > 0 && (UInt128)Count <= Price.MaxValue.Count ? new Price((UInt128)Count) : null;

    /// <inheritdoc/>
    public int CompareTo(FixedNumber other) => Count.CompareTo(other.Count);

    /// <summary>Compares counts.</summary>
    public static bool operator <(FixedNumber a, FixedNumber b) => a.Count < b.Count;

    /// <summary>Compares counts.</summary>
    public static bool operator >(FixedNumber a, FixedNumber b) => a.Count > b.Count;

    /// <summary>Compares counts.</summary>
    public static bool operator <=(FixedNumber a, FixedNumber b) => a.Count <= b.Count;

    /// <summary>Compares counts.</summary>
    public static bool operator >=(FixedNumber a, FixedNumber b) => a.Count >= b.Count;

    /// <summary>The shortest text of the exact value.</summary>
    public override string ToString()
    {
        var (whole, fraction) = UInt128.DivRem(Size(Count), Price.Scale);
        var digits = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(Price.Decimals, '0').TrimEnd('0');
        var sign = Count < 0 ? "-" : "";
        return $"{sign}{whole.ToString(CultureInfo.InvariantCulture)}{(digits.Length == 0 ? "" : "." + digits)}";
    }

    private static bool RoundsUp(ReadOnlySpan<char> rest, bool isOdd)
    {
        if (rest.IsEmpty || rest[0] < '5') return false;
        return rest[0] > '5' || rest[1..].ContainsAnyExcept('0') || isOdd;
    }

    private bool HasOtherSign(FixedNumber other) => Int128.IsNegative(Count) != Int128.IsNegative(other.Count);

    private static UInt128 Size(Int128 count) => (UInt128)Int128.Abs(count);

    private static FixedNumber? Signed(UInt128? size, bool isNegative) =>
        size is not { } value || value > (UInt128)Int128.MaxValue ? null : new FixedNumber(isNegative ? -(Int128)value : (Int128)value);
}
