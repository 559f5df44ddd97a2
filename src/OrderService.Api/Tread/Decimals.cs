using System.Numerics;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Tread;

/// <summary>
/// Decimals as this wire writes them: exact and shortest, as a JSON number or as text; where it says so, padded with zeros.
/// </summary>
internal static class Decimals
{
    /// <summary>An amount in whole tokens.</summary>
    public static string Text(TokenAmount amount, int decimals) => amount.ToWhole(decimals);

    /// <summary>The same text with at least that many digits after the point.</summary>
    public static string Padded(string text, int digits)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = dot < 0 ? 0 : text.Length - dot - 1;
        return fraction >= digits ? text : text + (dot < 0 ? "." : "") + new string('0', digits - fraction);
    }

    /// <summary>quote per base in whole tokens, cut at 18 decimals; null where there is no base.</summary>
    public static Price? Rate(TokenAmount quote, int quoteDecimals, TokenAmount baseAmount, int baseDecimals)
    {
        if (baseAmount == TokenAmount.Zero) return null;
        var count = (BigInteger)quote.Units * BigInteger.Pow(10,
            baseDecimals + Price.Decimals) / ((BigInteger)baseAmount.Units * BigInteger.Pow(10, quoteDecimals));
        return count > (BigInteger)Price.MaxValue.Count ? Price.MaxValue : new Price((UInt128)count);
    }

    /// <summary>100·part/whole, cut at two decimals and at most 100.</summary>
    public static string Percent(TokenAmount part, TokenAmount whole)
    {
        var hundredths = whole == TokenAmount.Zero ? 0 : BigInteger.Min(10_000, (BigInteger)part.Units * 10_000 / (BigInteger)whole.Units);
        return HumanAmount.Text(hundredths, 2);
    }

    /// <summary>A hundred times a fraction.</summary>
    public static string? Percent(string? fraction) =>
        fraction is null || !WireNumber.TryParse(fraction, out var number)
            ? null : JsonText.Shortest(number with { Exponent = number.Exponent + 2 });

    /// <summary>A JSON number digit by digit, or none.</summary>
    public static NumberText? Number(string? number) => number is null ? null : new NumberText(number);

    /// <summary>Stored JSON as it is.</summary>
    public static RawJson Stored(string json) => RawJson.Of(json)!.Value;

    /// <summary>A moment, or none.</summary>
    public static string? Moment(DateTimeOffset? moment) => moment is { } at ? TreadTime.Text(at) : null;
}
