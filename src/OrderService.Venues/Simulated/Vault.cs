using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>What a pool holds, in base units. A sublink has none: it locks what it wraps.</summary>
internal readonly record struct Reserves(UInt128 A, UInt128 B);

/// <summary>One vault contract.</summary>
internal sealed record Vault(ContractId Id, TokenId TokenA, TokenId TokenB, VaultKind Kind, int FeePpm)
{
    /// <summary>The opcode that sells this token, which is one of the two.</summary>
    public byte OpcodeSelling(TokenId token) => Kind.OpcodeSelling(token == TokenA);

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
        if (amountIn > UInt128.MaxValue - x || VaultArithmetic.AmountOut(x, y, amountIn, FeePpm) is not { } amountOut || amountOut == 0)
            return null;
        var (xAfter, yAfter) = (x + amountIn, y - amountOut);
        return (amountOut, opcode == 0 ? new(xAfter, yAfter) : new(yAfter, xAfter));
    }
}
