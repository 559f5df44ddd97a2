using System.Diagnostics;

namespace OrderService.Domain.Amounts;

/// <summary>
/// Products of two 128-bit numbers divided by a third, with a 256-bit intermediate. The rounding is in the name; a quotient beyond 2^128-1
/// is null.
/// </summary>
public static class Wide
{
    /// <summary>⌊a·b / divisor⌋, or null where it does not fit 128 bits. The divisor must not be zero.</summary>
    public static UInt128? MulDivFloor(UInt128 a, UInt128 b, UInt128 divisor) => Divide(a, b, divisor, out _);

    /// <summary>⌈a·b / divisor⌉, or null where it does not fit 128 bits. The divisor must not be zero.</summary>
    public static UInt128? MulDivCeiling(UInt128 a, UInt128 b, UInt128 divisor)
    {
        var floor = Divide(a, b, divisor, out var remainder);
        if (floor is null || remainder == 0) return floor;
        return floor == UInt128.MaxValue ? null : floor + 1;
    }

    /// <summary>
    /// a·b / divisor rounded to the nearest, a half to the even; null where it does not fit 128 bits. The divisor must not be zero.
    /// </summary>
    public static UInt128? MulDivHalfEven(UInt128 a, UInt128 b, UInt128 divisor)
    {
        var floor = Divide(a, b, divisor, out var remainder);
        if (floor is not { } quotient || remainder < divisor - remainder) return floor;
        if (remainder == divisor - remainder && UInt128.IsEvenInteger(quotient)) return floor;
        return quotient == UInt128.MaxValue ? null : quotient + 1;
    }

    private static UInt128? Divide(UInt128 a, UInt128 b, UInt128 divisor, out UInt128 remainder)
    {
        if (divisor == 0) throw new UnreachableException("a quotient was asked for with a divisor of zero");
        var (high, low) = Multiply(a, b);
        remainder = 0;
        if (high == 0)
        {
            var (quotient, rest) = UInt128.DivRem(low, divisor);
            remainder = rest;
            return quotient;
        }
        if (high >= divisor) return null;
        return LongDivision(high, low, divisor, out remainder);
    }

    /// <summary>The full 256-bit product as two halves.</summary>
    internal static (UInt128 High, UInt128 Low) Multiply(UInt128 a, UInt128 b)
    {
        unchecked
        {
            UInt128 mask = ulong.MaxValue;
            var (aHigh, aLow) = (a >> 64, a & mask);
            var (bHigh, bLow) = (b >> 64, b & mask);
            var lowLow = aLow * bLow;
            var highLow = aHigh * bLow;
            var lowHigh = aLow * bHigh;
            var middle = (lowLow >> 64) + (highLow & mask) + (lowHigh & mask);
            var high = aHigh * bHigh + (highLow >> 64) + (lowHigh >> 64) + (middle >> 64);
            return (high, (middle << 64) | (lowLow & mask));
        }
    }

    // Binary long division: high < divisor, so the quotient fits 128 bits.
    private static UInt128 LongDivision(UInt128 high, UInt128 low, UInt128 divisor, out UInt128 remainder)
    {
        unchecked
        {
            var rest = high;
            UInt128 quotient = 0;
            for (var bit = 127; bit >= 0; bit--)
            {
                var carry = rest >> 127;
                rest = (rest << 1) | ((low >> bit) & 1);
                quotient <<= 1;
                if (carry == 0 && rest < divisor) continue;
                rest -= divisor;
                quotient |= 1;
            }
            remainder = rest;
            return quotient;
        }
    }
}
