using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Orders;

/// <summary>
/// The worst price at which an order trades, in whole quote tokens for one whole base token: a buy pays at most that, a sell gets at least
/// that; a reverse limit is the other way round. Compared exactly with what a quote sells and pays, fees and depth included.
/// </summary>
public readonly record struct PriceLimit(Price Price, TradeSide Side, bool IsReverse)
{
    /// <summary>True where the price may be at or above the limit, false where at or below.</summary>
    public bool IsFloor => (Side == TradeSide.Sell) != IsReverse;

    /// <summary>
    /// True where selling <paramref name="amountIn"/> for <paramref name="amountOut"/> (base units of tokens with these decimals) is
    /// inside.
    /// </summary>
    public bool Allows(TokenAmount amountIn, int decimalsIn, TokenAmount amountOut, int decimalsOut)
    {
        // quote/10^dq ≥ price·base/10^(db+18), without a division
        var (quote, dq, based, db) = Side == TradeSide.Buy
            ? (amountIn, decimalsIn, amountOut, decimalsOut) : (amountOut, decimalsOut, amountIn, decimalsIn);
        var got = (BigInteger)quote.Units * BigInteger.Pow(10, db + Price.Decimals);
        var wanted = (BigInteger)Price.Count * (BigInteger)based.Units * BigInteger.Pow(10, dq);
        return IsFloor ? got >= wanted : got <= wanted;
    }

    /// <summary>
    /// The least that <paramref name="amountIn"/> must pay to be inside, rounded up; zero for a reverse limit, null where no amount is
    /// enough.
    /// </summary>
    public TokenAmount? LeastOut(TokenAmount amountIn, int decimalsIn, int decimalsOut)
    {
        if (IsReverse) return TokenAmount.Zero;
        if (Side == TradeSide.Sell)
        {
            return Units(Ceiling((BigInteger)Price.Count * (BigInteger)amountIn.Units * BigInteger.Pow(10, decimalsOut),
                BigInteger.Pow(10, decimalsIn + Price.Decimals)));
        }
        return Price.Count == 0
            ? null
            : Units(Ceiling((BigInteger)amountIn.Units * BigInteger.Pow(10, decimalsOut + Price.Decimals),
                (BigInteger)Price.Count * BigInteger.Pow(10, decimalsIn)));
    }

    /// <summary>True where the believed price, quote per base, is inside.</summary>
    public bool Allows(PriceRatio believed) => IsFloor ? Price <= believed.Floor : Price >= believed.Ceiling;

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => (a + b - 1) / b;

    private static TokenAmount? Units(BigInteger units) => units <= (BigInteger)UInt128.MaxValue ? new TokenAmount((UInt128)units) : null;
}
