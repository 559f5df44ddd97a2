using System.Numerics;
using OrderService.Api.Wire;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.Tread;

/// <summary>A decimal of a request: its shortest text, for the echo, and its value.</summary>
internal sealed record GivenDecimal(string Text, WireNumber Number)
{
    /// <summary>Reads the shortest text of a default.</summary>
    public static GivenDecimal Of(string text) =>
        WireNumber.TryParse(text, out var number) ? new GivenDecimal(text, number) : throw new FormatException(text);

    /// <summary>Reads a decimal as this wire takes it.</summary>
    public static bool TryParse(WireValue value, out GivenDecimal given)
    {
        given = JsonText.Decimal(value) is { } number ? new GivenDecimal(JsonText.Shortest(number), number) : null!;
        return given is not null;
    }

    /// <summary>Parts per 10^9, rounded towards zero.</summary>
    public int PerBillion => (int)Number.ScaleFloor(9);

    /// <summary>As a share; it is between 0 and 1.</summary>
    public Share Share => Share.Of(PerBillion);

    /// <summary>True within bounds given in thousandths.</summary>
    public bool IsWithin(int min, int max) => Compare(min) >= 0 && Compare(max) <= 0;

    /// <summary>True above zero.</summary>
    public bool IsPositive => Number.Digits.Sign > 0;

    // Sign of the number less so many thousandths.
    private int Compare(int thousandths)
    {
        var decimals = Math.Max(3, -Number.Exponent);
        Number.TryScale(decimals, out var count);
        return count.CompareTo(thousandths * BigInteger.Pow(10, decimals - 3));
    }
}
