using System.Collections.Frozen;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>The vaults and tokens of one moment. It never changes; the registry puts the next in its place.</summary>
internal sealed class VaultSnapshot
{
    private readonly FrozenDictionary<ContractId, StacksVault> _vaults;
    private readonly FrozenDictionary<TokenId, StacksToken> _tokens;

    public VaultSnapshot(
        IReadOnlyList<StacksVault> vaults, IReadOnlyList<StacksToken> tokens, ContractId wrappedStx, DateTimeOffset loadedAt,
        VaultCounts counts, RouteOptions options)
    {
        (Vaults, Tokens, WrappedStx, LoadedAt, Counts) = (vaults, tokens, wrappedStx, loadedAt, counts);
        _vaults = vaults.ToFrozenDictionary(vault => vault.Id);
        _tokens = tokens.ToFrozenDictionary(token => token.Id);
        Routes = new RouteSearch(vaults, options.HopsMax, options.CandidatesMax);
    }

    /// <summary>Every vault that routes may use.</summary>
    public IReadOnlyList<StacksVault> Vaults { get; }

    /// <summary>Every token, STX among them.</summary>
    public IReadOnlyList<StacksToken> Tokens { get; }

    /// <summary>The contract that stands for STX in calls.</summary>
    public ContractId WrappedStx { get; }

    /// <summary>When this was read.</summary>
    public DateTimeOffset LoadedAt { get; }

    /// <summary>How many entries were used and how many were not.</summary>
    public VaultCounts Counts { get; }

    /// <summary>The search over these vaults.</summary>
    public RouteSearch Routes { get; }

    /// <summary>The vault of a contract, or null.</summary>
    public StacksVault? FindVault(ContractId id) => _vaults.TryGetValue(id, out var vault) ? vault : null;

    /// <summary>The token, under either spelling of STX, or null.</summary>
    public StacksToken? FindToken(TokenId id) => _tokens.GetValueOrDefault(Canonical(id));

    /// <summary>The id that routes use: <c>.stx</c> for the wrapped contract too.</summary>
    public TokenId Canonical(TokenId id) => id == TokenId.Of(WrappedStx) ? TokenId.Stx : id;

    /// <summary>The contract that a call names for the token: its own, or the wrapped one for STX. Throws for what is no token.</summary>
    public ContractId ContractOf(TokenId id) =>
        id == TokenId.Stx
            ? WrappedStx
            : id.IsContract(out var contract) ? contract.Value : throw new ArgumentException($"{id} has no contract", nameof(id));
}

/// <summary>
/// What became of the entries of a list: kinds that are none of ours (energy and unknown ones), and entries that could not be used.
/// </summary>
internal readonly record struct VaultCounts(int Used, int OtherKinds, int Bad);
