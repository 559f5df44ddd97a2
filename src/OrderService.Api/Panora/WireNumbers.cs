using System.Numerics;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Panora;

/// <summary>The numbers of this wire: text in whole tokens, computed in integers and cut, never rounded up.</summary>
internal static class WireNumbers
{
    private const int Digits = 18;
    private const int DecimalsMax = 90;
    private const int UsdDecimals = 6;

    // A count of 18 digits at least.
    private static readonly BigInteger Enough = BigInteger.Pow(10, Digits - 1);

    /// <summary>
    /// Whole tokens of one for one whole token of the other: to 18 decimals, and where it is less than 1 to 18 digits after the leading
    /// zeros. "0" where either is nothing.
    /// </summary>
    public static string Rate(TokenAmount of, Token ofToken, TokenAmount per, Token perToken)
    {
        if (of == TokenAmount.Zero || per == TokenAmount.Zero) return "0";
        var (above, below) = ((BigInteger)of.Units * BigInteger.Pow(10, perToken.Decimals),
            (BigInteger)per.Units * BigInteger.Pow(10, ofToken.Decimals));
        var decimals = Digits;
        var count = above * BigInteger.Pow(10, decimals) / below;
        while (count < Enough && decimals < DecimalsMax)
        {
            decimals += Digits;
            count = above * BigInteger.Pow(10, decimals) / below;
        }
        return Cut(HumanAmount.Text(count, decimals));
    }

    /// <summary>
    /// What an amount was worth in USD, to 6 decimals; null where no price of it is known. Nothing is worth nothing at any price.
    /// </summary>
    public static string? Usd(TokenAmount amount, Token token, Price? usd) => amount == TokenAmount.Zero ? "0"
        : usd is not { } price ? null
        : HumanAmount.Text((BigInteger)amount.Units * price.Count / BigInteger.Pow(10, token.Decimals + Price.Decimals - UsdDecimals),
            UsdDecimals);

    private static string Cut(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return text;
        var zeros = text.StartsWith("0.", StringComparison.Ordinal) ? text.AsSpan(dot + 1).IndexOfAnyExcept('0') : 0;
        return text[..Math.Min(text.Length, dot + 1 + zeros + Digits)].TrimEnd('0').TrimEnd('.');
    }
}
