using OrderService.Domain.Amounts;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Reads the text of a JSON number (RFC 8259, with exponent) as an exact price. Digits beyond the 18th fractional one are
/// cut off toward zero; what is zero then is no price.
/// </summary>
internal static class PriceNumber
{
    private const int textMax = 1000;
    private const int countDigitsMax = 38;
    private const int exponentMax = 1_000_000; // far outside every price; larger exponents saturate here

    public static bool TryRead(ReadOnlySpan<char> text, out Price price, out RejectionReason why)
    {
        price = default;
        why = RejectionReason.NotANumber;
        if (!TrySplit(text, out var isNegative, out var whole, out var fraction, out var exponent)) return false;

        why = RejectionReason.NotPositive;
        Span<char> buffer = stackalloc char[textMax];
        whole.CopyTo(buffer);
        fraction.CopyTo(buffer[whole.Length..]);
        ReadOnlySpan<char> digits = buffer[..(whole.Length + fraction.Length)];
        digits = digits.TrimStart('0');
        if (isNegative || digits.IsEmpty) return false;

        // count = digits · 10^shift, cut off at the unit
        var shift = exponent - fraction.Length + Price.Decimals;
        var length = digits.Length + shift;
        if (length <= 0) return false;
        if (length > countDigitsMax)
        {
            why = RejectionReason.TooLarge;
            return false;
        }
        UInt128 count = 0;
        for (var i = 0; i < length; i++) count = count * 10 + (i < digits.Length ? (uint)(digits[i] - '0') : 0);
        price = new Price(count);
        return true;
    }

    // -?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?
    private static bool TrySplit(
        ReadOnlySpan<char> text, out bool isNegative, out ReadOnlySpan<char> whole, out ReadOnlySpan<char> fraction, out int exponent)
    {
        isNegative = text.StartsWith("-");
        whole = fraction = default;
        exponent = 0;
        if (text.Length is 0 or > textMax) return false;
        var rest = isNegative ? text[1..] : text;
        whole = LeadingDigits(rest);
        if (whole.IsEmpty || (whole.Length > 1 && whole[0] == '0')) return false;
        rest = rest[whole.Length..];
        if (rest.StartsWith("."))
        {
            fraction = LeadingDigits(rest[1..]);
            if (fraction.IsEmpty) return false;
            rest = rest[(1 + fraction.Length)..];
        }
        return rest.IsEmpty || (rest[0] is 'e' or 'E' && TryReadExponent(rest[1..], out exponent));
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var isNegative = text.StartsWith("-");
        var digits = isNegative || text.StartsWith("+") ? text[1..] : text;
        if (digits.IsEmpty || LeadingDigits(digits).Length != digits.Length) return false;
        foreach (var digit in digits) exponent = Math.Min(exponentMax, exponent * 10 + (digit - '0'));
        if (isNegative) exponent = -exponent;
        return true;
    }

    private static ReadOnlySpan<char> LeadingDigits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? text[..end] : text;
}
