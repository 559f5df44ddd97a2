using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.SwapRouters.Stacks.Routes;

/// <summary>What a vault does with an amount.</summary>
internal enum VaultKind
{
    /// <summary>A constant-product pool.</summary>
    Pool,

    /// <summary>Wraps the plain token a into the subnet token b and back, one to one less its fee.</summary>
    Sublink,
}

/// <summary>
/// One vault contract. A pool's opcode 0 sells token a and 1 sells token b; a sublink's 5 deposits (a into b) and 6 withdraws (b into a). Reserves are
/// base units as last heard, zero where nobody said. Without <paramref name="HasQuote"/> the contract cannot be asked what it would pay.
/// </summary>
internal sealed record StacksVault(
    ContractId Id, VaultKind Kind, TokenId TokenA, TokenId TokenB, int FeePpm, TokenAmount ReserveA, TokenAmount ReserveB, Principal? ExternalPool, bool HasQuote)
{
    /// <summary>The whole of which a fee is counted.</summary>
    public const int Million = 1_000_000;

    /// <summary>False for a pool whose reserves are not known, of which nothing can be estimated.</summary>
    public bool CanEstimate => Kind == VaultKind.Sublink || (ReserveA > TokenAmount.Zero && ReserveB > TokenAmount.Zero);

    /// <summary>The opcode that sells token a, or token b.</summary>
    public byte OpcodeSelling(bool tokenA) => (Kind, tokenA) switch
    {
        (VaultKind.Pool, true) => 0,
        (VaultKind.Pool, false) => 1,
        (_, true) => 5,
        (_, false) => 6,
    };

    /// <summary>Whose funds the output is, and so whom a post-condition over it names: the external pool; the subnet token's own contract for a withdrawal, since it holds what it wraps; else the vault.</summary>
    public Principal SenderOf(byte opcode) => ExternalPool
        ?? (Kind == VaultKind.Sublink && opcode == 6 && TokenB.IsContract(out var subnet) ? Principal.From(subnet.Value) : Principal.From(Id));

    /// <summary>What comes out at the reserves last heard; null for nothing.</summary>
    public TokenAmount? Estimate(byte opcode, TokenAmount amountIn)
    {
        var sellsA = opcode is 0 or 5;
        var units = Kind == VaultKind.Sublink ? AfterFee(amountIn.Units, FeePpm)
            : sellsA ? AmountOut(ReserveA.Units, ReserveB.Units, amountIn.Units, FeePpm)
            : AmountOut(ReserveB.Units, ReserveA.Units, amountIn.Units, FeePpm);
        return units is { } some && some > 0 ? new TokenAmount(some) : null;
    }

    /// <summary>dx = ⌊in·(10^6-fee)/10^6⌋ counts for the price, ⌊dx·y/(x+dx)⌋ is paid; null for an empty pool and beyond 128 bits. Short of that, more in never gives less out.</summary>
    public static UInt128? AmountOut(UInt128 x, UInt128 y, UInt128 amountIn, int feePpm)
    {
        if (x == 0 || AfterFee(amountIn, feePpm) is not { } dx || dx > UInt128.MaxValue - x) return null;
        return Wide.MulDivFloor(dx, y, x + dx);
    }

    private static UInt128? AfterFee(UInt128 amountIn, int feePpm) =>
        feePpm == 0 ? amountIn : Wide.MulDivFloor(amountIn, (UInt128)(Million - feePpm), Million);
}
