using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Pricing;

/// <summary>
/// How far below the believed prices a quote may be. Compared exactly, in integers of any width: prices are counts of 10^-18 of the same
/// money, amounts are base units of tokens with these decimals.
/// </summary>
public readonly record struct PriceBand(BasisPoints Width)
{
    /// <summary>Every quote is inside.</summary>
    public static PriceBand Open { get; } = new(BasisPoints.Of(BasisPoints.Max));

    /// <summary>Only what is worth as much as was believed is inside.</summary>
    public static PriceBand Closed { get; } = new(BasisPoints.Of(0));

    /// <summary>True where every quote is inside, so that no price need be believed.</summary>
    public bool IsOpen => this == Open;

    /// <summary>
    /// The least amount out that is inside: ⌈in·sell·(10000-width) / (buy·10000)⌉ in base units of the token out, at most 2^128-1. The
    /// price of what is bought must not be zero.
    /// </summary>
    public TokenAmount LeastOut(TokenAmount amountIn, int decimalsIn, Price sell, int decimalsOut, Price buy)
    {
        var worth = (BigInteger)amountIn.Units * (BigInteger)sell.Count * BigInteger.Pow(10, decimalsOut) * (BasisPoints.Max - Width.Value);
        var unit = (BigInteger)buy.Count * BigInteger.Pow(10, decimalsIn) * BasisPoints.Max;
        var least = (worth + unit - 1) / unit;
        return least <= (BigInteger)UInt128.MaxValue ? new TokenAmount((UInt128)least) : new TokenAmount(UInt128.MaxValue);
    }
}
