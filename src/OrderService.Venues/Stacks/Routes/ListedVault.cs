using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// A vault as the configuration or a list describes it, before its tokens are known. A reserve is null where nothing is said of it.
/// </summary>
internal sealed record ListedVault(
    ContractId Id, VaultKind Kind, TokenId TokenA, TokenId TokenB, int FeePpm, TokenAmount? ReserveA, TokenAmount? ReserveB,
    Principal? ExternalPool, bool HasQuote)
{
    /// <summary>What a list says of it beside.</summary>
    public VaultLabels Labels { get; init; } = VaultLabels.None;
}

/// <summary>How a vault is called and shown, which decides nothing.</summary>
internal sealed record VaultLabels(string? Name, string? Symbol, string? Identifier, string? Image)
{
    /// <summary>Where nobody said anything.</summary>
    public static VaultLabels None { get; } = new(null, null, null, null);
}

/// <summary>What a list told. The counts are of entries that are not among the vaults.</summary>
internal sealed record VaultListing(IReadOnlyList<ListedVault> Vaults, IReadOnlyList<StacksToken> Tokens, int OtherKinds, int Bad)
{
    /// <summary>A list that nobody was asked for.</summary>
    public static VaultListing Empty { get; } = new([], [], 0, 0);
}
