using OrderService.Domain.Amounts;

namespace OrderService.Venues;

/// <summary>What a vault does with an amount.</summary>
internal enum VaultKind
{
    /// <summary>A constant-product pool. Its opcode 0 sells token a, 1 sells token b.</summary>
    Pool,

    /// <summary>
    /// Wraps the plain token a into the subnet token b and back, one to one less its fee. Its opcode 5 deposits (a into b), 6 withdraws (b
    /// into a).
    /// </summary>
    Sublink,
}

/// <summary>The opcodes and the arithmetic of the chain's vaults, on either venue.</summary>
internal static class VaultArithmetic
{
    /// <summary>The whole of which a fee is counted.</summary>
    public const int Million = 1_000_000;

    /// <summary>The opcode that sells token a, or token b.</summary>
    public static byte OpcodeSelling(this VaultKind kind, bool tokenA) => (kind, tokenA) switch
    {
        (VaultKind.Pool, true) => 0,
        (VaultKind.Pool, false) => 1,
        (_, true) => 5,
        (_, false) => 6,
    };

    /// <summary>The word of a vault list.</summary>
    public static string Word(this VaultKind kind) => kind == VaultKind.Pool ? "POOL" : "SUBLINK";

    /// <summary>
    /// dx = ⌊in·(10^6-fee)/10^6⌋ counts for the price, ⌊dx·y/(x+dx)⌋ is paid; null for an empty pool and beyond 128 bits. Short of that,
    /// more in never gives less out.
    /// </summary>
    public static UInt128? AmountOut(UInt128 x, UInt128 y, UInt128 amountIn, int feePpm)
    {
        if (x == 0 || AfterFee(amountIn, feePpm) is not { } dx || dx > UInt128.MaxValue - x) return null;
        return Wide.MulDivFloor(dx, y, x + dx);
    }

    /// <summary>⌊in·(10^6-fee)/10^6⌋; null beyond 128 bits.</summary>
    public static UInt128? AfterFee(UInt128 amountIn, int feePpm) =>
        feePpm == 0 ? amountIn : Wide.MulDivFloor(amountIn, (UInt128)(Million - feePpm), Million);
}
