using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>How the fields that several routes share are read.</summary>
internal static class FieldReads
{
    public const string Infinity = "Infinity";
    public const string Auto = "auto";

    public const int CountMax = 1_000_000;
    /// <summary>The time that a value and a unit are; null of no time, and of what its rules would not let pass.</summary>
    public static Interval? Span(Given<SpanRecord> span) =>
        span.Value is { } given && TryReadWhole(given.Value.Value.Text, 1, CountMax, out int count)
            && TryReadUnit(given.TimePeriod.Value.Text, out var unit) ? Interval.Of(count, unit) : null;

    /// <summary>A rate; null where none is given, and of Infinity.</summary>
    public static Price? Rate(Given<WireValue> given) => TryReadPrice(given.Value.Text, out var rate) ? rate : null;

    /// <summary>The slippage in basis points; null where the service chooses or nothing was given.</summary>
    public static int? Slippage(Given<WireValue> given) => TryReadPercent(given.Value.Text, out var bps) ? bps : null;

    /// <summary>A wallet; null where none is given.</summary>
    public static StacksAddress? Wallet(Given<WireValue> given) => StacksAddress.TryParse(given.Value.Text, out var wallet) ? wallet : null;

    /// <summary>A truth; false where nothing is given.</summary>
    public static bool Truth(Given<WireValue> given) => QueryText.TryParseTruth(given.Value.Text, out var truth) && truth;

    /// <summary>A whole number from 1.</summary>
    public static bool TryReadCount([NotNullWhen(true)] string? text, out int count) => TryReadWhole(text, 1, CountMax, out count);

    /// <summary>A whole number between two bounds, both inclusive, in any spelling: <c>3</c>, <c>3.0</c> and <c>3e0</c> are one.</summary>
    public static bool TryReadWhole<T>([NotNullWhen(true)] string? text, T min, T max, out T number)
        where T : struct, INumber<T>
    {
        number = T.Zero;
        if (!WireNumber.TryParse(text, out var read) || !read.TryScale(0, out var whole)) return false;
        if (whole < BigInteger.CreateChecked(min) || whole > BigInteger.CreateChecked(max)) return false;
        number = T.CreateChecked(whole);
        return true;
    }

    /// <summary>The word of a unit.</summary>
    public static bool TryReadUnit([NotNullWhen(true)] string? text, out IntervalUnit unit)
    {
        (var isKnown, unit) = text switch
        {
            "minute" => (true, IntervalUnit.Minute),
            "hour" => (true, IntervalUnit.Hour),
            "day" => (true, IntervalUnit.Day),
            "week" => (true, IntervalUnit.Week),
            "month" => (true, IntervalUnit.Month),
            _ => (false, default),
        };
        return isKnown;
    }

    /// <summary>A rate: whole bought tokens for one whole sold token.</summary>
    public static bool TryReadPrice(string? text, out Price price)
    {
        price = default;
        if (!WireNumber.TryParse(text, out var number) || !number.TryScale(Price.Decimals, out var count)) return false;
        if (count.Sign < 0 || count > (BigInteger)Price.MaxValue.Count) return false;
        price = new Price((UInt128)count);
        return true;
    }

    /// <summary>A percentage above 0 and below 100 with two decimals, which is a count of basis points.</summary>
    public static bool TryReadPercent(string? text, out int bps)
    {
        bps = 0;
        if (!WireNumber.TryParse(text, out var percent) || !percent.TryBasisPoints(2, out var count) || count <= 0
            || count >= BasisPoints.Max)
        {
            return false;
        }
        bps = (int)count;
        return true;
    }

    /// <summary>A token other than dollars.</summary>
    public static bool TryReadToken(string? text, out TokenId token) => TokenId.TryParse(text, out token) && token != TokenId.Usd;
}
