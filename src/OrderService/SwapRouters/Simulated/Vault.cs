using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.SwapRouters.Simulated;

/// <summary>What a vault does with an amount.</summary>
internal enum VaultKind
{
    /// <summary>A constant-product pool.</summary>
    Pool,

    /// <summary>Wraps token a into the subnet token b and back, one to one.</summary>
    Sublink,
}

/// <summary>What a pool holds, in base units. A sublink has none: it locks what it wraps.</summary>
internal readonly record struct Reserves(UInt128 A, UInt128 B);

/// <summary>One vault contract. Opcodes are those of the chain's vaults: 0 sells a, 1 sells b, 5 deposits into the subnet, 6 withdraws from it.</summary>
internal sealed record Vault(ContractId Id, TokenId TokenA, TokenId TokenB, VaultKind Kind, int FeePpm)
{
    /// <summary>The whole of which a fee is counted.</summary>
    public const int Million = 1_000_000;

    /// <summary>The opcode that sells this token, which is one of the two.</summary>
    public byte OpcodeSelling(TokenId token) => (Kind, token == TokenA) switch
    {
        (VaultKind.Pool, true) => 0,
        (VaultKind.Pool, false) => 1,
        (_, true) => 5,
        (_, false) => 6,
    };

    /// <summary>The token in and the token out of an opcode, or null where the vault does not have it.</summary>
    public (TokenId In, TokenId Out)? TokensOf(byte opcode) => (Kind, opcode) switch
    {
        (VaultKind.Pool, 0) or (VaultKind.Sublink, 5) => (TokenA, TokenB),
        (VaultKind.Pool, 1) or (VaultKind.Sublink, 6) => (TokenB, TokenA),
        _ => null,
    };

    /// <summary>The amount out and the reserves afterwards; null where nothing comes out or a reserve would exceed 128 bits.</summary>
    public (UInt128 AmountOut, Reserves After)? Run(byte opcode, Reserves reserves, UInt128 amountIn)
    {
        if (Kind == VaultKind.Sublink) return amountIn == 0 ? null : (amountIn, reserves);
        var (x, y) = opcode == 0 ? (reserves.A, reserves.B) : (reserves.B, reserves.A);
        if (amountIn > UInt128.MaxValue - x || AmountOut(x, y, amountIn, FeePpm) is not { } amountOut || amountOut == 0) return null;
        var (xAfter, yAfter) = (x + amountIn, y - amountOut);
        return (amountOut, opcode == 0 ? new(xAfter, yAfter) : new(yAfter, xAfter));
    }

    /// <summary>dx = ⌊in·(10^6-fee)/10^6⌋ counts for the price, dy = ⌊dx·y/(x+dx)⌋ is paid; null for an empty pool. The whole amount goes in.</summary>
    public static UInt128? AmountOut(UInt128 x, UInt128 y, UInt128 amountIn, int feePpm)
    {
        if (Wide.MulDivFloor(amountIn, (UInt128)(Million - feePpm), Million) is not { } dx) return null;
        if (dx > UInt128.MaxValue - x || x + dx == 0) return null;
        return Wide.MulDivFloor(dx, y, x + dx);
    }
}
