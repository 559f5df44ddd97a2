using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// Makes one snapshot of the configuration and a list. What is configured stands first; of a configured vault the list only adds the
/// reserves that were left open.
/// </summary>
internal sealed class SnapshotBuilder(VaultListing configured, ContractId wrappedStx, RouteOptions options)
{
    private readonly HashSet<ContractId> _configured = [.. configured.Vaults.Select(vault => vault.Id)];

    /// <summary>
    /// The snapshot at that moment. Vaults whose tokens are not known, cannot be guarded or do not fit together are counted, not used.
    /// </summary>
    public VaultSnapshot Build(VaultListing listed, DateTimeOffset now)
    {
        var tokens = Merged(configured.Tokens.Concat(listed.Tokens));
        var reserves = listed.Vaults.DistinctBy(vault => vault.Id).ToDictionary(vault => vault.Id);
        var seen = new HashSet<ContractId>();
        var vaults = new List<StacksVault>();
        var bad = listed.Bad;
        var ours = configured.Vaults.Select(vault => Completed(vault, reserves));
        foreach (var vault in ours.Concat(listed.Vaults.Where(vault => !_configured.Contains(vault.Id))))
        {
            if (seen.Add(vault.Id) && Usable(vault, tokens) is { } usable) vaults.Add(usable);
            else bad++;
        }
        return new VaultSnapshot(vaults, WithBases(tokens, vaults), wrappedStx, now, new VaultCounts(vaults.Count, listed.OtherKinds, bad),
            options);
    }

    // The first word on a token counts, but one that names the asset stands before one that does not.
    private static Dictionary<TokenId, StacksToken> Merged(IEnumerable<StacksToken> tokens)
    {
        var merged = new Dictionary<TokenId, StacksToken> { [TokenId.Stx] = StacksToken.Stx };
        foreach (var token in tokens)
        {
            if (!merged.TryGetValue(token.Id, out var known)) merged.Add(token.Id, token);
            else if (!known.CanBeGuarded && token.CanBeGuarded && !token.IsSubnet) merged[token.Id] = token;
            else merged[token.Id] = known with { Token = Shown(known.Token, token.Token) };
        }
        return merged;
    }

    // How a token is shown decides nothing, so whoever says it may.
    private static Token Shown(Token known, Token other) => known with
    {
        Identifier = known.Identifier ?? other.Identifier, Image = known.Image ?? other.Image,
    };

    private static ListedVault Completed(ListedVault vault, Dictionary<ContractId, ListedVault> listed)
    {
        if (!listed.TryGetValue(vault.Id, out var heard)) return vault;
        var isTurned = heard.TokenA == vault.TokenB;
        return vault with
        {
            ReserveA = vault.ReserveA ?? (isTurned ? heard.ReserveB : heard.ReserveA),
            ReserveB = vault.ReserveB ?? (isTurned ? heard.ReserveA : heard.ReserveB),
            Labels = heard.Labels,
        };
    }

    private static StacksVault? Usable(ListedVault vault, Dictionary<TokenId, StacksToken> tokens)
    {
        if (vault.TokenA == vault.TokenB || !tokens.TryGetValue(vault.TokenA, out var a) || !tokens.TryGetValue(vault.TokenB, out var b))
            return null;
        if (!a.CanBeGuarded || !b.CanBeGuarded) return null;
        if (vault.Kind == VaultKind.Pool)
        {
            return new StacksVault(vault.Id, vault.Kind, a.Id, b.Id, vault.FeePpm, vault.ReserveA ?? TokenAmount.Zero,
                vault.ReserveB ?? TokenAmount.Zero, vault.ExternalPool, vault.HasQuote) { Labels = vault.Labels };
        }

        // A sublink pays base units one to one, so both sides must count alike, and one of them must be the subnet's.
        if (a.IsSubnet == b.IsSubnet || a.Token.Decimals != b.Token.Decimals) return null;
        var (plain, subnet) = b.IsSubnet ? (a, b) : (b, a);
        return new StacksVault(vault.Id, vault.Kind, plain.Id, subnet.Id, vault.FeePpm, TokenAmount.Zero, TokenAmount.Zero,
            vault.ExternalPool, vault.HasQuote) { Labels = vault.Labels };
    }

    // Where nobody said what a subnet token wraps, its sublink does.
    private static List<StacksToken> WithBases(Dictionary<TokenId, StacksToken> tokens, List<StacksVault> vaults)
    {
        foreach (var sublink in vaults.Where(vault => vault.Kind == VaultKind.Sublink))
        {
            var subnet = tokens[sublink.TokenB];
            if (subnet.Token.BaseToken is null)
            {
                tokens[subnet.Id] = subnet with
                {
                    Token = subnet.Token with { BaseToken = sublink.TokenA },
                };
            }
        }
        return [.. tokens.Values];
    }
}
