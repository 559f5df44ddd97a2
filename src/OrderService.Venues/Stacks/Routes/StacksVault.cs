using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// One vault contract. Reserves are base units as last heard, zero where nobody said. Without <paramref name="HasQuote"/> the contract
/// cannot be asked what it would pay.
/// </summary>
internal sealed record StacksVault(
    ContractId Id, VaultKind Kind, TokenId TokenA, TokenId TokenB, int FeePpm, TokenAmount ReserveA, TokenAmount ReserveB,
    Principal? ExternalPool, bool HasQuote)
{
    /// <summary>How it is called and shown.</summary>
    public VaultLabels Labels { get; init; } = VaultLabels.None;

    /// <summary>What is told of it.</summary>
    public VaultFacts Facts => new(Id, Kind.Word(), Labels.Name ?? Id.Name, FeePpm, TokenA, TokenB)
    {
        Symbol = Labels.Symbol, Identifier = Labels.Identifier, Image = Labels.Image, ExternalPool = ExternalPool,
    };

    /// <summary>False for a pool whose reserves are not known, of which nothing can be estimated.</summary>
    public bool CanEstimate => Kind == VaultKind.Sublink || (ReserveA > TokenAmount.Zero && ReserveB > TokenAmount.Zero);

    /// <summary>The opcode that sells token a, or token b.</summary>
    public byte OpcodeSelling(bool tokenA) => Kind.OpcodeSelling(tokenA);

    /// <summary>
    /// Whose funds the output is, and so whom a post-condition over it names: the external pool; the subnet token's own contract for a
    /// withdrawal, since it holds what it wraps; else the vault.
    /// </summary>
    public Principal SenderOf(byte opcode) => ExternalPool
        ?? (Kind == VaultKind.Sublink && opcode == 6 && TokenB.IsContract(out var subnet)
            ? Principal.From(subnet.Value) : Principal.From(Id));

    /// <summary>What comes out at the reserves last heard; null for nothing.</summary>
    public TokenAmount? Estimate(byte opcode, TokenAmount amountIn)
    {
        var sellsA = opcode is 0 or 5;
        var units = Kind == VaultKind.Sublink ? VaultArithmetic.AfterFee(amountIn.Units, FeePpm)
            : sellsA ? VaultArithmetic.AmountOut(ReserveA.Units, ReserveB.Units, amountIn.Units, FeePpm)
            : VaultArithmetic.AmountOut(ReserveB.Units, ReserveA.Units, amountIn.Units, FeePpm);
        return units is { } some && some > 0 ? new TokenAmount(some) : null;
    }
}
