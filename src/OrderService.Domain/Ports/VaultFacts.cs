using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Ports;

/// <summary>
/// What is told of a vault that a route leads through. <paramref name="Kind"/> is the list's word, <c>POOL</c> or <c>SUBLINK</c>; the fee
/// is in millionths of what goes in.
/// </summary>
public sealed record VaultFacts(ContractId Id, string Kind, string Name, int FeePpm, TokenId TokenA, TokenId TokenB)
{
    /// <summary>The short name of its share; null where nobody said.</summary>
    public string? Symbol { get; init; }

    /// <summary>The asset of its share inside its contract; null where nobody said.</summary>
    public string? Identifier { get; init; }

    /// <summary>The address of a picture; null where there is none.</summary>
    public string? Image { get; init; }

    /// <summary>Whose funds its output is, where that is not the vault.</summary>
    public Principal? ExternalPool { get; init; }
}
