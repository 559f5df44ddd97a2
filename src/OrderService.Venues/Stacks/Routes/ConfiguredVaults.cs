using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>Turns the options into what a list would have told, and refuses what cannot be meant.</summary>
internal static class ConfiguredVaults
{
    /// <summary>Reads the options; throws <see cref="FormatException"/> with a sentence that names the key.</summary>
    public static VaultListing Read(VaultListOptions options)
    {
        var names = NamesOf(options);
        AddressOf(options);
        var tokens = options.Tokens.Select(token => ReadToken(token, names)).ToList();
        var vaults = options.Vaults.Select(vault => ReadVault(vault, names)).ToList();
        if (tokens.DistinctBy(token => token.Id).Count() != tokens.Count) throw Wrong("Tokens", "must not name a token twice");
        if (vaults.DistinctBy(vault => vault.Id).Count() != vaults.Count) throw Wrong("Vaults", "must not name a vault twice");
        if (options.VaultsUrl is null) CheckAlone(vaults, tokens);
        return new VaultListing(vaults, tokens, 0, 0);
    }

    /// <summary>How tokens are named here.</summary>
    public static TokenNames NamesOf(VaultListOptions options) => new(WrappedOf(options));

    /// <summary>The contract that stands for STX.</summary>
    public static ContractId WrappedOf(VaultListOptions options) =>
        ContractId.TryParse(options.WrappedStx, out var wrapped) ? wrapped : throw Wrong("WrappedStx", "must be a contract id");

    /// <summary>Where the list is; null where there is none.</summary>
    public static Uri? AddressOf(VaultListOptions options)
    {
        if (options.VaultsUrl is null) return null;
        var isOne = Uri.TryCreate(options.VaultsUrl, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        return isOne ? address : throw Wrong("VaultsUrl", "must be an absolute http or https URL");
    }

    private static StacksToken ReadToken(StacksTokenOptions token, TokenNames names)
    {
        var id = ReadId("Tokens:Id", token.Id, names);
        if (token.Decimals is < 0 or > TokenNames.DecimalsMax) throw Wrong("Tokens:Decimals", $"must be 0 to {TokenNames.DecimalsMax}");
        if (id == TokenId.Stx) return StacksToken.Stx;
        if (TokenNames.Short(token.Symbol) is not { } symbol) throw Wrong("Tokens:Symbol", $"must not be empty for {token.Id}");
        TokenId? wrapped = token.Base is null ? null : ReadId("Tokens:Base", token.Base, names);
        if (wrapped == id) throw Wrong("Tokens:Base", $"of {symbol} must be another token");
        var asset = TokenNames.AssetOf(token.Identifier);
        if (wrapped is null && asset is null) throw Wrong("Tokens:Identifier", $"of {symbol} must be the name of its fungible asset");
        var type = wrapped is null ? TokenType.Sip10 : TokenType.Subnet;
        return new StacksToken(new Token(id, symbol, TokenNames.Short(token.Name) ?? symbol, token.Decimals, type,
            wrapped) { Identifier = asset }, wrapped is null ? asset : null);
    }

    private static ListedVault ReadVault(StacksVaultOptions vault, TokenNames names)
    {
        if (!ContractId.TryParse(vault.Id, out var id)) throw Wrong("Vaults:Id", $"must be a contract id, not \"{vault.Id}\"");
        var kind = vault.Type.ToUpperInvariant() switch
        {
            "POOL" => VaultKind.Pool,
            "SUBLINK" => VaultKind.Sublink,
            _ => throw Wrong("Vaults:Type", $"of {vault.Id} must be POOL or SUBLINK"),
        };
        var (a, b) = (ReadId("Vaults:TokenA", vault.TokenA, names), ReadId("Vaults:TokenB", vault.TokenB, names));
        if (a == b) throw Wrong("Vaults", $"{vault.Id} must hold two tokens");
        if (vault.FeePpm is < 0 or > VaultArithmetic.Million)
            throw Wrong("Vaults:FeePpm", $"of {vault.Id} must be 0 to {VaultArithmetic.Million}");
        Principal? external = null;
        if (vault.ExternalPool is { } text)
        {
            external = Principal.TryParse(text, out var sender)
                ? sender : throw Wrong("Vaults:ExternalPool", $"of {vault.Id} must be a principal");
        }
        return new ListedVault(id, kind, a, b, vault.FeePpm, ReadReserve(vault, vault.ReserveA), ReadReserve(vault, vault.ReserveB),
            external, vault.HasQuote);
    }

    // With a list, it may tell of the tokens that are missing here.
    private static void CheckAlone(List<ListedVault> vaults, List<StacksToken> tokens)
    {
        var known = tokens.Select(token => token.Id).Append(TokenId.Stx).ToHashSet();
        foreach (var vault in vaults)
        {
            if (!known.Contains(vault.TokenA) || !known.Contains(vault.TokenB))
                throw Wrong("Vaults", $"{vault.Id} must hold tokens of {VaultListOptions.Section}:Tokens");
        }
    }

    private static TokenAmount? ReadReserve(StacksVaultOptions vault, string? text) => text is null ? null
        : TokenAmount.TryParse(text, out var amount)
        ? amount : throw Wrong("Vaults:Reserve", $"of {vault.Id} must be a whole number of base units");

    private static TokenId ReadId(string key, string text, TokenNames names) =>
        names.TryRead(text, out var id) ? id : throw Wrong(key, $"must be a contract id or .stx, not \"{text}\"");

    private static FormatException Wrong(string key, string problem) => new($"{VaultListOptions.Section}:{key} {problem}");
}
