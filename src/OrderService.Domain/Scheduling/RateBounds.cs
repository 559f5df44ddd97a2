using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// Inclusive bounds on what a quote pays: whole buy tokens for one whole sell token. The rate in base units is shifted by the tokens'
/// decimals and compared exactly, in integers of any width: with 38 decimals on a side the products pass 256 bits.
/// </summary>
public readonly record struct RateBounds(Price? Min, Price? Max)
{
    /// <summary>Any rate.</summary>
    public static RateBounds Any => default;

    /// <summary>True where neither bound is set.</summary>
    public bool IsAny => Min is null && Max is null;

    /// <summary>True where no rate can be inside.</summary>
    public bool IsEmpty => Min is { } min && Max is { } max && min > max;

    /// <summary>
    /// True where paying <paramref name="amountOut"/> for <paramref name="amountIn"/> (both base units, of tokens with these decimals) is
    /// inside both bounds.
    /// </summary>
    public bool Contains(TokenAmount amountIn, int decimalsIn, TokenAmount amountOut, int decimalsOut)
    {
        // bound/10^18 ≤ (out/10^decimalsOut) / (in/10^decimalsIn), without a division
        var paid = (BigInteger)amountOut.Units * BigInteger.Pow(10, decimalsIn + Price.Decimals);
        var unit = (BigInteger)amountIn.Units * BigInteger.Pow(10, decimalsOut);
        return (Min is not { } min || min.Count * unit <= paid) && (Max is not { } max || max.Count * unit >= paid);
    }

    /// <summary>
    /// What paying <paramref name="amountOut"/> for <paramref name="amountIn"/> is as a rate, rounded up; at least one count and at most
    /// the largest price.
    /// </summary>
    public static Price RateOf(TokenAmount amountIn, int decimalsIn, TokenAmount amountOut, int decimalsOut)
    {
        var unit = (BigInteger)amountIn.Units * BigInteger.Pow(10, decimalsOut);
        var count = ((BigInteger)amountOut.Units * BigInteger.Pow(10, decimalsIn + Price.Decimals) + unit - 1) / unit;
        return new Price((UInt128)BigInteger.Clamp(count, 1, (BigInteger)Price.MaxValue.Count));
    }

    /// <summary>
    /// The least amount out that is not below the lower bound, rounded up; zero without one, null beyond 2^128-1. For the min amount out of
    /// an order that wants its lower bound held by the chain too.
    /// </summary>
    public TokenAmount? LeastOut(TokenAmount amountIn, int decimalsIn, int decimalsOut)
    {
        if (Min is not { } min) return TokenAmount.Zero;
        var divisor = BigInteger.Pow(10, decimalsIn + Price.Decimals);
        var least = ((BigInteger)min.Count * (BigInteger)amountIn.Units * BigInteger.Pow(10, decimalsOut) + divisor - 1) / divisor;
        return least <= (BigInteger)UInt128.MaxValue ? new TokenAmount((UInt128)least) : null;
    }
}
